// Python environments of the peers, outside the project: a folder below the cache for each file of requirements, made
// when it is first asked for.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that are installed together. */
export interface Environment {
  /** Of its folder below the cache, and of its file of requirements beside this one. */
  readonly name: string;
  /** How much it takes on disk, as people are told it. */
  readonly size: string;
}

/** A folder below the cache, which may not be there yet. */
export const cacheFolder = (name: string) =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline', name);

/** The name of an environment's folder stays: such a folder cannot be moved. */
export const pythonOf = ({ name }: Environment) => join(cacheFolder(name), 'bin', 'python');

const requirementsOf = ({ name }: Environment) => fileURLToPath(new URL(`${name}.txt`, import.meta.url));

/** The packages of an environment with their versions, as pip takes them. */
export const pinned = (environment: Environment) =>
  readFileSync(requirementsOf(environment), 'utf8').trim().split('\n');

/** Written last, so that an installation that was broken off has none; it says what was installed. */
const seal = ({ name }: Environment) => join(cacheFolder(name), 'installed.txt');

/** Whether it is installed, with the versions that are asked for today. */
export function isInstalled(environment: Environment): boolean {
  try {
    return readFileSync(seal(environment), 'utf8') === readFileSync(requirementsOf(environment), 'utf8');
  } catch {
    return false;
  }
}

/**
 * Installs an environment anew.
 *
 * @param probe What it tells of a Python that has the packages, and undefined of one that has not.
 * @returns what the probe told of the new one, or a text that says why there is none
 */
export function install<T extends object>(
  environment: Environment,
  probe: (python: string) => T | undefined,
): T | string {
  if (spawnSync('python3', ['--version']).status !== 0) return 'there is no Python here';
  const folder = cacheFolder(environment.name);
  const python = pythonOf(environment);
  console.error(`Installing the peers into ${folder} (once, about ${environment.size}) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const requirements = requirementsOf(environment);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  for (const [program, args] of [['python3', ['-m', 'venv', folder]] as const, [python, pip] as const]) {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status === 0) continue;
    const [said = 'it was killed'] = `${stdout}${stderr}`.trim().split('\n').slice(-1);
    return `there is no Python with the peers here, and they could not be installed (${said})`;
  }
  const told = probe(python);
  if (!told) return `the peers that were installed in ${folder} do not work`;
  writeFileSync(seal(environment), readFileSync(requirements));
  return told;
}
