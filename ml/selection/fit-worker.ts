// A thread that fits. Rounds follow each other faster than anybody reads, so only some are told.

import { serveTasks } from '../core/serve-tasks.ts';
import { type FitContext, type FitJob, type FitNote, FitRunner } from './fit-job.ts';

const TOLD_MS = 50;

serveTasks<FitContext, FitJob>((context) => {
  const runner = new FitRunner(context);
  return (job, tell) => {
    let told = 0;
    return runner.run(job, (note: FitNote) => {
      if ('done' in note) {
        if (performance.now() - told < TOLD_MS) return;
        told = performance.now();
      }
      tell(note);
    });
  };
});
