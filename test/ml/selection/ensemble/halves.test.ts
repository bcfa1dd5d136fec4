import { expect, test } from 'vitest';
import { chooseModel } from '../../../../ml/selection/ensemble/choose-model.ts';
import { FoldProducts } from '../../../../ml/selection/ensemble/error-products.ts';
import type { Evidence } from '../../../../ml/selection/ensemble/evidence.ts';
import { MOST_MEMBERS, selectOnce } from '../../../../ml/selection/ensemble/greedy.ts';
import { selectByHalves } from '../../../../ml/selection/ensemble/halves.ts';
import { runningMeans } from '../../../../ml/selection/ensemble/running-mean.ts';
import { noisyEvidence } from './evidence.ts';

const FOLDS = 10;
const errors = Array.from({ length: 20 }, (_, j) => 3 + 0.05 * j);
const evidences = Array.from({ length: 20 }, (_, i) => noisyEvidence(60 + i, errors, 3, { folds: FOLDS }));

const weigh = (given: Evidence, select = selectByHalves) =>
  select(runningMeans(given, new FoldProducts(given)), [...given.folds.keys()], given.candidates.length, given.metric);
const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((sum, number) => sum + number, 0);
/** The mean squared error of a blend on fresh rows, beyond what all candidates share. */
const ownError = (weights: Float64Array) => sumOf(weights.map((weight, j) => (weight * (errors[j] as number)) ** 2));

test('weights add up to 1, and nothing has one that hardly counts', () => {
  for (const given of evidences) {
    const weights = weigh(given);
    expect(sumOf(weights)).toBeCloseTo(1, 12);
    const members = weights.filter((weight) => weight !== 0);
    expect(members.length).toBeLessThanOrEqual(MOST_MEMBERS);
    expect(Math.min(...members)).toBeGreaterThanOrEqual(0.05);
  }
});

test('of few rows a blend of many halves is off by less on fresh ones than a blend of all', () => {
  const meanOf = (select: typeof selectByHalves) =>
    sumOf(evidences.map((given) => ownError(weigh(given, select)))) / evidences.length;
  // The same draws each time: by 4 % here.
  expect(meanOf(selectByHalves)).toBeLessThan(0.98 * meanOf(selectOnce));
});

test('a candidate that is far better than the others has all of the weight', () => {
  expect([...weigh(noisyEvidence(100, [1, 30, 30], 0, { folds: FOLDS }))]).toEqual([1, 0, 0]);
});

test('where nothing has a score nothing has a weight', () => {
  const given = noisyEvidence(40, [3, 3], 0, { folds: 4 });
  const start = () => ({ scoreWith: () => Number.NaN, add: () => {} });
  expect([...selectByHalves(start, [0, 1, 2, 3], 2, given.metric)]).toEqual([0, 0]);
});

test('a model is chosen so where folds are repeated, and the same each time', () => {
  const [given] = evidences as [Evidence];
  const weightsOf = (evidence: Evidence) => {
    const weights = new Float64Array(errors.length);
    for (const { candidate, weight } of chooseModel(evidence).members) weights[candidate] = weight;
    return weights;
  };
  expect(chooseModel({ ...given, repeats: 2 }).kind).toBe('blend');
  expect(weightsOf({ ...given, repeats: 2 })).toEqual(weigh(given));
  expect(weightsOf(given)).toEqual(weigh(given, selectOnce));
});
