import { z } from 'zod';
import { ParamError } from '../core/errors.ts';
import { type TaskKind, taskKinds } from '../data/task-kind.ts';
import { checkGivenParams, defaultCandidates, estimatorNamed, estimatorNames } from '../estimators/index.ts';
import type { GivenParams } from '../estimators/params.ts';
import { type Preference, preferences } from './preferences.ts';
import { presetNamed } from './search/presets.ts';
import { type StrategyName, strategies } from './search/strategies.ts';
import { taskNamed } from './tasks/index.ts';

/** How candidates are found, judged and chosen among: what a training is asked for, and what its release records. */
export const planSchema = z.object({
  /** What was learned; older versions learned numbers alone. */
  task: z.enum(taskKinds).default('regression'),
  /** The metric by which candidates are compared, where it is not the task's own. */
  metric: z.string().optional(),
  /** The metric that must reach the threshold on the held-out rows, where it is not the task's own. */
  gate: z.string().optional(),
  /** `defaults`: each model once, with its defaults and what is given; else a preset, or a search. */
  search: z.enum(['defaults', 'preset', ...strategies]),
  preset: z.string().optional(),
  /** The models that are tried, in the registry's order. */
  models: z.array(z.string()),
  /** Parameters that are fixed, by model and name. */
  given: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** How many candidates are drawn of each model, or begin halving; null: what the strategy takes. */
  trials: z.int().positive().nullable(),
  folds: z.int().min(2),
  /** What a budget had time for, where that is less. */
  reduced: z
    .object({
      /** The last so many of the folds. */
      folds: z.int().min(2),
      /** Candidates were tried on so many of the training rows, … */
      rows: z.int().positive().optional(),
      /** … of which there were so many. */
      of: z.int().positive().optional(),
      /** From so many of them the chosen model has learned. */
      learned: z.int().positive().optional(),
      /** Models that were not tried, since there was no memory for them to learn from as many. */
      leftOut: z.array(z.string()).optional(),
      /** Seconds of one core for the chosen model to learn from more of them; older versions kept none. */
      forAll: z.number().positive().optional(),
    })
    .optional(),
  /** Seconds of one core for fits on all rows beside those of the folds; older versions made none. */
  refits: z.number().nonnegative().default(0),
  /** What decides between models that are about as good. */
  prefer: z.enum(preferences),
});
export type Plan = z.infer<typeof planSchema>;

/** What a plan is made from. */
export interface PlanOptions {
  readonly search?: StrategyName | undefined;
  readonly preset?: string | undefined;
  readonly models?: readonly string[] | undefined;
  readonly params?: GivenParams | undefined;
  readonly trials?: number | undefined;
  readonly folds?: number | undefined;
  readonly prefer?: Preference | undefined;
  readonly metric?: string | undefined;
  readonly gate?: string | undefined;
}

/** How many parts the training rows have in cross-validation, where nothing else says. */
const FOLDS = 5;
/** What fits on all rows may take beside those of the folds, where there is no budget: seconds of one core. */
const REFIT_SECONDS = 300;

/**
 * The plan of a training that is to learn a task.
 *
 * @throws ParamError where a model, a parameter, a preset or a metric is unknown, or options do not go together
 */
export function planOf(task: TaskKind, options: PlanOptions): Plan {
  const { search, preset, models, params = {}, trials, folds, prefer = 'accurate', metric, gate } = options;
  const { objective, gate: own } = taskNamed(task);
  // Metrics that there are not are refused here.
  taskNamed(task, { metric, gate });
  checkGivenParams(params, task);
  const known = preset === undefined ? undefined : presetNamed(preset, task);
  if (known && search !== undefined) throw new ParamError('a preset is a grid of its own: name it without a strategy');
  if (trials !== undefined && search !== 'random' && search !== 'halving')
    throw new ParamError('only the strategies random and halving take a number of trials');
  checkWhole('number of trials', trials, 1, 100_000);
  checkWhole('number of folds', folds, 2, 100);
  const tried = models ?? (known ? Object.keys(known.grid) : defaultCandidates(task));
  checkModels(tried, task, known && Object.keys(known.grid));
  return {
    task,
    ...(metric !== undefined && metric !== objective.name && { metric }),
    ...(gate !== undefined && gate !== own.metric.name && { gate }),
    search: known ? 'preset' : (search ?? 'defaults'),
    ...(preset !== undefined && { preset }),
    models: estimatorNames.filter((model) => tried.includes(model)),
    given: params,
    trials: trials ?? null,
    folds: folds ?? known?.folds ?? FOLDS,
    refits: REFIT_SECONDS,
    prefer,
  };
}

function checkModels(models: readonly string[], task: TaskKind, among: readonly string[] = estimatorNames): void {
  for (const model of models) {
    estimatorNamed(model, task);
    if (!estimatorNames.includes(model)) throw new ParamError(`the model ${model} is imported, and never trained`);
  }
  if (models.length === 0) throw new ParamError('name at least one model');
  const twice = models.find((name, i) => models.indexOf(name) !== i);
  if (twice !== undefined) throw new ParamError(`the model ${twice} is named twice`);
  const other = models.find((model) => !among.includes(model));
  if (other !== undefined) throw new ParamError(`the preset has no ${other}; it has: ${among.join(', ')}`);
}

function checkWhole(what: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new ParamError(`the ${what} is ${value}; it must be a whole number from ${min} to ${max}`);
}
