// Finds a Python that has the peers; where there is none, makes one, outside the project.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ParamError } from '../../ml/core/errors.ts';
import { Process } from '../process.ts';

const script = fileURLToPath(new URL('peers.py', import.meta.url));
const requirements = fileURLToPath(new URL('peers.txt', import.meta.url));

export interface Peers {
  readonly python: string;
  readonly versions: Readonly<Record<string, string>>;
}

export const startPeers = ({ python }: Peers) => new Process(python, [script]);

/**
 * The Python with this path; else the first that has the peers: on the PATH, or from an earlier installation, or
 * installed now. A text says why there is none.
 *
 * @throws ParamError where the one that was named has no peers.
 */
export function findPeers(named?: string): Peers | string {
  if (named !== undefined) {
    const peers = probe(named);
    if (peers) return peers;
    throw new ParamError(`${named} is no Python with the peers; it takes: pip install ${pinned().join(' ')}`);
  }
  for (const python of ['python3', 'python', ...(isSealed() ? [installedPython()] : [])]) {
    const peers = probe(python);
    if (peers) return peers;
  }
  return install();
}

function probe(python: string): Peers | undefined {
  const { status, stdout } = spawnSync(python, [script, 'probe'], { encoding: 'utf8' });
  return status === 0 ? { python, versions: JSON.parse(stdout) } : undefined;
}

/** The folder of an installation. Its name stays: such a folder cannot be moved. */
const installed = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline', 'peers');

const installedPython = () => join(installed(), 'bin', 'python');

/** Written last, so that an installation that was broken off has none; it says what was installed. */
const seal = () => join(installed(), 'installed.txt');

function isSealed(): boolean {
  try {
    return readFileSync(seal(), 'utf8') === readFileSync(requirements, 'utf8');
  } catch {
    return false;
  }
}

function install(): Peers | string {
  if (spawnSync('python3', ['--version']).status !== 0) return 'there is no Python here';
  const folder = installed();
  console.error(`Installing the peers into ${folder} (once, about 1.5 GB) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  for (const [python, args] of [['python3', ['-m', 'venv', folder]] as const, [installedPython(), pip] as const]) {
    const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' });
    if (status === 0) continue;
    const [said = 'it was killed'] = `${stdout}${stderr}`.trim().split('\n').slice(-1);
    return `there is no Python with the peers here, and they could not be installed (${said})`;
  }
  const peers = probe(installedPython());
  if (!peers) return `the peers that were installed in ${folder} do not work`;
  writeFileSync(seal(), readFileSync(requirements));
  return peers;
}

const pinned = () => readFileSync(requirements, 'utf8').trim().split('\n');
