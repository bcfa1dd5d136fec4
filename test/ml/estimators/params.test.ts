import { expect, test } from 'vitest';
import { knn } from '../../../ml/estimators/neighbours/knn.ts';
import { resolveParams } from '../../../ml/estimators/params.ts';

test('what is not given takes its default', () => {
  expect(resolveParams('knn', knn.params, { n_neighbors: 7 })).toEqual({ n_neighbors: 7, weights: 'uniform', p: 2 });
});

test.each([
  ['an unknown name', { k: 5 }, /knn has no parameter k; it has: n_neighbors, weights, p/],
  ['a name of every object', { toString: 5 }, /no parameter toString/],
  ['a fraction', { n_neighbors: 2.5 }, /n_neighbors is 2\.5; it must be a whole number from 1 to 1000/],
  ['too small a number', { n_neighbors: 0 }, /from 1 to 1000/],
  ['no number', { n_neighbors: '5' }, /is "5"; it must be/],
  ['NaN', { p: Number.NaN }, /must be/],
  ['a word that is no choice', { weights: 'near' }, /must be uniform or distance/],
])('%s is refused', (_, given, message) => {
  expect(() => resolveParams('knn', knn.params, given)).toThrow(message);
});
