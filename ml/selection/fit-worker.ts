// A thread that fits. Rounds follow each other faster than anybody reads, so only some are told.

import { workerData } from 'node:worker_threads';
import { serveTasks } from '../core/serve-tasks.ts';
import { type FitContext, type FitJob, type FitNote, FitRunner } from './fit-job.ts';

const TOLD_MS = 50;

const runner = new FitRunner(workerData as FitContext);

serveTasks<FitJob>((job, tell) => {
  let told = 0;
  return runner.run(job, (note: FitNote) => {
    if ('done' in note) {
      if (performance.now() - told < TOLD_MS) return;
      told = performance.now();
    }
    tell(note);
  });
});
