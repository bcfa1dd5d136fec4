import { Worker } from 'node:worker_threads';
import { isBuilt } from './built.ts';

/** A thread that has ended by itself: what it was doing is lost. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

/**
 * Starts a thread that runs a module of this code. It does not keep the process alive, and its failure does not end the process.
 *
 * @param onEnd told once, when the thread has ended, with why
 */
export function startWorker(module: URL, workerData: unknown, onEnd: (reason: WorkerDied) => void): Worker {
  const worker = new Worker(isBuilt ? builtFrom(module) : module, { workerData });
  worker.unref();
  let reason: WorkerDied | undefined;
  worker.once('error', (cause) => {
    reason = new WorkerDied(sentenceOf(cause), { cause });
  });
  worker.once('exit', (code) => onEnd(reason ?? new WorkerDied(`its thread has ended with the code ${code}`)));
  return worker;
}

/** What a module was built into. */
const builtFrom = (module: URL) => new URL(module.href.replace(/\.ts$/, '.js'));

function sentenceOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return 'its thread ran out of memory; give it fewer rows or columns, or run on a machine with more';
  return `its thread has failed: ${cause instanceof Error ? cause.message : cause}`;
}
