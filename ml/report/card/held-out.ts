import { mostProbable } from '../../core/most-probable.ts';
import type { Predictions } from '../../core/predictions.ts';
import { createRandom, sampleInOrder } from '../../core/random.ts';
import type { Declaration } from '../../data/declaration.ts';
import { columnOf, type Table, takeRows, weightsOf } from '../../data/table.ts';
import { classCountOf } from '../../data/task-kind.ts';
import type { PredictedNumbers } from '../../explain/explainer.ts';
import type { Bounds } from '../../explain/intervals.ts';
import { logLosses } from '../../explain/log-losses.ts';
import { predictionCost } from '../../explain/prediction-cost.ts';
import type { ReportedClasses, ReportedModel, ReportedNumbers } from '../reported-model.ts';

/** Enough to tell of every group that a reader can take in. */
const MOST_ROWS = 20_000;
const FEWEST_ROWS = 1000;
/** How many rows the fits of a model predict in all, where that leaves the fewest rows: seconds, and no clock. */
const MOST_PREDICTED = 200_000;

/** Rows that a model never learned from, and how far it was off at them. */
export interface HeldOut {
  readonly table: Table;
  /** The place of each row among all that were held out. */
  readonly places: Uint32Array;
  readonly declaration: Declaration;
  /** Numbers, or places of levels. */
  readonly truth: Float64Array;
  /** Of each row: of a number the size of the error, of a class the log loss, −log of what the true class was given. */
  readonly errors: Float64Array;
  /** @default each row counts once */
  readonly weights: Float64Array | undefined;
  /** Whether a row's interval, or prediction set, holds the truth, as 1 or 0; undefined where the release has none. */
  readonly holds: Float64Array | undefined;
}

export interface HeldOutNumbers extends HeldOut {
  readonly predictions: Float64Array;
  readonly intervals: Bounds | undefined;
  /** Intervals that hold another share of the true values; null where the release has none. */
  readonly boundsOf: PredictedNumbers['boundsOf'];
}

export interface HeldOutClasses extends HeldOut {
  /** rows × classes. */
  readonly probabilities: Predictions;
  /** The place of the most probable level of each row. */
  readonly predicted: Uint32Array;
  readonly sets: readonly (readonly string[])[] | undefined;
}

/** What a release says of its held-out rows, as far as tasks are alike; of very many, of some drawn at random. */
function heldOut(
  { manifest, model }: ReportedModel,
  rows: Table,
): Pick<HeldOut, 'table' | 'places' | 'declaration' | 'truth' | 'weights'> {
  const declaration = manifest.dataset;
  const affordable = Math.floor(MOST_PREDICTED / predictionCost(model, classCountOf(declaration)));
  const most = Math.min(rows.rows, MOST_ROWS, Math.max(FEWEST_ROWS, affordable));
  const isAll = most === rows.rows;
  const places = isAll
    ? Uint32Array.from({ length: most }, (_, row) => row)
    : sampleInOrder(rows.rows, most, createRandom(manifest.seed));
  const table = isAll ? rows : takeRows(rows, places);
  const truth = columnOf(table, declaration.target);
  return { table, places, declaration, truth, weights: weightsOf(table, declaration) };
}

export function predictNumbers(model: ReportedNumbers, rows: Table): HeldOutNumbers {
  const held = heldOut(model, rows);
  const { table, truth } = held;
  const { predictions, boundsOf } = model.predicted(table);
  const errors = truth.map((value, i) => Math.abs(value - (predictions[i] as number)));
  const intervals = boundsOf() ?? undefined;
  return { ...held, predictions, errors, intervals, boundsOf, holds: intervals && holdsTruth(truth, intervals) };
}

/** Whether each interval holds the truth, as 1 or 0. */
export function holdsTruth(truth: Float64Array, { low, high }: Bounds): Float64Array {
  return truth.map((value, i) => Number(value >= (low[i] as number) && value <= (high[i] as number)));
}

export function predictClasses(model: ReportedClasses, rows: Table): HeldOutClasses {
  const held = heldOut(model, rows);
  const { table, truth } = held;
  const { levels } = model.target;
  const { predictions: probabilities, sets: known } = model.predicted(table);
  const errors = logLosses(truth, probabilities);
  const sets = known ?? undefined;
  const holds = sets && truth.map((code, row) => Number(sets[row]?.includes(levels[code] as string)));
  return { ...held, probabilities, predicted: mostProbable(probabilities), errors, sets, holds };
}
