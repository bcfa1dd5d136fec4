import { expect, test } from 'vitest';
import { gainOf } from '../../../../ml/selection/ensemble/judge.ts';
import type { Option } from '../../../../ml/selection/ensemble/option.ts';
import { winnerOf } from '../../../../ml/selection/ensemble/winner.ts';
import { r2 } from '../../../../ml/selection/regression-metrics.ts';

const option = (kind: Option['kind'], scores: readonly number[]): Option => ({
  kind,
  name: kind,
  combination: { intercept: 0, weights: new Float64Array() },
  complexity: { members: 1, kind: 1, recipes: 0 },
  predictSeconds: 1,
  scores,
  predictions: [],
});
const best = option('single', [0.5, 0.6, 0.7, 0.8]);
const trial = (kind: 'blend' | 'stack', saved: number, scores: readonly number[]) => {
  const own = option(kind, scores);
  return { option: own, saved, leastSaved: 0.01, gain: gainOf({ metric: r2 }, own.scores, best.scores) };
};
const winner = (...trials: ReturnType<typeof trial>[]) => winnerOf(best, trials, { metric: r2 }).kind;

// 0.01 ± 0.0058 better, and 0.02 ± 0.0058; 0.01 ± 0.0058 and 0.02 ± 0.0058 worse.
const better = [0.5, 0.62, 0.7, 0.82];
const clearlyBetter = [0.51, 0.63, 0.71, 0.83];
const worse = [0.5, 0.58, 0.7, 0.78];
const clearlyWorse = [0.49, 0.57, 0.69, 0.77];

// By one fold alone, so that what is lost is as large as its standard error: −0.02 ± 0.02.
const worseInOne = [0.5, 0.6, 0.7, 0.72];

test('a blend is taken that leaves less error, unless it is worse where it is judged', () => {
  expect(winner(trial('blend', 0.05, better))).toBe('blend');
  expect(winner(trial('blend', 0.05, best.scores as number[]))).toBe('blend');
  expect(winner(trial('blend', 0.05, worse))).toBe('single');
  expect(trial('blend', 0.05, worseInOne).gain).toMatchObject({
    mean: expect.closeTo(-0.02),
    error: expect.closeTo(0.02),
  });
  expect(winner(trial('blend', 0.05, worseInOne))).toBe('single');
  expect(winner(trial('blend', 0.05, clearlyWorse))).toBe('single');
});

test('a blend that leaves hardly less error is not worth its members', () => {
  expect(winner(trial('blend', 0.009, clearlyBetter))).toBe('single');
  expect(winner(trial('blend', 0.01, clearlyBetter))).toBe('blend');
});

test('a stack is taken only where it is clearly better than the best candidate and the blend', () => {
  expect(winner(trial('stack', 0.05, better))).toBe('single');
  expect(winner(trial('stack', 0.05, clearlyBetter))).toBe('stack');
  expect(winner(trial('blend', 0.05, best.scores as number[]), trial('stack', 0.06, clearlyBetter))).toBe('stack');
  expect(winner(trial('blend', 0.05, better), trial('stack', 0.06, clearlyBetter))).toBe('stack');
  expect(winner(trial('blend', 0.05, clearlyBetter), trial('stack', 0.06, clearlyBetter))).toBe('blend');
});

test('what cannot be judged is not taken', () => {
  const unknown = { ...trial('blend', 0.5, better), gain: undefined };
  expect(winnerOf(best, [unknown], { metric: r2 })).toBe(best);
});
