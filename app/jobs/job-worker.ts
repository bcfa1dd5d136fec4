// What a JobThread runs. Loading what predicts takes longer than many a file does, so it gives way before that.

import { setPriority } from 'node:os';

/** On Linux a thread can give way to the one that answers; elsewhere the whole process would. */
const GIVES_WAY = 10;

if (process.platform === 'linux') setPriority(GIVES_WAY);
const { serveJobs } = await import('./predict-jobs.ts');
serveJobs();
