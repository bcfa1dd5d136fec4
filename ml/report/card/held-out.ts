import { mostProbable } from '../../core/most-probable.ts';
import type { Predictions } from '../../core/predictions.ts';
import { createRandom } from '../../core/random.ts';
import type { Declaration } from '../../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../../data/table.ts';
import { logLosses } from '../../explain/log-losses.ts';
import { sampleRows } from '../../explain/sample-rows.ts';
import type { ReportedClasses, ReportedModel, ReportedNumbers } from '../reported-model.ts';

/** Enough to tell of every group that a reader can take in, and predicted while somebody waits for the report. */
const MOST_ROWS = 20_000;

/** Rows that a model never learned from, and how far it was off at them. */
export interface HeldOut {
  readonly table: Table;
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
  readonly intervals: { readonly low: Float64Array; readonly high: Float64Array } | undefined;
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
  { manifest }: ReportedModel,
  rows: Table,
): Pick<HeldOut, 'table' | 'declaration' | 'truth' | 'weights'> {
  const declaration = manifest.dataset;
  const table = sampleRows(rows, MOST_ROWS, createRandom(manifest.seed));
  const truth = columnOf(table, declaration.target);
  return { table, declaration, truth, weights: weightsOf(table, declaration) };
}

export function predictNumbers(model: ReportedNumbers, rows: Table): HeldOutNumbers {
  const held = heldOut(model, rows);
  const { table, truth } = held;
  const predictions = model.predictTable(table);
  const errors = truth.map((value, i) => Math.abs(value - (predictions[i] as number)));
  const intervals = model.intervalsOf(table) ?? undefined;
  const holds =
    intervals &&
    truth.map((value, i) => Number(value >= (intervals.low[i] as number) && value <= (intervals.high[i] as number)));
  return { ...held, predictions, errors, intervals, holds };
}

export function predictClasses(model: ReportedClasses, rows: Table): HeldOutClasses {
  const held = heldOut(model, rows);
  const { table, truth } = held;
  const { levels } = model.target;
  const probabilities = model.predictTable(table);

  const errors = logLosses(truth, probabilities);
  const sets = model.setsOf(table) ?? undefined;
  const holds = sets && truth.map((code, row) => Number(sets[row]?.includes(levels[code] as string)));
  return { ...held, probabilities, predicted: mostProbable(probabilities), errors, sets, holds };
}
