import { describe, expect, test } from 'vitest';
import { score } from '../../ml/metrics.ts';
import { regressorNamed } from '../../ml/regressors/index.ts';
import { resolveParams } from '../../ml/regressors/params.ts';
import { type Answer, referenceAnswers } from './answers.ts';
import { referenceSample } from './data.ts';

const xgboost = regressorNamed('xgboost');
const { answers } = referenceAnswers('xgboost');

async function predict({ data, encoding, params }: Answer, seed: number) {
  const { x, y, holdoutX, holdoutY } = await referenceSample(data, encoding);
  const state = xgboost.fit(x, y, resolveParams('xgboost', xgboost.params, params), seed);
  const predictions = xgboost.predict(state, holdoutX);
  return { predictions, r2: score(holdoutY, predictions).r2 };
}

describe('what XGBoost predicts', () => {
  // To the digits that are left of its float32 sums.
  test.each(answers.filter(({ predictions }) => predictions))('$data, $params', async (answer) => {
    const { predictions, r2 } = await predict(answer, 0);
    const expected = answer.predictions as Float64Array;
    expect(predictions).toHaveLength(expected.length);
    predictions.forEach((value, i) => {
      const theirs = expected[i] as number;
      expect(Math.abs(value - theirs)).toBeLessThanOrEqual(1e-4 * Math.abs(theirs));
    });
    expect(Math.abs(r2 - answer.r2)).toBeLessThan(1e-5);
  });
});

describe('what XGBoost scores where rows and columns are drawn', () => {
  test.each(answers.filter(({ seeds }) => seeds))('$data', async (answer) => {
    const seeds = answer.seeds as number;
    let sum = 0;
    for (let seed = 0; seed < seeds; seed++) sum += (await predict(answer, seed)).r2;
    expect(Math.abs(sum / seeds - answer.r2)).toBeLessThanOrEqual(0.01);
  });
});
