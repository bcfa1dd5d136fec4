import type { Predictions } from '../core/predictions.ts';
import { createRandom, permutation, scrambled } from '../core/random.ts';
import { columnOf, type Table } from '../data/table.ts';
import type { Contributions } from '../estimators/contributions.ts';
import { type FittedModel, singleModel } from '../estimators/model.ts';
import { predictRows } from '../estimators/predict-rows.ts';

/** Orders in which columns are added: so many, and each of them backwards. */
const ORDERS = 8;

/** What there is of a record: its values in the order of the columns, and what is typical in their place. */
interface Comparison {
  readonly own: Float64Array;
  readonly typical: Float64Array;
}

/**
 * The contributions of declared columns to a part that has no exact ones, as Shapley values by sampling: from a typical record (of each number
 * the median of the training rows, of each category the most frequent level) to the record itself, column by column, in orders
 * drawn at random, each forwards and backwards; a column's contribution is what it changes, on average. A release has no training
 * rows to compare with. What is drawn follows from the record alone.
 *
 * Source: Castro et al. 2009; the antithetic orders Mitchell et al. 2022, arXiv:2104.12199.
 *
 * @param outputs of each row, the output to explain. @default the first
 * @returns the bases are what is predicted of the typical record; the values are of the one output of each row
 */
export function sampledContributions(
  part: FittedModel,
  table: Table,
  columns: readonly string[],
  outputs: ArrayLike<number> = new Uint32Array(table.rows),
): Pick<Contributions, 'rows' | 'columns' | 'bases' | 'values'> {
  const model = singleModel(part);
  const predict = (rows: number, values: readonly Float64Array[]) =>
    predictRows(model, { rows, columns: new Map(columns.map((name, j) => [name, values[j] as Float64Array])) });
  const impute = new Map(part.preprocessor.columns.map(({ column, impute }) => [column, impute]));
  const typical = Float64Array.from(columns, (name) => impute.get(name) as number);
  const { values: bases } = predict(
    1,
    columns.map((_, j) => typical.slice(j, j + 1)),
  );
  const values = new Float64Array(table.rows * columns.length);
  const cells = columns.map((name) => columnOf(table, name));
  for (let i = 0; i < table.rows; i++) {
    const own = Float64Array.from(cells, (column) => column[i] as number);
    const row = values.subarray(i * columns.length, (i + 1) * columns.length);
    const output = outputs[i] as number;
    addChanges(row, { own, typical }, bases[output] as number, (rows, values) =>
      outputOf(predict(rows, values), output),
    );
  }
  return { rows: table.rows, columns: columns.length, bases, values };
}

function outputOf({ outputs, values }: Predictions, output: number): Float64Array {
  return outputs === 1 ? values : values.filter((_, at) => at % outputs === output);
}

/** Adds to each column what it changes, on average over the orders. */
function addChanges(
  into: Float64Array,
  { own, typical }: Comparison,
  base: number,
  predict: (rows: number, values: readonly Float64Array[]) => Float64Array,
): void {
  // A column of the typical value changes nothing, in any order.
  const players = Array.from(own.keys()).filter((j) => own[j] !== typical[j]);
  if (players.length === 0) return;
  const orders = drawOrders(players.length, own);
  // Of each order every step but the last, and the record itself, which is the last step of all.
  const steps = players.length - 1;
  const rows = orders.length * steps + 1;
  const values = Array.from(own, (value) => new Float64Array(rows).fill(value));
  orders.forEach((order, k) => {
    order.forEach((player, place) => {
      const j = players[player] as number;
      values[j]?.fill(typical[j] as number, k * steps, k * steps + place);
    });
  });
  const predictions = predict(rows, values);
  orders.forEach((order, k) => {
    let before = base;
    order.forEach((player, place) => {
      const after = predictions[place < steps ? k * steps + place : rows - 1] as number;
      const j = players[player] as number;
      into[j] = (into[j] as number) + (after - before) / orders.length;
      before = after;
    });
  });
}

/** Orders of so many columns, each followed by itself backwards; those of equal records are equal. */
function drawOrders(count: number, own: Float64Array): Uint32Array[] {
  const bits = new Int32Array(own.buffer, own.byteOffset, 2 * own.length);
  const random = createRandom(bits.reduce((seed, word) => scrambled(seed ^ word), 0));
  return Array.from({ length: ORDERS }, () => permutation(count, random)).flatMap((order) => [
    order,
    order.toReversed(),
  ]);
}
