import { describe, expect, test } from 'vitest';
import { judgeEach } from '../../../bench/random/judge.ts';
import { judgeScores, meanScoreOf } from '../../../bench/random/mean-score.ts';
import type { Problem } from '../../../bench/random/problem.ts';

function problem(model: string, y: readonly number[]): Problem {
  const x = { rows: y.length, columns: 1, data: Float64Array.from(y, (_, i) => i) };
  return { model, params: {}, x, y: Float64Array.from(y), holdoutX: x, holdoutY: Float64Array.from(y) };
}

const reply = (...predictions: readonly (readonly number[])[]) => ({
  predictions: predictions.map((row) => Float64Array.from(row)),
});
const ridge = problem('ridge', [0, 2]);

describe('each prediction', () => {
  test('may be apart by the promised share of the targets’ spread', () => {
    expect(judgeEach(ridge, reply([0, 2 + 9e-7]), reply([0, 2])).kind).toBe('agreed');
    const apart = judgeEach(ridge, reply([0, 2 + 3e-6]), reply([0, 2]));
    expect(apart).toMatchObject({ kind: 'disagreed', how: 'predictions', row: 1 });
    expect(apart.difference).toBeCloseTo(3e-6, 9);
  });

  test('an offset of the targets allows no more than the rounding of their digits', () => {
    const far = problem('ridge', [1e9, 1e9 + 2]);
    expect(judgeEach(far, reply([1e9, 1e9 + 2.1]), reply([1e9, 1e9 + 2])).kind).toBe('disagreed');
    expect(judgeEach(far, reply([1e9, 1e9 + 2.001]), reply([1e9, 1e9 + 2])).kind).toBe('agreed');
  });

  test('rows on which the reference’s own answers differ are left out', () => {
    const tree = problem('decision_tree', [0, 2]);
    expect(judgeEach(tree, reply([0, 1]), reply([0, 2], [0, 1.5])).kind).toBe('agreed');
    expect(judgeEach(tree, reply([1, 1]), reply([0, 2], [0, 1.5]))).toMatchObject({ kind: 'disagreed', row: 0 });
    expect(judgeEach(tree, reply([1, 1]), reply([0, 2], [1, 1])).kind).toBe('left_out');
    expect(judgeEach(tree, reply([0, 1]), reply([0, 2]), [reply([0, 1])]).kind).toBe('agreed');
  });

  test('rows whose nearest neighbours are not sure are left out', () => {
    const neighbours = { ...problem('knn', [0, 1, 5]), params: { n_neighbors: 2 } };
    // Row 1 is as far from row 0 as from row 2.
    expect(judgeEach(neighbours, reply([0.5, 3, 3]), reply([0.5, 0.5, 3])).kind).toBe('agreed');
    expect(judgeEach(neighbours, reply([3, 3, 3]), reply([0.5, 0.5, 3]))).toMatchObject({ kind: 'disagreed', row: 0 });
  });
});

test('where both refuse they agree; where one does, they do not', () => {
  const answer = reply([0, 2]);
  const refused = { refused: 'no' };
  expect(judgeEach(ridge, refused, refused).kind).toBe('agreed');
  expect(judgeEach(ridge, refused, answer)).toMatchObject({ how: 'only ours refuses', why: 'no' });
  expect(judgeEach(ridge, answer, refused)).toMatchObject({ how: 'only theirs refuses', why: 'no' });
  const targets = { refused: 'CatBoostError: All train targets are equal' };
  expect(judgeEach(problem('catboost', [1, 1]), answer, targets).kind).toBe('left_out');
  expect(judgeEach(ridge, answer, targets).kind).toBe('disagreed');
});

test('an answer of ours that is not finite agrees with none that is', () => {
  const nan = reply([Number.NaN, 2]);
  expect(judgeEach(ridge, nan, reply([0, 2]))).toMatchObject({ kind: 'disagreed', how: 'ours is not finite', row: 0 });
  expect(judgeEach(ridge, nan, { refused: 'no' })).toMatchObject({ kind: 'disagreed', how: 'only theirs refuses' });
});

test('rows on which the reference’s answer is not finite are left out', () => {
  const nan = reply([Number.NaN, 2]);
  expect(judgeEach(ridge, { refused: 'no' }, nan).kind).toBe('left_out');
  expect(judgeEach(ridge, reply([0, 2]), nan).kind).toBe('agreed');
  expect(judgeEach(ridge, reply([0, 1]), nan)).toMatchObject({ kind: 'disagreed', row: 1 });
});

test('means disagree where they are further apart than the promise, and than chance explains', () => {
  const of = (mean: number, deviation: number, seeds: number) => ({ mean, deviation, seeds });
  const ofNumbers = {};
  expect(judgeScores(ofNumbers, of(0.8, 0, 20), of(0.809, 0, 20)).kind).toBe('agreed');
  expect(judgeScores(ofNumbers, of(0.8, 0, 20), of(0.811, 0, 20))).toMatchObject({
    kind: 'disagreed',
    how: 'mean score',
  });
  expect(judgeScores(ofNumbers, of(0.8, 0.1, 20), of(0.85, 0.1, 20))).toMatchObject({
    kind: 'agreed',
    undecided: true,
  });
  expect(judgeScores(ofNumbers, of(0.8, 0.1, 2000), of(0.85, 0.1, 2000)).kind).toBe('disagreed');
});

describe('classes', () => {
  const ofClasses: Problem = { ...problem('xgboost', [0, 1, 2]), classes: 3 };
  const theirs = [0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.3, 0.3, 0.4];
  const shifted = (by: number) => theirs.map((value, i) => value + (i === 7 ? by : i === 8 ? -by : 0));

  test('each probability may be apart by what is promised, whatever the number of the class', () => {
    expect(judgeEach(ofClasses, reply(shifted(9e-5)), reply(theirs)).kind).toBe('agreed');
    const apart = judgeEach(ofClasses, reply(shifted(3e-4)), reply(theirs));
    expect(apart).toMatchObject({ kind: 'disagreed', how: 'predictions', row: 2 });
    expect(apart.why).toBe('1 of 3 predictions; row 2: 0.3, 0.3003, 0.3997, theirs 0.3, 0.3, 0.4');
  });

  test('a row is left out where the reference’s own answers differ in one of its probabilities', () => {
    expect(judgeEach(ofClasses, reply(shifted(0.1)), reply(theirs, shifted(0.01))).kind).toBe('agreed');
  });

  test('means are of the log loss, and of no probability below 0.001', () => {
    const sure = { ...ofClasses, holdoutY: Float64Array.of(0, 1, 0) };
    const probabilities = reply([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(meanScoreOf(sure, probabilities)).toEqual({ mean: -Math.log(1e-3) / 3, deviation: 0, seeds: 1 });
    const of = (mean: number) => ({ mean, deviation: 0, seeds: 20 });
    expect(judgeScores(ofClasses, of(0.5), of(0.5049)).kind).toBe('agreed');
    expect(judgeScores(ofClasses, of(0.5), of(0.5051)).kind).toBe('disagreed');
  });
});
