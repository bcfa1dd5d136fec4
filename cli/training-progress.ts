import type { Fitting, Progress } from '../ml/selection/progress.ts';
import { StatusLine } from './status-line.ts';

/** Tells a training's progress on standard error. */
export class TrainingProgress {
  readonly #line = new StatusLine(process.stderr);

  readonly tell = (progress: Progress): void => {
    if (progress.stage === 'fitting') this.#line.show(`  ${fitting(progress)}`);
    else for (const line of linesOf(progress)) this.#line.print(line);
  };

  /** Leaves no unfinished line behind. */
  end(): void {
    this.#line.clear();
  }
}

function linesOf(progress: Exclude<Progress, Fitting>): string[] {
  if (progress.stage === 'unchanged')
    return [`Neither data, options nor code have changed since ${progress.release} was trained`];
  if (progress.stage === 'warned') return [`  Warning: ${progress.model}: ${progress.message}`];
  if (progress.stage === 'ingested') {
    const { declaration, train, test, dropped, ignored, rounded, unusedParams } = progress;
    return [
      `${declaration.title}: ${train} rows to learn ${declaration.target} from, ${test} held out`,
      ...(dropped > 0 ? [`${dropped} rows dropped: their ${declaration.target} is empty`] : []),
      ...(ignored.length > 0 ? [`Columns that the declaration does not name, ignored: ${ignored.join(', ')}`] : []),
      ...rounded.map((sentence) => `Note: ${sentence}`),
      ...(unusedParams.length > 0
        ? [`Warning: there are parameters for models that are not tried: ${unusedParams.join(', ')}`]
        : []),
    ];
  }
  const { entry, seconds, error } = progress;
  const after = `${seconds.toFixed(1)} s`;
  if (entry.status === 'scored') return [`  cross-validated ${entry.model} in ${after}: R² ${entry.cv.r2.toFixed(3)}`];
  const isOurs = error instanceof Error && !['DataError', 'ParamError', 'RangeError'].includes(error.name);
  return [`  ${entry.model} failed after ${after}: ${entry.reason}`, ...(isOurs && error.stack ? [error.stack] : [])];
}

function fitting({ model, fold, folds, done, total, seconds }: Fitting): string {
  const where = fold === null ? 'learning from all training rows' : `fold ${fold} of ${folds}`;
  const rounds = total > 0 ? `, tree ${done} of ${total}` : '';
  const share = total > 0 ? done / total : 0;
  const all = fold === null ? share : (fold - 1 + share) / folds;
  const left = all > 0 && seconds > 1 ? `, about ${duration((seconds * (1 - all)) / all)} left` : '';
  return `${model}: ${where}${rounds}${left}`;
}

/** 8 s, 3 min, 2 h: no more digits than an estimate deserves. */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
