import { expect, test } from 'vitest';
import type { GivenParams } from '../../../../ml/estimators/params.ts';
import { afford, type Means, secondsOfFits } from '../../../../ml/selection/search/afford.ts';
import type { Size } from '../../../../ml/selection/search/auto/cost.ts';
import { propose } from '../../../../ml/selection/search/proposals.ts';
import { Space } from '../../../../ml/selection/search/space.ts';
import { Speeds } from '../../../../ml/selection/search/speeds.ts';
import type { Proposal } from '../../../../ml/selection/search/strategy.ts';
import { ownFit, roundsOf } from '../../../../ml/selection/shared-fit.ts';

const size: Size = { rows: 30_000, held: 8000, numbers: 20, levels: [], classes: 0 };
const folds = [0, 1, 2, 3, 4];

function given(secondsLeft: number, fixed: GivenParams = {}, speeds = new Speeds()): Means {
  const sizeOf = (rows = size.rows) => ({ ...size, rows: Math.min(rows, size.rows) });
  return { secondsLeft, parallel: 2, speeds, folds: 5, sizeOf, given: fixed };
}

function proposed(model: string, params: Readonly<Record<string, unknown>> = {}, fixed: GivenParams = {}): Proposal {
  return propose(new Space('regression', model, {}, 1).candidate(params), folds, fixed, { keep: true });
}

/** Like fits that took so many seconds each, and grew so many rounds. */
function seen(proposal: Proposal, fitSeconds: number, rounds: number | null): Speeds {
  const speeds = new Speeds();
  const result = { fold: 0, predictions: { rows: 1, outputs: 1, values: new Float64Array(1) }, scores: {}, rounds };
  speeds.observe({ proposal, results: [[{ ...result, fitSeconds, predictSeconds: 0 }]] }, size);
  return speeds;
}

const paramsOf = (proposal: Proposal | undefined) => proposal?.fit.fitted.params;

test('what there is time for is tried as it was proposed', () => {
  for (const model of ['xgboost', 'random_forest', 'ridge', 'knn']) {
    const proposal = proposed(model);
    expect(afford(proposal, given(100_000))).toBe(proposal);
  }
});

test('with less time steps are larger, there are fewer rounds in vain, and then fewer rounds; and then nothing is begun', () => {
  const proposal = proposed('xgboost', { learning_rate: 0.05 });
  const all = [2000, 100, 10, 3, 1].map((seconds) => afford(proposal, given(seconds)));
  const rates = all.flatMap((some) => (some ? [paramsOf(some)?.learning_rate as number] : []));
  expect(rates[0]).toBe(0.05);
  expect(rates).toEqual(rates.toSorted());
  expect(rates.at(-1)).toBe(0.3);
  const rounds = all.flatMap((some) => (some ? [paramsOf(some)?.n_estimators as number] : []));
  expect(rounds).toEqual(rounds.toSorted((a, b) => b - a));
  expect(rounds.at(-1)).toBeLessThan(200);
  for (const [i, some] of all.entries()) {
    if (!some) continue;
    expect(some.how.patience).toBeLessThanOrEqual(proposal.how.patience as number);
    // Whatever it comes to, it ends in time.
    expect(secondsOfFits(some, given(0)) / 2).toBeLessThan([2000, 100, 10, 3, 1][i] as number);
  }
  expect(afford(proposal, given(0.01))).toBeUndefined();
});

test('fixed parameters stay, and so does what was begun', () => {
  const fixed = { xgboost: { learning_rate: 0.05 } };
  const some = afford(proposed('xgboost', fixed.xgboost, fixed), given(20, fixed));
  expect(paramsOf(some)?.learning_rate).toBe(0.05);
  const rounds = { xgboost: { n_estimators: 500 } };
  const asked = proposed('xgboost', rounds.xgboost, rounds);
  expect(paramsOf(asked)?.n_estimators).toBe(500);
  expect([asked, undefined]).toContain(afford(asked, given(50, rounds)));
  const begun: Proposal = { ...proposed('xgboost'), folds: [2, 3, 4], isFixed: true };
  const speeds = seen(proposed('xgboost'), 2, 100);
  expect(afford(begun, given(20, {}, speeds))).toBe(begun);
  expect(afford(begun, given(2, {}, speeds))).toBeUndefined();
});

test('forests get fewer trees', () => {
  const proposal = proposed('random_forest', { n_estimators: 150 });
  const trees = paramsOf(afford(proposal, given(60)))?.n_estimators as number;
  expect(trees).toBeLessThan(150);
  expect(trees).toBeGreaterThanOrEqual(10);
  expect(afford(proposal, given(0.1))).toBeUndefined();
});

test('what it takes to make features is no reason for fewer rounds than there is time for beside it', () => {
  const plain = proposed('xgboost', { learning_rate: 0.3 });
  const speeds = seen(plain, 2, 100);
  const withFeatures = (count: number): Proposal => {
    const features = Array.from({ length: count }, (_, i) => ({ recipe: `recipe ${i}` }));
    return { ...plain, fit: ownFit({ ...plain.fit.fitted, features }) };
  };
  const means = given(30, {}, speeds);
  const rounds = [0, 2, 4].map((count) => paramsOf(afford(withFeatures(count), means))?.n_estimators as number);
  expect(rounds).toEqual(rounds.toSorted((a, b) => b - a));
  expect(rounds[2]).toBeGreaterThan((rounds[0] as number) / 8);
  for (const [i, count] of [0, 2, 4].entries()) {
    const taken = afford(withFeatures(count), means) as Proposal;
    expect(roundsOf(taken.fit.fitted)).toBe(rounds[i]);
    expect(secondsOfFits(taken, means) / 2).toBeLessThan(30);
  }
});

test('what fits took and came to is expected of the next ones', () => {
  const proposal = proposed('xgboost', { learning_rate: 0.1 });
  const secondsAfter = (fitSeconds: number, rounds: number) =>
    secondsOfFits(proposal, given(100, {}, seen(proposal, fitSeconds, rounds))) / folds.length;
  expect(secondsAfter(3, 400)).toBeCloseTo(3, 1);
  expect(secondsAfter(9, 400)).toBeCloseTo(9, 1);
  // As much for each round, and with half the steps as many rounds twice.
  const slow = proposed('xgboost', { learning_rate: 0.05 });
  const twice = secondsOfFits(slow, given(100, {}, seen(proposal, 4.6, 400))) / folds.length;
  expect(twice).toBeCloseTo((4.6 * 860) / 460, 1);
  // One that was not tried is thought to be as slow as the others are.
  const other = proposed('catboost');
  const known = secondsOfFits(other, given(100, {}, seen(proposal, 9, 400)));
  expect(known).toBeGreaterThan(1.1 * secondsOfFits(other, given(100, {}, seen(proposal, 3, 400))));
});
