import { expect, test } from 'vitest';
import { type FittedModel, singleModel } from '../../../ml/estimators/model.ts';
import { fitFeatures } from '../../../ml/features/preprocess.ts';
import { madeFeatures } from '../../../ml/report/made-features.ts';
import { generate } from '../features/generated.ts';

const { declaration, table } = generate(600, 1, 2, (random) => {
  const [a, b] = [1 + random.uniform(), 1 + random.uniform()];
  return { numbers: { a, b }, y: Math.exp((9 * a) / b + 0.1 * random.normal()) };
});
const part = (...recipes: string[]): FittedModel => {
  const features = recipes.map((recipe) => ({ recipe }));
  const encoding = { categories: 'codes', numbers: 'raw', missing: 'kept' } as const;
  const { preprocessor } = fitFeatures({ declaration, table, encoding, features, seed: 1 });
  return { estimator: 'mean', task: 'regression', params: {}, features, preprocessor, state: null };
};

test('the columns that are made are named, once, and who learns logarithms is counted', () => {
  const logarithms = part('log_target', 'pairs');
  expect(madeFeatures(singleModel(logarithms), declaration)).toBe(
    'Made of these columns: a / b. The model learns the logarithm of the target.',
  );
  const model = { intercept: 0, members: [{ weight: 1, parts: [part(), logarithms, logarithms] }] };
  expect(madeFeatures(model, declaration)).toBe(
    'Made of these columns: a / b. 2 of 3 fits learn the logarithm of the target.',
  );
});

test('of plain columns nothing is said', () => {
  expect(madeFeatures(singleModel(part()), declaration)).toBe('');
});
