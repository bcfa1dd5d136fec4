// What the workflows are run with, and on: act, and a Node of every version that they ask for.

import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findGoTool, goToolAdvice, installGoTool } from '../../go-tool.ts';
import { CannotRehearse } from '../report.ts';

/** Where each Node lies, as `node-24`. */
export const nodes = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline', 'tools');

/** @throws CannotRehearse where it can neither be found nor built */
export function haveAct(): string {
  const found = findGoTool('act');
  if (found) return found;
  console.log('Building act; this happens once …');
  const built = installGoTool('act');
  if (!built) throw new CannotRehearse(goToolAdvice('act'));
  return built;
}

const baseImage = 'node:24-bookworm-slim';

/** The image that the project's is built on, or what stands in for it. @throws CannotRehearse where neither can be had */
export function haveBaseImage(): void {
  const has = () => spawnSync('docker', ['image', 'inspect', baseImage], { stdio: 'ignore' }).status === 0;
  if (has()) return;
  if (spawnSync('docker', ['pull', '--quiet', baseImage], { stdio: 'ignore', timeout: 120_000 }).status === 0) return;
  console.log(`No registry gives ${baseImage}; building a stand-in of Debian's packages …`);
  const script = join(import.meta.dirname, '..', 'images', 'base-image.sh');
  const { stderr } = spawnSync(script, [baseImage], { encoding: 'utf8' });
  if (!has())
    throw new CannotRehearse(`${baseImage} cannot be had; that takes a registry, or root and debootstrap.\n${stderr}`);
}

/** Fetches what is missing, from npm, whose package `node` has every version. @throws CannotRehearse where it fails */
export function haveNode(major: string): void {
  const folder = join(nodes, `node-${major}`);
  if (existsSync(folder)) return;
  console.log(`Fetching Node ${major}; this happens once …`);
  const unfinished = `${folder}.${process.pid}`;
  const args = ['install', '--prefix', unfinished, '--no-audit', '--no-fund', '--loglevel=error', `node@${major}`];
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  const works = spawnSync(join(unfinished, 'node_modules', 'node', 'bin', 'node'), ['--version']).status === 0;
  if (status === 0 && works) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  if (!existsSync(folder))
    throw new CannotRehearse(`npm could not fetch Node ${major}; is its registry reachable?\n${stderr}`);
}
