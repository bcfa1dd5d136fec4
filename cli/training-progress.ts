import type { Declaration } from '../ml/data/declaration.ts';
import { kindOf } from '../ml/data/kinds/index.ts';
import type { Times } from '../ml/selection/leaderboard.ts';
import { type Metric, scoreOf, scoreText } from '../ml/selection/metric.ts';
import type { FamilyProgress, FitProgress, Progress } from '../ml/selection/progress.ts';
import type { Task } from '../ml/selection/task.ts';
import { StatusLine } from './status-line.ts';

/** Tells a training's progress on standard error. */
export class TrainingProgress {
  readonly #line = new StatusLine(process.stderr);
  #task: Task | undefined;
  #times: Readonly<Record<string, Times>> | undefined;

  readonly tell = (progress: Progress): void => {
    if (progress.stage === 'ingested') this.#task = progress.task;
    if (progress.stage === 'timed') this.#times = progress.times;
    else if (progress.stage === 'fitting') this.#line.show(`  ${fitting(progress)}`, this.#families(progress));
    else if (progress.stage === 'reading') this.#line.show(`  reading: ${progress.rows} rows`);
    else if (progress.stage === 'explaining') this.#line.show(`  ${explaining(progress)}`);
    else if (progress.stage === 'writing' && progress.rows) this.#line.show(`  ${writing(progress.rows)}`);
    else for (const line of linesOf(progress, this.#task?.objective)) this.#line.print(line);
  };

  /** What fits took, once they are over. */
  get times(): Readonly<Record<string, Times>> | undefined {
    return this.#times;
  }

  /** A line for each model that is searched, on a terminal. */
  #families({ families }: FitProgress): string[] {
    const width = Math.max(...families.map(({ model }) => model.length));
    return families.flatMap((family) => familyLine(family, width, this.#task?.objective));
  }

  /** Says something that stays. */
  note(text: string): void {
    this.#line.print(text);
  }

  /** Leaves no unfinished line behind. */
  end(): void {
    this.#line.clear();
  }
}

function linesOf(
  progress: Exclude<Progress, FitProgress | { stage: 'timed' | 'reading' | 'explaining' }>,
  objective: Metric | undefined,
): string[] {
  if (progress.stage === 'unchanged')
    return [`Neither data, options nor code have changed since ${progress.release} was trained`];
  if (progress.stage === 'resumed')
    return [`Taking up the search in ${progress.folder}: ${progress.trials} trials are known`];
  if (progress.stage === 'writing') return ['  writing the release'];
  if (progress.stage === 'unreported')
    return [
      `  Warning: the report could not be made, and the release goes without it: an error in Plumbline itself: ${progress.stack}`,
    ];
  if (progress.stage === 'warned') return [`  Warning: ${progress.model}: ${progress.message}`];
  if (progress.stage === 'ingested') {
    const { declaration, train, test, dropped, weightless, between, ignored, rounded, unusedParams } = progress;
    return [
      `${declaration.title}: ${train} rows to learn ${declaration.target} from, ${test} held out`,
      ...(dropped > 0 ? [`${dropped} rows dropped: their ${declaration.target} is empty`] : []),
      ...(weightless > 0 ? [`${weightless} rows left out: their ${declaration.weight} is 0`] : []),
      ...(between > 0
        ? [
            `${between} rows are in neither: earlier ones of each ${declaration.group} that is held out, later ones of the others`,
          ]
        : []),
      ...(ignored.length > 0 ? [`Columns that the declaration does not name, ignored: ${ignored.join(', ')}`] : []),
      ...unreadColumns(declaration),
      ...(declaration.assumed ?? []).map((sentence) => `Assumed: ${sentence}`),
      ...rounded.map((sentence) => `Note: ${sentence}`),
      ...(unusedParams.length > 0
        ? [`Warning: there are parameters for models that are not tried: ${unusedParams.join(', ')}`]
        : []),
    ];
  }
  if (progress.stage === 'limited')
    return [`There is much data: the training ends after ${progress.seconds} s or so; --budget names another time`];
  if (progress.stage === 'reduced') {
    const { folds, rows, of, learned = rows, leftOut = [] } = progress;
    const whole = learned === of ? 'all of them' : `${learned} of them`;
    const drawn =
      rows === undefined
        ? ''
        : `, on ${rows} of the ${of} rows, drawn at random; the chosen model learns from ${whole}`;
    return [
      `For the budget there is much data: candidates are tried in ${folds.tried} of ${folds.of} folds${drawn}`,
      ...(leftOut.length > 0
        ? [`Not tried, since there is no memory for them to learn from as many rows: ${leftOut.join(', ')}`]
        : []),
    ];
  }
  if (progress.stage === 'late')
    return ['No fit has ended in the time of the search: the quickest candidates are tried without a limit'];
  const { entry, trials, seconds, stack } = progress;
  const after = `${seconds.toFixed(1)} s${trials > 1 ? ` (${trials} trials)` : ''}`;
  if (entry.status === 'scored') {
    const score = objective ? `: ${objective.title} ${shortScore(objective, scoreOf(entry.cv, objective))}` : '';
    return [`  cross-validated ${entry.model} in ${after}${score}`];
  }
  return [`  ${entry.model} failed after ${after}: ${entry.reason}`, ...(stack ? [stack] : [])];
}

/** Three decimals, or as many digits as tell something. */
const shortScore = ({ unit }: Metric, value: number) => scoreText({ unit, digits: 3 }, value);

const explaining = ({ done, total }: { readonly done: number; readonly total: number }) =>
  `measuring what columns are worth: ${done} of ${total} done`;

const writing = ({ done, total }: { readonly done: number; readonly total: number }) =>
  `writing rows: ${done} of ${total}`;

function fitting({ model, fold, folds, done, total, fits, secondsLeft }: FitProgress): string {
  const where = fold === null ? 'learning from all training rows' : `fold ${fold} of ${folds}`;
  const rounds = total > 0 ? `, tree ${done} of ${total}` : '';
  const left = secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`;
  return `${model}: ${where}${rounds} (${fits.done} of ${fits.total} fits done${left})`;
}

const BAR = 10;

/** "catboost    12 tried  R² 0.859  ███████░░░". What has come to its end was told, and stays above. */
function familyLine(
  { model, state, trials, open, best, share }: FamilyProgress,
  width: number,
  objective?: Metric,
): string[] {
  if (state === 'finished' || (trials === 0 && open === 0)) return [];
  const done = Math.round(BAR * (share ?? 0));
  const bar = share === null ? ' '.repeat(BAR) : '█'.repeat(done) + '░'.repeat(BAR - done);
  const score = best === null || !objective ? '' : `  ${objective.title} ${scoreText(objective, best)}`;
  return [`  ${model.padEnd(width)}  ${bar}  ${String(trials).padStart(3)} tried${score}`];
}

/** 8 s, 3 min, 2 h: no more digits than an estimate deserves. */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Which declared columns are kept out altogether, and why. */
function unreadColumns({ columns }: Declaration): string[] {
  const unread = columns.filter((column) => kindOf(column).values === 'none');
  if (unread.length === 0) return [];
  return [`Columns that are not read: ${unread.map((each) => `${each.name} (${kindOf(each).keptOut})`).join(', ')}`];
}
