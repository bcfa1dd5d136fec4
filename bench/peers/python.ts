// Finds a Python that has the references; where there is none, makes one, outside the project.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ParamError } from '../../ml/core/errors.ts';
import { Process } from '../process.ts';
import { type Environment, install, isInstalled, pinned, pythonOf } from './environment.ts';

const script = fileURLToPath(new URL('peers.py', import.meta.url));
const references: Environment = { name: 'peers', size: '1.5 GB' };

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
    throw new ParamError(`${named} is no Python with the peers; it takes: pip install ${pinned(references).join(' ')}`);
  }
  for (const python of ['python3', 'python', ...(isInstalled(references) ? [pythonOf(references)] : [])]) {
    const peers = probe(python);
    if (peers) return peers;
  }
  return install(references, probe);
}

function probe(python: string): Peers | undefined {
  const { status, stdout } = spawnSync(python, [script, 'probe'], { encoding: 'utf8' });
  return status === 0 ? { python, versions: JSON.parse(stdout) } : undefined;
}
