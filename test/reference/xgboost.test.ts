import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import { type Problem, referenceAnswers } from './answers.ts';

const xgboost = estimatorNamed('xgboost', 'regression');
const { problems = [] } = referenceAnswers('xgboost');

const matrixOf = (rows: Problem['x']): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
});

describe('every objective predicts as the reference does, with weights and constraints', () => {
  test.each(problems)('$why', ({ x, y, weights, holdout_x, params, predictions }) => {
    const state = xgboost.fit({
      x: matrixOf(x),
      y: Float64Array.from(y),
      weights: weights && Float64Array.from(weights),
      params: paramsOf('xgboost', 'regression', params),
      seed: 0,
    });
    xgboost.predict(state, matrixOf(holdout_x)).values.forEach((prediction, i) => {
      const expected = predictions[i] as number;
      expect(Math.abs(prediction - expected), `row ${i}`).toBeLessThanOrEqual(1e-4 * Math.abs(expected));
    });
  });
});
