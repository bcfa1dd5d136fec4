import { describe, expect, test } from 'vitest';
import { complexityOf, estimatorNamesOf } from '../../../../ml/estimators/index.ts';
import { chooseModel } from '../../../../ml/selection/ensemble/choose-model.ts';
import { compareComplexity, complexityOfCandidate, together } from '../../../../ml/selection/ensemble/complexity.ts';
import type { Option } from '../../../../ml/selection/ensemble/option.ts';
import { preferred } from '../../../../ml/selection/ensemble/prefer.ts';
import { mae, r2 } from '../../../../ml/selection/regression-metrics.ts';
import { evidenceOf, noise, noisyEvidence } from './evidence.ts';

const option = (name: string, scores: readonly number[], kind: number, predictSeconds: number): Option => ({
  kind: 'single',
  name,
  combination: { intercept: 0, weights: new Float64Array() },
  complexity: { members: 1, kind, recipes: 0 },
  predictSeconds,
  scores,
  predictions: [],
});

describe('of models with constructed scores', () => {
  const best = option('boosting', [0.8, 0.82, 0.84, 0.86], 4, 9);
  // Worse by 0.005, 0.015, 0.005, 0.015: 0.01 ± 0.0029.
  const clearly = option('linear', [0.795, 0.805, 0.835, 0.845], 1, 1);
  // Worse by 0.03, −0.02, 0.03, −0.02: 0.005 ± 0.0144.
  const hardly = option('tree', [0.77, 0.84, 0.81, 0.88], 3, 5);
  // The same differences, and as simple.
  const slightly = option('another tree', [0.771, 0.841, 0.811, 0.881], 3, 6);
  const choose = (options: readonly Option[], preference: 'simple' | 'fast') =>
    preferred(options, best, preference, { metric: r2 }).name;

  test('the simplest that the best does not clearly beat is preferred', () => {
    expect(choose([clearly, hardly, best], 'simple')).toBe('tree');
    expect(choose([clearly, best], 'simple')).toBe('boosting');
  });

  test('of those that are equally simple, that with the better score', () => {
    expect(choose([hardly, slightly, best], 'simple')).toBe('another tree');
  });

  test('the fastest that the best does not clearly beat is preferred', () => {
    expect(choose([clearly, slightly, hardly, best], 'fast')).toBe('tree');
    expect(choose([clearly, best], 'fast')).toBe('boosting');
  });

  test('of errors too, which are better where they are lower', () => {
    const errors = (name: string, scores: readonly number[], kind: number) => option(name, scores, kind, 1);
    const most = errors('most', [1, 2, 3], 4);
    const near = errors('near', [1.5, 1.6, 3.1], 1);
    const far = errors('far', [2, 3.1, 4], 0);
    expect(preferred([most, near, far], most, 'simple', { metric: mae }).name).toBe('near');
  });
});

test('fewer members are simpler, then the kind of estimator, then fewer recipes', () => {
  const plain = complexityOfCandidate({ model: 'ridge', params: {} });
  const withRecipe = complexityOfCandidate({ model: 'linear', params: {}, features: [{ recipe: 'any' }] });
  const tree = complexityOfCandidate({ model: 'decision_tree', params: {} });
  const neighbours = complexityOfCandidate({ model: 'knn', params: {} });
  const forest = complexityOfCandidate({ model: 'random_forest', params: {} });
  const blend = together([plain, withRecipe]);
  const order = [plain, withRecipe, neighbours, tree, forest, blend];
  expect(order.toReversed().sort(compareComplexity)).toEqual(order);
});

test('every estimator has a place among the kinds', () => {
  for (const name of estimatorNamesOf('regression')) expect(complexityOf(name), name).toBeGreaterThanOrEqual(0);
});

describe('a preference', () => {
  const draw = noise(4);
  const truth = Array.from({ length: 100 }, () => 10 * draw());
  const best = truth.map((y) => y + draw());
  const given = evidenceOf(truth, [
    { predictions: best, predictSeconds: 3 },
    { predictions: best.map((value) => value + 0.1 * draw()), predictSeconds: 1 },
    { predictions: best.map((value) => value + 5 * draw()), predictSeconds: 0.5 },
  ]);

  test('says what it gave up', () => {
    const choice = chooseModel(given, 'fast');
    expect(choice.members).toEqual([{ candidate: 1, weight: 1 }]);
    expect(choice.why).toMatch(
      /^c1 is the fastest model within a standard error of the best: R² 0\.\d{4}, where .* is better by /,
    );
  });

  test('keeps the best where nothing else comes near, and says so', () => {
    const alone = noisyEvidence(200, [1, 8]);
    expect(chooseModel(alone, 'simple').why).toMatch(/; no simpler model is within a standard error of it$/);
  });
});
