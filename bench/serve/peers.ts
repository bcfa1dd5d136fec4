// FastAPI and Flask, with the same model behind them, in a Python environment of their own.

import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MeasurementError } from '../measurement-error.ts';
import { type Environment, install, isInstalled, pythonOf } from '../peers/environment.ts';
import { RunningServer } from './running-server.ts';

const environment: Environment = { name: 'serving', size: '400 MB' };
const script = fileURLToPath(new URL('peer_server.py', import.meta.url));
const VERSIONS = `import json, importlib.metadata as m
print(json.dumps({p: m.version(p) for p in ("fastapi", "uvicorn", "flask", "gunicorn", "scikit-learn")}))`;

export interface ServingPeers {
  readonly python: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The Python that has them, which is installed where it is not there; a text says why there is none. */
export function findServingPeers(): ServingPeers | string {
  const installed = isInstalled(environment) ? probe(pythonOf(environment)) : undefined;
  return installed ?? install(environment, probe);
}

function probe(python: string): ServingPeers | undefined {
  const { status, stdout } = spawnSync(python, ['-c', VERSIONS], { encoding: 'utf8' });
  return status === 0 ? { python, versions: JSON.parse(stdout) } : undefined;
}

/** Has a model learn that both serve. @returns where it lies */
export function trainPeer({ python }: ServingPeers, declaration: string, csv: string, model: string): void {
  const { status, stderr } = spawnSync(python, [script, 'train', declaration, csv, model], { encoding: 'utf8' });
  if (status !== 0) throw new MeasurementError(`the peers' model could not be made:\n${stderr}`);
}

const PORTS = { fast: 18_731, flask: 18_732 };

/** FastAPI under uvicorn, one worker; or Flask under gunicorn with two. */
export function startPeer(which: keyof typeof PORTS, { python }: ServingPeers, model: string): Promise<RunningServer> {
  const port = String(PORTS[which]);
  const command: [string, ...string[]] =
    which === 'fast'
      ? [python, '-m', 'uvicorn', 'peer_server:fast', '--port', port, '--log-level', 'warning']
      : [python, '-m', 'gunicorn', 'peer_server:flask', '--workers', '2', '--bind', `127.0.0.1:${port}`];
  const url = `http://127.0.0.1:${port}`;
  return RunningServer.start(command, { MODEL: model, PYTHONPATH: dirname(script) }, url);
}
