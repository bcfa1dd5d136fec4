import { parentPort } from 'node:worker_threads';
import type { FromWorker } from './worker-pool.ts';

/**
 * Does the tasks that a `WorkerPool` sends to this thread, one after the other.
 *
 * @param work does one; `note` tells the caller of something on the way. What it throws is sent as an error's own
 * properties are: a caller that has to tell errors apart is better answered with a result.
 */
export function serveTasks<Task>(work: (task: Task, note: (note: unknown) => void) => unknown): void {
  if (!parentPort) throw new Error('there is nobody to serve: this is not a thread of a pool');
  const port = parentPort;
  const send = (message: FromWorker) => port.postMessage(message);
  port.on('message', async (task: Task) => {
    try {
      send({ result: await work(task, (note) => send({ note })) });
    } catch (error) {
      send({ error });
    }
  });
}
