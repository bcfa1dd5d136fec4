import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { adaboost } from '../../../../ml/estimators/exact-trees/adaboost.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { TreeBuilder } from '../../../../ml/trees/trees.ts';

type Params = Parameters<typeof adaboost.fit>[0]['params'];
const paramsWith = (given: Partial<Params>) => resolveParams('a', adaboost.params, given) as unknown as Params;
const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });

test('the weighted median of the trees is predicted: the first that reaches half of all weights', () => {
  const builder = new TreeBuilder();
  for (const value of [30, 10, 20]) builder.setLeaf(builder.addTree(), value);
  const predict = (...weights: number[]) =>
    adaboost.predict({ trees: builder.build(), weights: Float64Array.from(weights) }, column(0)).values[0];
  expect(predict(1, 1, 1)).toBe(20);
  expect(predict(3, 1, 1)).toBe(30);
  expect(predict(1, 2, 1)).toBe(10);
});

test('it ends with a tree that is right everywhere', () => {
  const state = adaboost.fit({
    x: column(0, 0, 0, 1, 1, 1),
    y: Float64Array.of(2, 2, 2, 7, 7, 7),
    params: paramsWith({}),
    seed: 1,
  });
  expect([...(state.weights as Float64Array)]).toEqual([1]);
  expect([...adaboost.predict(state, column(0, 1)).values]).toEqual([2, 7]);
});

test.each(['linear', 'square', 'exponential'] as const)(
  'with the loss %s trees have weights, the better the greater',
  (loss) => {
    const random = createRandom(2);
    const x = column(...Array.from({ length: 200 }, () => random.uniform()));
    const y = x.data.map((value) => Math.sin(6 * value) + 0.2 * random.uniform());
    const { weights } = adaboost.fit({ x, y, params: paramsWith({ loss }), seed: 1 });
    expect((weights as Float64Array).length).toBeGreaterThan(5);
    for (const weight of weights as Float64Array) expect(weight).toBeGreaterThan(0);
  },
);

test.each(['linear', 'square', 'exponential'] as const)(
  'with the loss %s no weight vanishes or overflows, however large the learning rate',
  (loss) => {
    const random = createRandom(4);
    const x = column(...Array.from({ length: 60 }, () => random.uniform()));
    const y = x.data.map((value) => 3 * value + random.uniform());
    for (const learning_rate of [0.0001, 1, 10, 100]) {
      const { weights } = adaboost.fit({ x, y, params: paramsWith({ loss, learning_rate }), seed: 1 });
      expect((weights as Float64Array).length).toBeGreaterThan(0);
      for (const weight of weights as Float64Array) expect(weight > 0 && weight < Infinity).toBe(true);
    }
  },
);
