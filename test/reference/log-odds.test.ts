// What columns contribute to the log-odds of a whole model of two classes, as XGBoost says it of its own (pred_contribs).

import { expect, test } from 'vitest';
import type { Table } from '../../ml/data/table.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import { singleModel } from '../../ml/estimators/model.ts';
import { predictRows } from '../../ml/estimators/predict-rows.ts';
import { logOddsOf } from '../../ml/explain/log-odds.ts';
import type { ColumnEncoding } from '../../ml/features/column-encoding.ts';
import { type ClassAnswer, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';

/** Raw predictions taken apart: rows × outputs × columns, each output with its base last. */
interface Explanation extends Pick<ClassAnswer, 'data' | 'encoding' | 'params'> {
  readonly contributions: Float64Array;
}

const { explanations } = referenceClassAnswers('xgboost') as ReturnType<typeof referenceClassAnswers> & {
  readonly explanations: readonly Explanation[];
};
const ofTwo = explanations.filter(({ data, encoding }) => classSample(data, encoding).classes === 2);

test('there is a model of two classes to compare with', () => {
  expect(ofTwo.length).toBeGreaterThan(0);
});

test.each(ofTwo)('$data', ({ data, encoding, params, contributions }) => {
  const { x, y, holdoutX } = classSample(data, encoding);
  const { columns } = x;
  const values = paramsOf('xgboost', 'binary', params);
  const state = estimatorNamed('xgboost', 'binary').fit({ x, y, classes: 2, params: values, seed: 0 });
  const names = Array.from({ length: columns }, (_, j) => `column${j}`);
  const raw = (column: string): ColumnEncoding => ({
    ...{ column, kind: 'numeric', as: 'raw', missing: 'kept' },
    ...{ impute: 0, mean: 0, scale: 1 },
  });
  const preprocessor = { recipes: [], columns: names.map(raw), target: null };
  const model = singleModel({
    ...{ estimator: 'xgboost', task: 'binary', features: [] },
    ...{ params: values, preprocessor, state },
  });
  const rows = contributions.length / (columns + 1);
  const cells = (j: number) =>
    Float64Array.from({ length: rows }, (_, row) => holdoutX.data[row * columns + j] as number);
  const table: Table = { rows, columns: new Map(names.map((name, j) => [name, cells(j)])) };
  const predictions = predictRows(model, table);
  const explained = logOddsOf(model, table, { classes: new Uint32Array(rows).fill(1), predictions });
  expect(explained.method).toBe('exact');
  const size = contributions.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (let row = 0; row < rows; row++) {
    const theirs = contributions.subarray(row * (columns + 1), (row + 1) * (columns + 1));
    const ours = [...explained.values.subarray(row * columns, (row + 1) * columns), explained.bases[row] as number];
    for (const [j, value] of ours.entries())
      expect(Math.abs(value - (theirs[j] as number)) / size).toBeLessThanOrEqual(1e-6);
    const [no = Number.NaN, yes = Number.NaN] = predictions.values.subarray(2 * row, 2 * row + 2);
    expect(ours.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.log(yes / no), 9);
  }
});
