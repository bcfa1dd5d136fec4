import { isDeepStrictEqual } from 'node:util';
import { formatRounded } from '../ml/core/format-number.ts';
import { estimatorNamed } from '../ml/estimators/index.ts';
import type { TrainResult } from '../ml/pipeline/train-result.ts';
import { ensembleEntry } from '../ml/selection/chosen.ts';
import { type Evaluated, shownWithDeviation } from '../ml/selection/evaluated.ts';
import type { Times } from '../ml/selection/leaderboard.ts';
import type { Task } from '../ml/selection/task.ts';
import { textTable } from './output.ts';

/** The best candidate of each model, best first: its scores, what its fits took, and those parameters that are not its defaults. */
export function leaderboardTable(
  { leaderboard, model, folds }: TrainResult,
  task: Task,
  times: Readonly<Record<string, Times>> | undefined,
): string {
  const { shown, objective } = task;
  const scores = shown.map((metric) =>
    metric === objective ? `${metric.title} (${folds} ${folds === 1 ? 'fold' : 'folds'})` : metric.title,
  );
  // What took no fit now, since an earlier training is used again, has no times.
  const timed = times ? ['fit', 'prediction'] : [];
  const rows = [...ensembleEntry(model), ...leaderboard].map((entry) => [
    ...row(entry, task),
    ...(times ? timesOf(times[entry.model]) : []),
    settings(entry, task),
  ]);
  return textTable(['model', ...scores, ...timed, 'parameters'], rows, [...scores, ...timed]);
}

function row(entry: Evaluated, { shown }: Task): string[] {
  if (entry.status === 'failed') return [entry.model, 'failed', ...shown.slice(1).map(() => '')];
  return [entry.model, ...shown.map((metric) => shownWithDeviation(metric, entry.cv))];
}

function timesOf(times: Times | undefined): string[] {
  return times ? [duration(times.fit), duration(times.predict)] : ['', ''];
}

/** "1.2 s", "35 ms", "8 µs". */
function duration(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  const [value, unit] = seconds >= 1e-3 ? [seconds * 1e3, 'ms'] : [seconds * 1e6, 'µs'];
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

function settings({ model, params, features = [] }: Evaluated, { kind }: Task): string {
  if (model === 'ensemble') return '';
  const specs = estimatorNamed(model, kind).params;
  const changed = Object.entries(params)
    .filter(([name, value]) => !isDeepStrictEqual(specs[name]?.default, value))
    .map(([name, value]) => `${name} ${typeof value === 'number' ? formatRounded(value) : JSON.stringify(value)}`);
  const made = features.length > 0 ? [`features ${features.map(({ recipe }) => recipe).join('+')}`] : [];
  return [...changed, ...made].join(', ');
}
