import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-pool.ts';

/** Does a task; `note` tells the caller of something on the way. */
type Work<Task> = (task: Task, note: (note: unknown) => void) => unknown;

/**
 * Does the tasks that a `WorkerPool` sends to this thread, one after the other.
 *
 * @param begin is given what all tasks have in common, once, and returns what does one. What that throws is sent as an error's
 * own properties are: a caller that has to tell errors apart is better answered with a result.
 */
export function serveTasks<Common, Task>(begin: (common: Common) => Work<Task>): void {
  if (!parentPort) throw new Error('there is nobody to serve: this is not a thread of a pool');
  const port = parentPort;
  const send = (message: FromWorker) => port.postMessage(message);
  let work: Work<Task> | undefined;
  port.on('message', async (message: ToWorker) => {
    if ('common' in message) {
      work = begin(message.common as Common);
      return;
    }
    try {
      send({ result: await work?.(message.task as Task, (note) => send({ note })) });
    } catch (error) {
      send({ error });
    }
  });
}
