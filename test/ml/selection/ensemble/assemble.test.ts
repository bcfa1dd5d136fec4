import { expect, test } from 'vitest';
import { makeFolds } from '../../../../ml/data/folds.ts';
import { partsOf } from '../../../../ml/estimators/model.ts';
import { predictRows } from '../../../../ml/estimators/predict-rows.ts';
import { assembleModel, averagedFolds, isBagged } from '../../../../ml/selection/ensemble/assemble.ts';
import { roundsForAll } from '../../../../ml/selection/ensemble/rounds-for-all.ts';
import { houseParts } from '../../estimators/house-parts.ts';
import { houseTable } from '../house-table.ts';

test('a model is assembled from the fits of its members, which share what they learned alike of the columns', () => {
  const fits = [houseParts('ridge'), houseParts('xgboost'), houseParts('knn')];
  const members = [
    { candidate: 2, weight: 0.7 },
    { candidate: 0, weight: 0.3 },
  ];
  const model = assembleModel({ intercept: 1, members }, (candidate) => structuredClone(fits[candidate] ?? []));
  expect(model.members.map(({ weight, parts }) => [weight, parts[0]?.estimator, parts.length])).toEqual([
    [0.7, 'knn', 3],
    [0.3, 'ridge', 3],
  ]);
  expect(new Set(partsOf(model).map(({ preprocessor }) => preprocessor)).size).toBe(3);
  expect(predictRows(model, houseTable).values.every(Number.isFinite)).toBe(true);
});

test('trees and boosting are averaged over the folds, others fitted again', () => {
  const folds = makeFolds(40, 5, 1);
  const bagged = (model: string) => isBagged({ model }, folds, 40);
  expect(['catboost', 'xgboost', 'decision_tree'].map(bagged)).toEqual([true, true, true]);
  expect(['linear', 'knn', 'random_forest'].map(bagged)).toEqual([false, false, false]);
});

test('where the latest rows are learned from in no fold, all are fitted again', () => {
  const times = Float64Array.from({ length: 40 }, (_, i) => i);
  expect(isBagged({ model: 'catboost' }, makeFolds(40, 5, 1, { times }), 40)).toBe(false);
  const groups = times.map((time) => time % 8);
  expect(isBagged({ model: 'catboost' }, makeFolds(40, 5, 1, { groups }), 40)).toBe(true);
});

test('a fit on all rows has the mean of the rounds that the folds stopped at', () => {
  expect(roundsForAll([100, 120, 81])).toBe(100);
  expect(roundsForAll([0, 0, 1])).toBe(1);
});

test('of repeated folds as many fits are averaged as predict fast', () => {
  const folds = makeFolds(40, 5, 1, { repeats: 3 });
  expect(averagedFolds(folds, 1)).toEqual([...folds.keys()]);
  expect(averagedFolds(folds, 2)).toEqual([...folds.keys()]);
  expect(averagedFolds(folds, 4)).toEqual([...folds.keys()].slice(0, 10));
  expect(averagedFolds(folds, 8)).toEqual([0, 1, 2, 3, 4]);
  expect(averagedFolds(makeFolds(40, 5, 1), 8)).toEqual([0, 1, 2, 3, 4]);
});
