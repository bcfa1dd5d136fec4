import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FoldProducts } from '../../../../ml/selection/ensemble/error-products.ts';
import { type CandidateEvidence, combine, type Evidence } from '../../../../ml/selection/ensemble/evidence.ts';
import { MOST_MEMBERS, selectGreedily, withoutSpare } from '../../../../ml/selection/ensemble/greedy.ts';
import { bestCandidate } from '../../../../ml/selection/ensemble/judge.ts';
import { runningMeans } from '../../../../ml/selection/ensemble/running-mean.ts';
import { isBetter } from '../../../../ml/selection/metric.ts';
import { mae, r2, rmse } from '../../../../ml/selection/regression-metrics.ts';
import { evidenceOf, noise, noisyEvidence } from './evidence.ts';

const value = fc.integer({ min: -50, max: 50 });
const metric = fc.constantFrom(r2, rmse, mae);
const evidence = fc.integer({ min: 6, max: 30 }).chain((rows) =>
  fc
    .tuple(
      fc.array(value, { minLength: rows, maxLength: rows }),
      fc.array(fc.array(value, { minLength: rows, maxLength: rows }), { minLength: 1, maxLength: 6 }),
      fc.option(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rows, maxLength: rows }), { nil: undefined }),
      metric,
    )
    .map(([truth, candidates, weights, metric]) =>
      evidenceOf(
        truth,
        candidates.map((predictions) => ({ predictions })),
        { folds: 3, metric, ...(weights && { weights }) },
      ),
    ),
);

const everyFold = [0, 1, 2];
const select = (given: Evidence) =>
  selectGreedily(runningMeans(given, new FoldProducts(given))(everyFold), given.candidates.length, given.metric);
const prune = (given: Evidence, taken: Uint32Array) => {
  const start = runningMeans(given, new FoldProducts(given));
  return withoutSpare(taken, () => start(everyFold), given.metric);
};
const weightsOf = (taken: Uint32Array) => {
  const total = taken.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(taken, (count) => count / total);
};
const scoreOf = (given: Evidence, weights: Float64Array) => {
  const scores = given.folds.map(({ truth, weights: rows }, fold) =>
    given.metric.compute(truth, combine({ intercept: 0, weights }, given, fold), rows),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
};

test('a blend is never worse than the best candidate on its own rows, and its weights add up to 1', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const weights = weightsOf(prune(given, select(given)));
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      const best = given.candidates[bestCandidate(given, everyFold)];
      const alone = (best?.scores.reduce((sum, score) => sum + score, 0) ?? 0) / 3;
      const slack = 1e-9 * Math.max(1, Math.abs(alone));
      const blended = scoreOf(given, weights);
      expect(isBetter(given.metric, alone, blended) ? Math.abs(alone - blended) : 0).toBeLessThanOrEqual(slack);
    }),
  );
});

test('the order of the candidates makes no difference', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const given = noisyEvidence(60 + (seed % 40), [3, 4, 5, 3.5, 6], 1, { folds: 3 });
      const turned = { ...given, candidates: given.candidates.toReversed() };
      expect([...select(turned)].reverse()).toEqual([...select(given)]);
    }),
    { numRuns: 20 },
  );
});

test('of candidates that are even the first is taken', () => {
  const given = noisyEvidence(30, [3], 0, { folds: 3 });
  const twice = { ...given, candidates: [...given.candidates, ...given.candidates] };
  expect([...select(twice)].map((count) => count > 0)).toEqual([true, false]);
});

test('a small share of a weak candidate is found, where it helps', () => {
  // The second knows what the first misses, but is four times as far off: a share of 1/17 is best.
  const truth = Array.from({ length: 400 }, (_, i) => i % 7);
  const sign = (i: number, period: number) => ((i >> period) % 2 === 0 ? 1 : -1);
  const given = evidenceOf(
    truth,
    [{ predictions: truth.map((y, i) => y + sign(i, 3)) }, { predictions: truth.map((y, i) => y + 4 * sign(i, 5)) }],
    { folds: 3 },
  );
  expect(weightsOf(select(given))[1]).toBeCloseTo(1 / 17, 1);
});

test('a member that hardly counts is left out, one that counts is not', () => {
  const given = noisyEvidence(20_000, [3, 3], 0, { folds: 3 });
  const [first, second] = given.candidates as [CandidateEvidence, CandidateEvidence];
  const draw = noise(5);
  const near = first.predictions.map((each) => ({
    ...each,
    values: each.values.map((value) => value + 0.01 * draw()),
  }));
  const three = { ...given, candidates: [first, { ...first, predictions: near }, second] };
  expect([...prune(three, Uint32Array.of(49, 1, 50))]).toEqual([49, 0, 50]);
});

test('there are no more members than predict fast', () => {
  const taken = select(noisyEvidence(300, new Array(20).fill(3), 0, { folds: 3 }));
  expect(taken.filter((count) => count > 0)).toHaveLength(MOST_MEMBERS);
});

test('sums of products score as the predictions do', () => {
  fc.assert(
    fc.property(evidence, fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }), (given, picks) => {
      const { metric, candidates } = given;
      const { ofRmse: _, ...plain } = metric;
      const byProducts = runningMeans(given, new FoldProducts(given))(everyFold);
      const byRows = runningMeans({ ...given, metric: plain })(everyFold);
      for (const pick of picks) {
        const candidate = pick % candidates.length;
        const [a, b] = [byProducts.scoreWith(candidate), byRows.scoreWith(candidate)];
        expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(b)));
        byProducts.add(candidate);
        byRows.add(candidate);
      }
    }),
  );
});
