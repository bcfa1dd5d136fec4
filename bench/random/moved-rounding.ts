// Where two splits are as good as each other but for rounding, the last digit of a sum decides between them, on either side.

import { familyOf } from './families.ts';
import type { Problem } from './problem.ts';
import { streamOf } from './streams.ts';

/**
 * The same problem with targets that differ in their last digits (of classes with weights that do, which are 1 where there are
 * none; and columns, where they are multiplied), and with other names of levels, by which CatBoost tells levels of as many rows
 * apart, or by another solver of scikit-learn's.
 */
export function withRoundingMoved(problem: Problem, move: number): Problem & { readonly variant: number } {
  const { rounding, weighted } = familyOf(problem);
  const size = rounding > 1e-8 ? 2 ** -22 : 2 ** -50;
  const random = streamOf('rounding', move);
  const moved = (value: number) => value * (1 + size * (2 * random.uniform() - 1));
  const { model, x, y, weights, classes } = problem;
  const isLinear = ['linear', 'ridge', 'lasso', 'elastic_net', 'logistic'].includes(model);
  return {
    ...problem,
    x: isLinear ? { ...x, data: x.data.map(moved) } : x,
    y: classes === undefined ? y.map(moved) : y,
    ...(classes !== undefined && weighted && { weights: (weights ?? new Float64Array(x.rows).fill(1)).map(moved) }),
    variant: move,
  };
}

/** The problem that a seed puts to both sides: another rounding with each, where a family's means hang on it. */
export function problemOfSeed(problem: Problem, seed: number): Problem {
  return familyOf(problem).roundingBySeed ? withRoundingMoved(problem, seed) : problem;
}
