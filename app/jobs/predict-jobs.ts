// What a thread of files does, loaded by job-worker.ts. It is given the release that served when it began, whatever has become of that since.

import { parentPort, workerData } from 'node:worker_threads';
import {
  DataError,
  type Issue,
  type LoadedRelease,
  type Predictor,
  predictCsv,
  predictorOf,
  ReleaseError,
} from '../../ml/serving.ts';
import type { JobMessage, JobTask } from './job-thread.ts';
import { toldFile } from './told-file.ts';

const PROBLEMS_TOLD = 20;

const tell = (message: JobMessage) => parentPort?.postMessage(message);

/** Does what the thread is told to, from now on. */
export function serveJobs(): void {
  const predictor = predictorOf(workerData as LoadedRelease);
  parentPort?.on('message', async (task: JobTask) => tell(await predict(predictor, task)));
}

async function predict(predictor: Predictor, { input, name, output, options }: JobTask): Promise<JobMessage> {
  try {
    const { rows, predicted, column, added, problemColumn, issues } = await predictCsv(predictor, input, output, {
      interval: options.interval,
      explain: options.contributions,
      hasProblemColumn: true,
      formats: ['csv', 'parquet'],
      onRows: (rows) => tell({ kind: 'progress', rows }),
    });
    return {
      kind: 'done',
      rows,
      predicted,
      columns: { prediction: column, problem: problemColumn ?? '', added },
      problems: issues.slice(0, PROBLEMS_TOLD),
    };
  } catch (error) {
    if (error instanceof DataError)
      return {
        kind: 'refused',
        detail: toldFile(error.message, input, name),
        problems: told(error.issues, input, name),
      };
    if (error instanceof ReleaseError) return { kind: 'refused', detail: error.message, problems: [] };
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return { kind: 'no-room' };
    throw error;
  }
}

/** Issues by the name that the file's owner knows. */
function told(issues: readonly Issue[], input: string, name: string) {
  return issues.slice(0, PROBLEMS_TOLD).map(({ path, message }) => ({ path, message: toldFile(message, input, name) }));
}
