import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import { regressionScores } from '../../ml/core/regression-scores.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { type Answer, type Problem, referenceAnswers } from './answers.ts';
import { referenceSample } from './data.ts';

const catboost = estimatorNamed('catboost', 'regression');
const { answers, problems = [] } = referenceAnswers('catboost');

/** How many seeds the mean of ours is over; the reference's is over 20, and so was ours once, by hand. */
const SEEDS = { students: 6, sensors: 2, shops: 4 };

async function predict({ data, encoding, params, weights }: Answer, seed: number) {
  const { x, y, holdoutX, holdoutY } = await referenceSample(data, encoding);
  const state = catboost.fit({ x, y, weights, params: resolveParams('catboost', catboost.params, params), seed });
  return { predictions: catboost.predict(state, holdoutX).values, truth: holdoutY };
}

describe('without randomness every prediction is the reference’s', () => {
  const exact = answers.filter(({ predictions }) => predictions !== undefined);
  const named = exact.map((answer) => ({ ...answer, rows: answer.weights ? 'weighted' : 'alike' }));
  test.each(named)('$data, $encoding, $params, $rows', async (answer) => {
    const { predictions } = await predict(answer, 0);
    expect(predictions).toHaveLength(answer.predictions?.length as number);
    answer.predictions?.forEach((expected, i) => {
      expect(Math.abs((predictions[i] as number) - expected), `row ${i}`).toBeLessThanOrEqual(
        1e-4 * Math.abs(expected),
      );
    });
  });
});

describe('so are those of small problems, within the range of the targets', () => {
  const matrixOf = ({ levels }: Problem, rows: Problem['x']): Matrix => ({
    rows: rows.length,
    columns: levels.length,
    levels,
    data: Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
  });
  test.each(problems)('$why', (problem) => {
    const { x, y, weights, holdout_x, params, predictions } = problem;
    const values = resolveParams('catboost', catboost.params, params);
    const rows = { x: matrixOf(problem, x), y: Float64Array.from(y), weights: weights && Float64Array.from(weights) };
    const state = catboost.fit({ ...rows, params: values, seed: 0 });
    const range = Math.max(...y) - Math.min(...y);
    catboost.predict(state, matrixOf(problem, holdout_x)).values.forEach((prediction, i) => {
      expect(Math.abs(prediction - (predictions[i] as number)) / range, `row ${i}`).toBeLessThanOrEqual(1e-12);
    });
  });
});

describe('at its defaults it does as well as the reference', () => {
  const random = answers.filter(({ seeds }) => seeds !== undefined);
  test.each(random)('$data', async (answer) => {
    let sum = 0;
    for (let seed = 0; seed < SEEDS[answer.data]; seed++) {
      const { predictions, truth } = await predict(answer, seed);
      sum += regressionScores(truth, predictions).r2;
    }
    expect(Math.abs(sum / SEEDS[answer.data] - answer.r2)).toBeLessThanOrEqual(0.01);
  });
});
