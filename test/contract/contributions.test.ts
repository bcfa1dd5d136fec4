import { describe, expect, test } from 'vitest';
import { featuresOf } from '../../ml/data/declaration.ts';
import { takeRows } from '../../ml/data/table.ts';
import { estimatorNamed, estimatorNamesOf } from '../../ml/estimators/index.ts';
import { type FittedModel, type Model, singleModel } from '../../ml/estimators/model.ts';
import { predictRows } from '../../ml/estimators/predict-rows.ts';
import type { Method } from '../../ml/explain/contribution-sum.ts';
import { contributionsOf } from '../../ml/explain/contributions.ts';
import { transform } from '../../ml/features/preprocess.ts';
import type { Recipe } from '../../ml/features/recipe.ts';
import { everyRecipe, flatPart, flats, logTarget, otherFlats } from './flats.ts';

/** Families that have no exact contributions, and why. */
const sampled: Readonly<Record<string, string>> = {
  knn: 'its prediction is no sum',
  kernel_ridge: 'what a column adds depends on how alike all others are',
  adaboost: 'its prediction is a median',
  ml_random_forest: 'its trees do not know how many rows they were grown on',
  ml_regression: 'it does not know the means of its columns',
};

const settings: readonly (readonly [string, readonly Recipe[]])[] = [
  ['plain columns', []],
  ['every recipe', everyRecipe],
  ['the logarithm of the target', logTarget],
  ['both', [...everyRecipe, ...logTarget]],
];

const names = featuresOf(flats).map(({ name }) => name);

/** Base and contributions are the prediction, of every row. */
function expectAdditive(model: Model, method?: Method): void {
  const explained = contributionsOf(model, otherFlats);
  const { rows, columns, base, values } = explained;
  expect(columns).toEqual(names);
  expect(rows).toBe(otherFlats.rows);
  if (method) expect(explained.method).toBe(method);
  predictRows(model, otherFlats).values.forEach((prediction, row) => {
    const own = values.subarray(row * names.length, (row + 1) * names.length);
    const sum = own.reduce((sum, value) => sum + value, base);
    expect(Math.abs(sum - prediction), `row ${row}`).toBeLessThanOrEqual(1e-9 * Math.abs(prediction));
  });
}

describe.each(estimatorNamesOf('regression'))('%s', (name) => {
  const methodOf = (features: readonly Recipe[]): Method =>
    name in sampled ? 'sampled' : features.some(({ recipe }) => recipe === 'log_target') ? 'rescaled' : 'exact';

  test.each(settings)('base and contributions sum to the prediction: %s', (_, features) => {
    expectAdditive(singleModel(flatPart(name, features)), methodOf(features));
  });

  test('they do of the mean over folds, and in a blend', () => {
    const bagged = [0, 1, 2].map((fold) => flatPart(name, [], fold));
    expectAdditive({ intercept: 0, members: [{ weight: 1, parts: bagged }] }, methodOf([]));
    expectAdditive({
      intercept: 5,
      members: [
        { weight: 0.6, parts: bagged },
        { weight: 0.3, parts: [flatPart('xgboost', logTarget)] },
        { weight: 0.2, parts: [flatPart('ridge', everyRecipe), flatPart('ridge', everyRecipe, 1)] },
      ],
    });
  });

  test('a record is explained alike alone and among others', () => {
    const model = singleModel(flatPart(name, everyRecipe));
    const all = contributionsOf(model, otherFlats);
    for (const row of [0, 7, 59]) {
      const alone = contributionsOf(model, takeRows(otherFlats, Uint32Array.of(row)));
      expect(alone).toEqual({
        ...all,
        rows: 1,
        values: all.values.slice(row * names.length, (row + 1) * names.length),
      });
    }
  });

  test.skipIf(name in sampled)('those of a matrix are exact up to rounding before any of it is spread', () => {
    const { preprocessor, state } = flatPart(name, []);
    const x = transform(preprocessor, otherFlats);
    const { contributions, predict } = estimatorNamed(name, 'regression');
    const { bases, values } = contributions?.(state, x) ?? expect.unreachable();
    predict(state, x).values.forEach((prediction, row) => {
      const sum = values
        .subarray(row * x.columns, (row + 1) * x.columns)
        .reduce((sum, value) => sum + value, bases[0] as number);
      expect(Math.abs(sum - prediction)).toBeLessThanOrEqual(1e-9 * Math.abs(prediction));
    });
  });

  test.runIf(name in sampled)('it has none of its own', () => {
    expect(estimatorNamed(name, 'regression').contributions).toBeUndefined();
  });
});

test('a state of before trees knew their cover, and lines their means, is sampled', () => {
  const without = ({ state, ...part }: FittedModel, key: string): FittedModel => {
    const text = (value: object) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    const older = text(state as object);
    const { trees } = older as { trees?: object };
    return { ...part, state: trees ? { ...older, trees: text(trees) } : older } as FittedModel;
  };
  for (const name of ['decision_tree', 'random_forest', 'gradient_boosting', 'xgboost'])
    expectAdditive(singleModel(without(flatPart(name, []), 'cover')), 'sampled');
  expectAdditive(singleModel(without(flatPart('catboost', []), 'weights')), 'sampled');
  for (const name of ['linear', 'ridge', 'lasso', 'elastic_net'])
    expectAdditive(singleModel(without(flatPart(name, []), 'means')), 'sampled');
});

test('a table without rows has a base and no contributions', () => {
  const none = takeRows(otherFlats, new Uint32Array());
  const model = singleModel(flatPart('xgboost', []));
  expect(contributionsOf(model, none)).toEqual({
    ...contributionsOf(model, otherFlats),
    rows: 0,
    values: new Float64Array(),
  });
});
