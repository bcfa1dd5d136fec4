import { describe, expect, test } from 'vitest';
import { makeFolds } from '../../../ml/data/folds.ts';
import { paramsOf } from '../../../ml/estimators/index.ts';
import type { Evaluation } from '../../../ml/selection/evaluation.ts';
import type { FitContext } from '../../../ml/selection/fit-job.ts';
import { onAllRows, refitsOf } from '../../../ml/selection/refits.ts';
import { houseClasses } from '../../house-classes.ts';
import { houses } from '../../houses.ts';
import { houseTable, rows } from './house-table.ts';

const context: FitContext = {
  declaration: houses,
  train: houseTable,
  folds: makeFolds(rows, 4, 1, { repeats: 2 }),
  seed: 1,
};

/** A candidate that stopped early in the folds. */
function evaluated(model: string, given: Readonly<Record<string, unknown>>, rounds: number, r2 = 0.8): Evaluation {
  const params = paramsOf(model, 'regression', given);
  const name = model === 'catboost' ? 'iterations' : 'n_estimators';
  return {
    entry: { status: 'scored', model, params: { ...params, [name]: rounds }, cv: { r2 } },
    asFitted: { model, params },
    patience: 20,
    folds: [],
  };
}
const sampled = evaluated('xgboost', { n_estimators: 500, subsample: 0.8 }, 40);

describe('fits on all rows beside those of the folds', () => {
  test('there are as many as a repeat has folds, of what draws', () => {
    const whole = evaluated('xgboost', { n_estimators: 500 }, 40);
    const catboost = evaluated('catboost', { iterations: 500, learning_rate: 0.1 }, 40);
    expect(refitsOf([sampled, whole, catboost], context, 1000)).toEqual([4, 0, 4]);
  });

  test('the first members have them as long as there is time', () => {
    const slow = evaluated('xgboost', { n_estimators: 90_000, subsample: 0.8 }, 90_000);
    expect(refitsOf([sampled, slow], context, 10)).toEqual([4, 0]);
    expect(refitsOf([sampled], context, 0)).toEqual([0]);
  });

  test('there are none of a member that explains less than half', () => {
    const noisy = evaluated('xgboost', { n_estimators: 500, subsample: 0.8 }, 40, 0.4);
    expect(refitsOf([noisy, sampled], context, 1000)).toEqual([0, 4]);
  });

  test('there are none of classes, nor where candidates were tried on some rows', () => {
    expect(refitsOf([sampled], { ...context, declaration: houseClasses('dear') }, 1000)).toEqual([0]);
    expect(refitsOf([sampled], { ...context, all: houseTable }, 1000)).toEqual([0]);
  });

  test('there are none where some rows are in no fold, as the latest in time', () => {
    const times = Float64Array.from({ length: rows }, (_, i) => i);
    expect(refitsOf([sampled], { ...context, folds: makeFolds(rows, 4, 1, { times }) }, 1000)).toEqual([0]);
  });
});

describe('the candidate on all rows', () => {
  test('has the rounds that the folds came to', () => {
    expect(onAllRows(sampled, houses)?.params).toMatchObject({ n_estimators: 40, subsample: 0.8 });
  });

  test('has the defaults that it had in the folds, where those hang on the rounds', () => {
    const candidate = onAllRows(evaluated('catboost', { iterations: 500, learning_rate: 0.1 }, 40), houses);
    expect(candidate?.params).toMatchObject({ iterations: 40, max_ctr_complexity: 4 });
  });

  test('there is none where its learning rate does', () => {
    expect(onAllRows(evaluated('catboost', { iterations: 500 }, 40), houses)).toBeNull();
  });
});
