import { expect, test } from 'vitest';
import { createRandom } from '../../ml/core/random.ts';
import type { Declaration } from '../../ml/data/declaration.ts';
import type { Table } from '../../ml/data/table.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { fitFeatures, type Preprocessor, transform } from '../../ml/features/preprocess.ts';

const LEVELS = 300;
const ROWS = 60;

const declaration: Declaration = {
  name: 'shops',
  title: 'Shops',
  file: 'shops.csv',
  target: 'price',
  columns: [
    {
      name: 'shop',
      title: 'Shop',
      kind: 'categorical',
      levels: Array.from({ length: LEVELS }, (_, i) => `shop ${i}`),
    },
    { name: 'area', title: 'Area', kind: 'numeric' },
    { name: 'price', title: 'Price', kind: 'numeric' },
  ],
};

/** Rows of a tenth of the levels, or of any. */
function draw(rows: number, of: (level: number) => number, seed: number): Table {
  const random = createRandom(seed);
  const shop = Float64Array.from({ length: rows }, () => of(random.below(LEVELS)));
  const area = Float64Array.from({ length: rows }, () => 100 * random.uniform());
  const price = area.map((value, i) => 2 * value + ((shop[i] as number) % 7) + random.uniform());
  return {
    rows,
    columns: new Map([
      ['shop', shop],
      ['area', area],
      ['price', price],
    ]),
  };
}

// Those that draw nothing at random: a draw of columns depends on how many there are.
test.each([
  ['linear', 'regression', {}],
  ['ridge', 'regression', {}],
  ['lasso', 'regression', {}],
  ['elastic_net', 'regression', {}],
  ['knn', 'regression', {}],
  ['knn', 'regression', { weights: 'distance' }],
  ['xgboost', 'regression', {}],
  ['logistic', 'binary', {}],
  ['logistic', 'multiclass', { l1_ratio: 0.2 }],
  ['knn', 'multiclass', { weights: 'distance' }],
] as const)(
  '%s, %s, %o predicts as if every level without training rows had a column of its own',
  (name, task, given) => {
    const estimator = estimatorNamed(name, task);
    const train = draw(ROWS, (level) => level - (level % 10), 1);
    const unseen = draw(40, (level) => level, 2);
    const predict = (preprocessor: Preprocessor) => {
      const x = transform(preprocessor, train);
      const prices = train.columns.get('price') as Float64Array;
      const classes = { regression: undefined, binary: 2, multiclass: 3 }[task];
      const y = classes === undefined ? prices : prices.map((price) => Math.floor(price) % classes);
      const state = estimator.fit({ x, y, classes, params: resolveParams(name, estimator.params, given), seed: 1 });
      return { columns: x.columns, predictions: estimator.predict(state, transform(preprocessor, unseen)).values };
    };
    const { encoding } = estimator;
    const { preprocessor: narrow } = fitFeatures({ declaration, table: train, encoding, seed: 1 });
    const wide: Preprocessor = {
      ...narrow,
      columns: narrow.columns.map((column) =>
        column.as === 'one-hot' ? { ...column, seen: [...column.levels.keys()] } : column,
      ),
    };
    const few = predict(narrow);
    const all = predict(wide);
    expect(few.columns).toBeLessThan(40);
    expect(all.columns).toBe(LEVELS + 1);
    few.predictions.forEach((prediction, i) => {
      expect(prediction).toBeCloseTo(all.predictions[i] as number, 9);
    });
  },
);
