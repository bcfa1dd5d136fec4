// How large residuals are, by the features and the prediction: intervals are narrower where they are small.

import { meanOf } from '../core/moments.ts';
import { createRandom, sampleInOrder, scrambled } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
import { type Table, takeRows, weightsOf } from '../data/table.ts';
import type { FittedModel } from '../estimators/model.ts';
import { affordableFeatures, affordableRows, fitOnColumns, predictFitted, withColumn } from './fit-on-columns.ts';
import { outOfFold, unlessUnlearnable } from './out-of-fold.ts';

/** Rows with what was predicted of them out of fold. */
export interface PredictedRows {
  readonly declaration: Declaration;
  readonly table: Table;
  readonly predictions: Float64Array;
  /** Absolute residuals. */
  readonly sizes: Float64Array;
  readonly seed: number;
}

export interface Scales {
  /** Of each row by a model that has not learned from it, above 0; NaN of a row that no fold holds. */
  readonly outOfFold: Float64Array;
  /** Learned from all rows. */
  readonly model: FittedModel;
}

/**
 * Boosting under the gamma deviance, which suits absolute residuals: positive, with a deviation in proportion to the mean. Few
 * shallow trees of at least some twenty rows a leaf, since residuals are mostly noise.
 */
const learner = {
  estimator: 'xgboost',
  params: { objective: 'reg:gamma', n_estimators: 50, learning_rate: 0.1, max_depth: 3, min_child_weight: 20 },
};

/** Fewer rows do not tell how residuals differ. */
const FEWEST_ROWS = 100;
/** Residuals count as at least and at most so many mean ones: neither an exact prediction nor an outlier decides. */
const [SMALLEST, LARGEST] = [0.01, 10];

/** Learns how large residuals are; null where rows are too few, or all predictions exact. */
export function fitScales({ declaration: whole, table, predictions, sizes, seed }: PredictedRows): Scales | null {
  const declaration = affordableFeatures(whole, seed);
  const mean = meanOf(sizes, weightsOf(table, declaration));
  if (table.rows < FEWEST_ROWS || !(mean > 0)) return null;
  const y = sizes.map((size) => Math.min(LARGEST, Math.max(SMALLEST, size / mean)));
  const all = withColumn(table, declaration.target, predictions);
  const most = affordableRows(declaration, table.rows);
  const learn = (given: Uint32Array) => {
    const rows = sampled(given, most, seed);
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
    const more = { name: declaration.target, values: pick(predictions) };
    return fitOnColumns(learner, { declaration, table: takeRows(all, rows), y: pick(y), more, seed });
  };
  const held = outOfFold({ declaration, table: all, seed }, (learned, held) => predictFitted(learn(learned), held));
  if (!held) return null;
  const model = unlessUnlearnable(() => learn(Uint32Array.from({ length: table.rows }, (_, i) => i)));
  return model && { outOfFold: held, model };
}

/** At most so many of some numbers, drawn at random, in their order. */
function sampled(rows: Uint32Array, most: number, seed: number): Uint32Array {
  if (rows.length <= most) return rows;
  return sampleInOrder(rows.length, most, createRandom(scrambled(seed))).map((place) => rows[place] as number);
}

/** How large residuals are of each row of a table of features, in multiples of what they are on average. */
export function scalesOf(model: FittedModel, target: string, table: Table, predictions: Float64Array): Float64Array {
  // What is not finite has no interval, and must not keep the other rows from theirs.
  const known = predictions.map((prediction) => (Number.isFinite(prediction) ? prediction : Number.NaN));
  return predictFitted(model, withColumn(table, target, known));
}
