import { availableParallelism } from 'node:os';
import type { Declaration } from '../data/declaration.ts';
import { taskKindOf } from '../data/task-kind.ts';
import { checkNamedColumns } from '../estimators/named-columns.ts';
import { checkWritable } from '../release/access.ts';
import { releasesFolder } from '../release/releases-folder.ts';
import { candidatesOf } from '../selection/candidate.ts';
import { type Plan, planOf } from '../selection/plan.ts';
import { refitSecondsWithin } from '../selection/refits.ts';
import { declarationOf, type Rows, readRows } from '../selection/rows.ts';
import type { Budget } from '../selection/search/budget.ts';
import { defaultBudget } from '../selection/search/default-budget.ts';
import { reduceToBudget } from '../selection/search/reduce.ts';
import type { Task } from '../selection/task.ts';
import { taskNamed } from '../selection/tasks/index.ts';
import { taskOfRows } from '../selection/tasks/task-of-rows.ts';
import type { Training } from './reuse.ts';
import { budgetOf, checkOptions, folderOf, type TrainOptions, thresholdOf } from './train-options.ts';

/** A training that may begin: its options and its data are in order, and its releases can be written. */
export interface Prepared extends Training {
  readonly task: Task;
  /** Undefined where it may take as long as it takes. */
  readonly budget: Budget | undefined;
  /** The folder of releases. */
  readonly artifacts: string;
  /** What the gate asks for, and how much worse than the release in use the model may be. */
  readonly threshold: number;
  readonly tolerance: number;
}

/**
 * Checks the options, reads the rows, and plans what there is time for: what is wrong is said here rather than after an hour of training.
 *
 * @throws DataError if the data or the declaration is wrong. @throws ParamError if an option is.
 * @throws ReleaseError if the folder of releases cannot be written
 */
export async function prepareTraining(options: TrainOptions): Promise<Prepared> {
  const { dataset, params: given = {}, seed = 42 } = options;
  const named = budgetOf(options.budgetSeconds, performance.now());
  const artifacts = options.artifacts ?? releasesFolder(folderOf(dataset));
  checkOptions(seed, options);
  const declaration = await declarationOf(dataset);
  const kind = taskKindOf(declaration);
  const planned = planOf(kind, options);
  const { gate } = taskNamed(kind, planned);
  const threshold = thresholdOf(gate, options.threshold);
  const { tolerance = gate.tolerance(threshold) } = options;
  for (const { model, params } of candidatesOf(kind, planned.models, given))
    checkNamedColumns(model, params, declaration);
  const read = await readAndTell({ ...options, declaration, seed }, planned);
  const timed = planWithin(planned, read, { ...options, named, seed });
  const task = taskOfRows(timed.rows, timed.plan);
  await checkWritable(artifacts);
  return { ...timed, seed, task, artifacts, threshold, tolerance };
}

async function readAndTell(
  options: TrainOptions & { readonly declaration: Declaration; readonly seed: number },
  plan: Plan,
): Promise<Rows> {
  const { declaration, seed, params: given = {}, onProgress } = options;
  const read = await readRows({ ...options, onRows: (rows) => onProgress?.({ stage: 'reading', rows }) }, seed);
  const { all, train, test, dropped, weightless, ignored, rounded } = read;
  onProgress?.({
    stage: 'ingested',
    declaration,
    task: taskNamed(taskKindOf(declaration), plan),
    train: train.rows,
    test: test.rows,
    dropped,
    weightless,
    between: all.rows - train.rows - test.rows,
    ignored,
    rounded,
    unusedParams: Object.keys(given).filter((model) => !plan.models.includes(model)),
  });
  return read;
}

interface Timing extends Pick<TrainOptions, 'workers' | 'onProgress'> {
  /** The budget that somebody named. */
  readonly named: Budget | undefined;
  readonly seed: number;
}

/** What of a plan and its rows there is time for: within the budget that was named, or one of its own where rows are very many. */
function planWithin(
  planned: Plan,
  read: Rows,
  { named, seed, workers = availableParallelism(), onProgress }: Timing,
): Pick<Prepared, 'rows' | 'plan' | 'budget'> {
  const ownSeconds = named ? undefined : defaultBudget(planned, read, workers);
  if (ownSeconds !== undefined) onProgress?.({ stage: 'limited', seconds: ownSeconds });
  // One that nobody named begins once the data is read, however slowly: what is planned hangs on the data alone.
  const budget = named ?? budgetOf(ownSeconds, performance.now());
  if (!budget) return { rows: read, plan: planned, budget };
  const seconds = budget.secondsToPlan;
  const within = { ...planned, refits: refitSecondsWithin(seconds, workers) };
  const { plan, rows } = reduceToBudget(within, read, { seconds, workers, seed });
  if (plan.reduced)
    onProgress?.({ stage: 'reduced', ...plan.reduced, folds: { tried: plan.reduced.folds, of: plan.folds } });
  return { rows, plan, budget };
}
