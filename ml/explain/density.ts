// Whether anything like a record was learned from, by a density of the training rows that holds none of them.

import { createRandom, type Random, scrambled } from '../core/random.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { columnOf, type Table, takeRows } from '../data/table.ts';
import type { FittedModel } from '../estimators/model.ts';
import { affordableFeatures, affordableRows, fitOnColumns, predictFitted } from './fit-on-columns.ts';
import { outOfFold, unlessUnlearnable } from './out-of-fold.ts';
import { sampleRows } from './sample-rows.ts';
import { valueDrawer } from './value-drawer.ts';

/** A density of training rows, and how low it is where they are hardly any: plain data. */
export type Density = {
  /** Says how much likelier a row is among the training rows than among rows drawn at random: 0 to 1, about. */
  readonly model: FittedModel;
  /** What only the 1 % of rows that are loneliest is below. */
  readonly threshold: number;
};

const learner = {
  estimator: 'xgboost',
  params: { n_estimators: 40, learning_rate: 0.2, max_depth: 5, min_child_weight: 5, base_score: 0.5 },
};

/** Fewer rows are no crowd that one could stand outside of. */
const FEWEST_ROWS = 50;
/** More rows would cost time, and hardly change where rows are many and where there are none. */
const MOST_ROWS = 2000;
/** The share of rows like the training rows that have few neighbours. */
const LONELY = 0.01;
/** Nothing is lonely that is not three times as likely among rows drawn at random: where columns have nothing to do with each other, no combination is far. */
const MOST_LIKELY = 0.25;

/**
 * Learns to tell training rows from rows whose values were drawn column by column: where the training rows lose, there are few
 * of them. The threshold is what the training rows themselves score out of fold.
 *
 * Source: Hastie, Tibshirani and Friedman 2009, The elements of statistical learning, 14.2.4 (unsupervised as supervised
 * learning).
 *
 * @returns null where there are too few rows
 */
export function fitDensity(whole: Declaration, train: Table, seed: number): Density | null {
  const declaration = affordableFeatures(whole, seed);
  const table = sampleRows(train, affordableRows(declaration, MOST_ROWS), createRandom(scrambled(seed)));
  if (table.rows < FEWEST_ROWS) return null;
  const learn = (rows: Table) => fitAgainstDrawn(declaration, rows, seed);
  const scores = outOfFold({ declaration, table, seed }, (learned, held) =>
    predictFitted(learn(takeRows(table, learned)), held),
  )?.filter((score) => !Number.isNaN(score));
  const model = unlessUnlearnable(() => learn(table));
  if (!scores || !model || scores.length < FEWEST_ROWS) return null;
  const rank = Math.max(1, Math.floor(LONELY * (scores.length + 1)));
  return { model, threshold: Math.min(scores.toSorted()[rank - 1] as number, MOST_LIKELY) };
}

/** The rows of a table that have few neighbours among the training rows. */
export function lonelyRows({ model, threshold }: Density, table: Table): number[] {
  const scores = predictFitted(model, table);
  return [...scores.keys()].filter((row) => (scores[row] as number) < threshold);
}

/** Tells the rows of a table from as many that are drawn at random. */
function fitAgainstDrawn(declaration: Declaration, table: Table, seed: number): FittedModel {
  const random = createRandom(scrambled(seed + 1));
  const y = new Float64Array(2 * table.rows).fill(1, 0, table.rows);
  return fitOnColumns(learner, { declaration, table: withDrawnRows(declaration, table, random), y, seed });
}

/** The rows of a table, and after them as many whose values are drawn from each column by itself. */
function withDrawnRows(declaration: Declaration, table: Table, random: Random): Table {
  const { rows } = table;
  const doubled = (real: Float64Array, drawn: (row: number) => number) => {
    const values = new Float64Array(2 * rows);
    values.set(real);
    for (let row = 0; row < rows; row++) values[rows + row] = drawn(row);
    return values;
  };
  const columns = featuresOf(declaration).map((column) => {
    const real = columnOf(table, column.name);
    return [column.name, doubled(real, valueDrawer(column, real, random))] as const;
  });
  const { weight } = declaration;
  if (weight !== undefined) {
    const real = columnOf(table, weight);
    columns.push([weight, doubled(real, (row) => real[row] as number)]);
  }
  return { rows: 2 * rows, columns: new Map(columns) };
}
