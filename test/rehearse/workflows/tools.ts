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
