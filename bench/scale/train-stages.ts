// A process that trains, and says when each of its stages was over: arguments are a folder, one for releases, and seconds, if any.

import { train } from '../../ml/pipeline/train.ts';
import type { Progress } from '../../ml/selection/progress.ts';
import type { Stage } from './stage.ts';

/** What has begun once a stage of the progress is told of first, and what was done until then. */
const over: readonly (readonly [done: string, until: (progress: Progress) => boolean])[] = [
  ['read and check the file', ({ stage }) => stage === 'ingested'],
  ['search', (progress) => progress.stage === 'fitting' && progress.fold === null],
  ['learn from all rows, score, intervals', ({ stage }) => stage === 'explaining'],
  ['importance', ({ stage }) => stage === 'writing'],
];

const [dataset = '', artifacts = '', seconds] = process.argv.slice(2);
let rows = 0;
const stages: Stage[] = [];
let begun = performance.now();
let usage = process.cpuUsage();
let next = 0;
let told = 0;

const end = (stage: string) => {
  const now = performance.now();
  const { user, system } = process.cpuUsage(usage);
  stages.push({
    stage,
    seconds: (now - begun) / 1000,
    coreSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
  });
  begun = now;
  usage = process.cpuUsage();
};

const { plan, holdout } = await train({
  dataset,
  artifacts,
  search: 'auto',
  budgetSeconds: seconds === undefined ? undefined : Number(seconds),
  // What is measured is released, however bad it is.
  threshold: -1e9,
  onProgress: (progress) => {
    told += 1;
    if (progress.stage === 'ingested') rows = progress.train + progress.test + progress.between;
    // A stage that is not told of, as a model of the folds' fits learns nothing more, ends with the one after it.
    const at = over.findIndex(([, until]) => until(progress));
    if (at < next) return;
    end(
      over
        .slice(next, at + 1)
        .map(([done]) => done)
        .join(', '),
    );
    next = at + 1;
  },
});
end('write the release');
process.stdout.write(
  `${JSON.stringify({ rows, stages, reduced: plan.reduced ?? null, folds: plan.folds, holdout, told })}\n`,
);
