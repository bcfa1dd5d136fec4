import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MeasurementError } from '../measurement-error.ts';
import { PeakMemory } from '../peak-memory.ts';
import type { Stage } from './stage.ts';

const server = fileURLToPath(new URL('../../app/server.ts', import.meta.url));

/** Starts a server of the release in use, and asks it for a prediction. @throws MeasurementError where it does not answer with one */
export async function serveOne(artifacts: string, record: object): Promise<Stage> {
  const begun = performance.now();
  const child = spawn(process.execPath, [server], {
    env: { ARTIFACTS: artifacts, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const memory = new PeakMemory(child.pid);
  try {
    const url = await addressOf(child.stdout);
    const answer = await fetch(new URL('/api/predictions', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(record),
    });
    const text = await answer.text();
    if (!answer.ok) throw new MeasurementError(`the server does not predict: ${text}`);
    return {
      stage: 'start a server, predict a record',
      seconds: (performance.now() - begun) / 1000,
      coreSeconds: null,
      megabytes: memory.stop(),
    };
  } finally {
    memory.stop();
    process.off('exit', end);
    end();
  }
}

/** Where it says that it listens. */
async function addressOf(output: AsyncIterable<Buffer>): Promise<string> {
  let said = '';
  for await (const chunk of output) {
    said += chunk;
    const [url] = /https?:\S+/.exec(said) ?? [];
    if (url !== undefined) return url;
  }
  throw new MeasurementError(`the server has ended: ${said}`);
}
