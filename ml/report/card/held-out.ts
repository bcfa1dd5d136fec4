import { createRandom } from '../../core/random.ts';
import type { Declaration } from '../../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../../data/table.ts';
import { sampleRows } from '../../explain/sample-rows.ts';
import type { NumberPredictor } from '../../pipeline/predictor.ts';

/** Enough to tell of every group that a reader can take in, and predicted while somebody waits for the report. */
const MOST_ROWS = 20_000;

/** Rows that a model never learned from, what it says of them, and what they came to. */
export interface HeldOut {
  readonly table: Table;
  readonly declaration: Declaration;
  readonly truth: Float64Array;
  readonly predictions: Float64Array;
  /** The size of each row's error. */
  readonly errors: Float64Array;
  /** @default each row counts once */
  readonly weights: Float64Array | undefined;
  /** Of each row its interval's ends, and whether that holds the truth, as 1 or 0; undefined where the release has none. */
  readonly intervals: Intervals | undefined;
}

interface Intervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly holds: Float64Array;
}

/** What a release says of its held-out rows; of very many, of some drawn at random. */
export function predictHeldOut(predictor: NumberPredictor, rows: Table): HeldOut {
  const { manifest } = predictor;
  const declaration = manifest.dataset;
  const table = sampleRows(rows, MOST_ROWS, createRandom(manifest.seed));
  const truth = columnOf(table, declaration.target);
  const predictions = predictor.predictTable(table);
  const errors = truth.map((value, i) => Math.abs(value - (predictions[i] as number)));
  return {
    table,
    declaration,
    truth,
    predictions,
    errors,
    weights: weightsOf(table, declaration),
    intervals: intervalsOf(predictor, table, truth),
  };
}

function intervalsOf(predictor: NumberPredictor, table: Table, truth: Float64Array): Intervals | undefined {
  const intervals = predictor.intervalsOf(table);
  if (!intervals) return undefined;
  const { low, high } = intervals;
  const holds = truth.map((value, i) => Number(value >= (low[i] as number) && value <= (high[i] as number)));
  return { low, high, holds };
}
