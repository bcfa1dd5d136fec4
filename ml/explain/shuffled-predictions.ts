import type { Predictions } from '../core/predictions.ts';
import { columnOf, type Table } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { predictRows } from '../estimators/predict-rows.ts';

/** A function to what a model predicts of some rows where the values of columns are in another order. */
export function shuffledPredictions(model: Model, { rows, ...table }: Table, names: readonly string[]) {
  const whole = new Map(names.map((name) => [name, columnOf({ rows, ...table }, name)]));
  // One map for all: of thousands of columns, a new one would take longer than a prediction.
  const columns = new Map(whole);
  return (shuffled: readonly string[] = [], order: Uint32Array = new Uint32Array(0)): Predictions => {
    for (const name of shuffled) {
      const values = whole.get(name) as Float64Array;
      const inOrder = Float64Array.from(order, (row) => values[row] as number);
      columns.set(name, inOrder);
    }
    const predictions = predictRows(model, { rows, columns });
    for (const name of shuffled) columns.set(name, whole.get(name) as Float64Array);
    return predictions;
  };
}
