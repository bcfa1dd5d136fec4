import type { TrainResult } from '../ml/pipeline/train-result.ts';
import { nameOf } from '../ml/selection/chosen.ts';
import { type Remedy, remedyFor } from '../ml/selection/gate.ts';
import type { Times } from '../ml/selection/leaderboard.ts';
import { shown } from '../ml/selection/metric.ts';
import type { Task } from '../ml/selection/task.ts';
import { taskNamed } from '../ml/selection/tasks/index.ts';
import { leaderboardTable } from './leaderboard-table.ts';

/**
 * The leaderboard, what failed, and the verdict.
 *
 * @param times what fits took; undefined where an earlier training is used again
 * @param commandFor the command that would train the same and let it pass
 */
export function trainingSummary(
  result: TrainResult,
  times: Readonly<Record<string, Times>> | undefined,
  commandFor: (remedy: Remedy) => string,
): string {
  const { release, path, verdict, model, holdout, leaderboard, why } = result;
  const task = taskNamed(result.task, result.plan);
  const failures = leaderboard.flatMap((entry) =>
    entry.status === 'failed' ? [`  ${entry.model}: ${entry.reason}`] : [],
  );
  const scores =
    model && holdout
      ? [
          `Chosen: ${nameOf(model)}. On the held-out rows: ${task.metrics.map((metric) => `${metric.title} ${shown(metric, holdout)}`).join(', ')}`,
          `Why: ${why}`,
        ]
      : [];
  return [
    '',
    leaderboardTable(result, task, times),
    ...howScored(result),
    '',
    ...(failures.length > 0 ? ['Failed:', ...failures, ''] : []),
    ...scores,
    ...(release === null
      ? [`Nothing is released: ${verdict.reason}`, ...howToRelease(result, task, commandFor)]
      : [`Released ${release} in ${path}`, `Verdict: ${verdict.reason}`]),
  ].join('\n');
}

/** What somebody can do about a model that is held back; nothing where nobody should. */
function howToRelease(result: TrainResult, task: Task, commandFor: (remedy: Remedy) => string): string[] {
  const remedy = remedyFor({ ...result, chosen: result.model }, task);
  if (remedy === null) return [];
  const kept = `It is kept until the next training. To release it all the same: ${commandFor(remedy)}`;
  if (remedy === 'force') return [kept];
  return [
    kept,
    `To ask no more of later trainings either, nor in the workflows: npm pkg set plumbline.threshold=${remedy.threshold} --json`,
  ];
}

/** What somebody should know of the scores. */
function howScored({ weight, group, time, plan: { reduced, folds } }: TrainResult): string[] {
  return [
    ...(reduced ? [howReduced(reduced, folds)] : []),
    ...(weight === null ? [] : [`Each row counts by its ${weight}, in these scores too.`]),
    ...(group === null ? [] : [`Scores are of other groups (${group}) than those that were learned from.`]),
    ...(time === null ? [] : [`Scores are of later rows (${time}) than those that were learned from.`]),
  ];
}

/** What the budget had time for. */
function howReduced(
  { folds, rows, of, learned = rows, leftOut = [] }: NonNullable<TrainResult['plan']['reduced']>,
  all: number,
): string {
  const tried = `For the budget there was much data: candidates were tried in ${folds} of ${all} folds`;
  if (rows === undefined) return `${tried}.`;
  const whole = learned === of ? 'all of them' : `${learned} of them`;
  const out = leftOut.length > 0 ? ` There was no memory to try ${leftOut.join(', ')}.` : '';
  return `${tried}, on ${rows} of the ${of} training rows, drawn at random; the chosen model learned from ${whole}.${out}`;
}
