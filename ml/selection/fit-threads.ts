import { availableParallelism } from 'node:os';
import { ParamError } from '../core/errors.ts';
import { WorkerPool } from '../core/worker-pool.ts';

/** More threads than any machine has cores are a mistake. */
const MOST_WORKERS = 1024;

/**
 * Starts threads that fit, as many as there are cores where nobody says how many. They load their code while somebody else reads
 * the data.
 *
 * @throws ParamError where there cannot be so many
 */
export function startFitThreads(size = availableParallelism()): WorkerPool {
  checkWorkers(size);
  return new WorkerPool(new URL('fit-worker.ts', import.meta.url), size);
}

/** @throws ParamError where there cannot be so many fits at a time */
export function checkWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS) return;
  throw new ParamError(`the number of workers is ${workers}; it must be a whole number from 1 to ${MOST_WORKERS}`);
}
