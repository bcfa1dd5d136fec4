// Whether the app is ready, asked for again and again.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What was asked for once. */
export interface Probe {
  readonly ms: number;
  readonly status: number;
}

/** Asks for as long as it is said. @param url of /readyz */
export async function probeFor(seconds: number, url: string): Promise<readonly Probe[]> {
  const worker = new Worker(new URL('ready-worker.ts', import.meta.url), { workerData: { seconds, url } });
  const [probes] = await once(worker, 'message');
  return probes;
}
