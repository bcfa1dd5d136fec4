import { expect, test } from 'vitest';
import { classWeighted } from '../../../ml/estimators/class-weight.ts';

test('balanced: rows × classes of the same sum for each class, as scikit-learn says', () => {
  // compute_class_weight('balanced', classes=[0, 1], y=[1, 1, 1, 1, 0, 0]) is [1.5, 0.75].
  const y = Float64Array.of(1, 1, 1, 1, 0, 0);
  expect(classWeighted({ y }, 'balanced', 2)).toEqual(Float64Array.of(0.75, 0.75, 0.75, 0.75, 1.5, 1.5));
});

test('weights of rows count on both sides', () => {
  const weights = Float64Array.of(3, 1, 2);
  const balanced = classWeighted({ y: Float64Array.of(0, 0, 1), weights }, 'balanced', 2);
  expect(balanced).toEqual(Float64Array.of((3 * 6) / 8, 6 / 8, (2 * 6) / 4));
  expect(weights).toEqual(Float64Array.of(3, 1, 2));
});

test('without it, rows count by their weights', () => {
  const weights = Float64Array.of(1, 2);
  expect(classWeighted({ y: Float64Array.of(0, 1), weights }, null, 2)).toBe(weights);
  expect(classWeighted({ y: Float64Array.of(0, 1) }, null, 2)).toBeUndefined();
});
