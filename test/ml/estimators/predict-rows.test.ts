import { expect, test } from 'vitest';
import { takeRows } from '../../../ml/data/table.ts';
import { estimatorNamed } from '../../../ml/estimators/index.ts';
import { type FittedModel, type Model, sharePreprocessors, singleModel } from '../../../ml/estimators/model.ts';
import { predictRows, predictTable } from '../../../ml/estimators/predict-rows.ts';
import { transform } from '../../../ml/features/preprocess.ts';
import { houseTable, rows } from '../selection/house-table.ts';
import { housePart, houseParts } from './house-parts.ts';

const [ridge, knn, xgboost, catboost] = ['ridge', 'knn', 'xgboost', 'catboost'].map(houseParts) as [
  FittedModel[],
  FittedModel[],
  FittedModel[],
  FittedModel[],
];
const predict = (model: Model, table = houseTable) => predictRows(model, table).values;
const alone = (part: FittedModel | undefined) => predict(singleModel(part as FittedModel));

const blend: Model = {
  intercept: 3,
  members: [
    { weight: 0.75, parts: xgboost },
    { weight: 0.5, parts: ridge.slice(1, 2) },
    { weight: -0.25, parts: catboost },
  ],
};

test('one fit predicts what its estimator does, bit by bit', () => {
  for (const part of [ridge, knn, xgboost, catboost].flat()) {
    const x = transform(part.preprocessor, houseTable);
    expect(alone(part)).toEqual(estimatorNamed(part.estimator, 'regression').predict(part.state, x).values);
  }
});

test('a model predicts its intercept and the weighted means of its parts', () => {
  const mean = (parts: readonly FittedModel[], i: number) =>
    parts.map((part) => alone(part)[i] as number).reduce((sum, value) => sum + value, 0) / parts.length;
  for (const [i, prediction] of predict(blend).entries()) {
    const terms = blend.members.map(({ weight, parts }) => weight * mean(parts, i));
    expect(prediction).toBeCloseTo(
      terms.reduce((sum, term) => sum + term, 3),
      9,
    );
  }
});

test('parts that agree are averaged to what they say, to the last bit', () => {
  const [part] = knn as [FittedModel];
  const model = { intercept: 0, members: [{ weight: 1, parts: Array.from({ length: 5 }, () => part) }] };
  expect(predict(model)).toEqual(alone(part));
});

test('a row is predicted alike alone and among many others', () => {
  const all = predict(blend);
  const order = Uint32Array.from({ length: 2500 }, (_, i) => (i * 7) % rows);
  expect(predict(blend, takeRows(houseTable, order))).toEqual(Float64Array.from(order, (row) => all[row] as number));
  expect(predict(blend, takeRows(houseTable, Uint32Array.of(5)))[0]).toBe(all[5]);
});

test('parts of equal preprocessing share it, and predict the same', () => {
  const parts = [...ridge, ...knn].map((part) => structuredClone(part));
  const apart = { intercept: 0, members: parts.map((part) => ({ weight: 1 / 6, parts: [part] })) };
  const preprocessors = ({ members }: Model) => new Set(members.map(({ parts: [part] }) => part?.preprocessor));
  const shared = sharePreprocessors(apart);
  expect([preprocessors(apart).size, preprocessors(shared).size]).toEqual([6, 3]);
  expect(predict(shared)).toEqual(predict(apart));
});

test('a prediction that is not finite has its reasons, whichever part it comes from', () => {
  const far = { rows: 2, columns: new Map([...houseTable.columns, ['area', Float64Array.of(50, 1e308)]]) };
  const members = [
    { weight: 0.5, parts: catboost },
    { weight: 1e9, parts: [housePart('ridge', 0)] },
  ];
  expect(() => predictTable({ intercept: 0, members }, far)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('not a finite number'),
      issues: [expect.objectContaining({ path: '1.area', message: expect.stringContaining('lies too far from') })],
    }),
  );
});
