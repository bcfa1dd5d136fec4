import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { adaboostClassifier } from '../../../../ml/estimators/exact-trees/adaboost-classifier.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { accuracyOf, drawClasses, rowsOf } from './classes.ts';

type Params = Parameters<typeof adaboostClassifier.fit>[0]['params'];
const paramsWith = (given: Partial<Params>) =>
  resolveParams('adaboost', adaboostClassifier.params, given) as unknown as Params;
const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });
const { fit: learn, predict, staged } = adaboostClassifier;

test('it ends with a tree that is right everywhere, whose vote counts 1', () => {
  const x = column(0, 0, 0, 1, 1);
  const state = learn({ x, y: Float64Array.of(0, 0, 0, 1, 1), classes: 2, params: paramsWith({}), seed: 1 });
  expect([...state.weights]).toEqual([1]);
  // As the reference has it: a softmax of the votes, not their share.
  const one = 1 / (1 + Math.exp(-2));
  const [low = [], high = []] = rowsOf(predict(state, column(0, 1)));
  [low[1], high[0]].forEach((share) => {
    expect(share).toBeCloseTo(1 - one, 12);
  });
  [low[0], high[1]].forEach((share) => {
    expect(share).toBeCloseTo(one, 12);
  });
});

test('a row that is predicted wrong counts so much more that its tree is no better than chance', () => {
  // The best split is wrong of the last row alone: an error of 1/6, and so a vote of ln 5.
  const x = column(0, 1, 2, 3, 4, 5);
  const y = Float64Array.of(0, 0, 0, 1, 1, 0);
  const { weights, trees } = learn({ x, y, classes: 2, params: paramsWith({ n_estimators: 2 }), seed: 1 });
  expect(weights[0]).toBeCloseTo(Math.log(5), 12);
  // The last row now weighs a half: the next tree is right of it, and wrong of the rows 3 and 4, which weigh a fifth.
  expect(weights[1]).toBeCloseTo(Math.log(4), 12);
  expect((trees as { roots: Int32Array }).roots).toHaveLength(2);
});

test('where no tree is better than chance, classes are as likely as each other', () => {
  for (const classes of [2, 4]) {
    const x = column(...new Array<number>(8).fill(1));
    const y = Float64Array.from({ length: 8 }, (_, i) => i % classes);
    const state = learn({ x, y, classes, params: paramsWith({}), seed: 1 });
    expect(rowsOf(predict(state, column(1)))[0]).toEqual(new Array<number>(classes).fill(1 / classes));
  }
});

describe.each([2, 3, 6])('of %i classes', (classes) => {
  const { x, y } = drawClasses(500, classes, 1);
  const unseen = drawClasses(500, classes, 2);

  test('it learns, and fewer trees are a shorter fit', () => {
    const params = paramsWith({ n_estimators: 40, max_depth: 2 });
    const state = learn({ x, y, classes, params, seed: 1 });
    expect(accuracyOf(predict(state, unseen.x), unseen.y)).toBeGreaterThan(1.5 / classes);
    const [few, all] = staged?.predict(state, unseen.x, [7, 99]) ?? [];
    const shorter = paramsWith({ n_estimators: 7, max_depth: 2 });
    expect(few).toEqual(predict(learn({ x, y, classes, params: shorter, seed: 1 }), unseen.x));
    expect(all).toEqual(predict(state, unseen.x));
  });

  test('no weight vanishes or overflows, however large the learning rate', () => {
    for (const learning_rate of [0.0001, 1, 10, 100]) {
      const { weights } = learn({ x, y, classes, params: paramsWith({ learning_rate }), seed: 1 });
      expect(weights.length).toBeGreaterThan(0);
      expect(weights.every((weight) => weight > 0 && weight < Infinity)).toBe(true);
    }
  });
});
