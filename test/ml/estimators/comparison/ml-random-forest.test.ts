import { RandomForestRegression } from 'ml-random-forest';
import { expect, test } from 'vitest';
import { type Matrix, rowOf } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { mlRandomForest } from '../../../../ml/estimators/comparison/ml-random-forest.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

const random = createRandom(1);
const x: Matrix = {
  rows: 60,
  columns: 5,
  // Float32, and some of them whole, so that thresholds are met exactly.
  data: Float64Array.from({ length: 300 }, (_, at) => (at % 5 < 2 ? random.below(4) : Math.fround(random.uniform()))),
};
const y = Float64Array.from({ length: 60 }, (_, i) => 3 * (rowOf(x, i)[0] as number) + (rowOf(x, i)[3] as number));
type Params = Parameters<typeof mlRandomForest.fit>[0]['params'];
const params = (given: Partial<Params>) => resolveParams('ml_random_forest', mlRandomForest.params, given) as Params;

test.each([
  [{}, {}],
  [
    { n_estimators: 7, max_features: 0.5 },
    { nEstimators: 7, maxFeatures: 0.5 },
  ],
  [
    { replacement: true, use_sample_bagging: false },
    { replacement: true, useSampleBagging: false },
  ],
  [{ min_num_samples: 8, max_depth: 3 }, { treeOptions: { minNumSamples: 8, maxDepth: 3 } }],
])('it predicts what the library predicts for the negated columns, bit by bit: %j', (given, options) => {
  const negated = Array.from({ length: x.rows }, (_, i) => Array.from(rowOf(x, i), (value) => -value));
  const library = new RandomForestRegression({ ...options, seed: 9, noOOB: true });
  library.train(negated, Array.from(y));
  expect([...mlRandomForest.predict(mlRandomForest.fit({ x, y, params: params(given), seed: 9 }), x).values]).toEqual(
    library.predict(negated),
  );
});

test('a share of the columns too small for one is one, not all', () => {
  const { roots, feature } = mlRandomForest.fit({ x, y, params: params({ max_features: 0.01 }), seed: 1 });
  roots.forEach((root, t) => {
    const used = feature.slice(root, roots[t + 1] ?? feature.length).filter((column) => column >= 0);
    expect(new Set(used).size).toBeLessThanOrEqual(1);
  });
});
