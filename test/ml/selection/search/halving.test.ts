import { expect, test } from 'vitest';
import { r2 } from '../../../../ml/selection/regression-metrics.ts';
import { tryByHalving } from '../../../../ml/selection/search/halving.ts';
import { drawn, type SearchSetting } from '../../../../ml/selection/search/sampled.ts';
import { Space } from '../../../../ml/selection/search/space.ts';
import type { Outcome, Proposal } from '../../../../ml/selection/search/strategy.ts';

const setting: SearchSetting = { spaces: [new Space('regression', 'xgboost', {}, 1)], given: {}, folds: 3, seed: 1 };

/** An outcome whose score is the candidate's learning rate. */
const outcome = (proposal: Proposal): Outcome => {
  const r2 = proposal.fit.fitted.params.learning_rate as number;
  const result = { predictions: { rows: 0, outputs: 1, values: new Float64Array() }, rounds: 5 };
  const times = { fitSeconds: 0, predictSeconds: 0 };
  return { proposal, results: [proposal.folds.map((fold) => ({ fold, scores: { r2 }, ...result, ...times }))] };
};

test('the best third goes on, on three times as many rows and rounds, until the last ones have all', () => {
  const candidates = drawn(setting, 26);
  const strategy = tryByHalving(candidates, 2700, r2, setting);
  const rungs: { count: number; rows: number | undefined; rounds: unknown; rates: number[] }[] = [];
  for (let step = strategy.next([]); !step.done; ) {
    const { proposals } = step.value;
    rungs.push({
      count: proposals.length,
      rows: proposals[0]?.how.rows,
      rounds: proposals[0]?.fit.fitted.params.n_estimators,
      rates: proposals.map(({ fit }) => fit.fitted.params.learning_rate as number).sort((a, b) => b - a),
    });
    step = strategy.next(proposals.map(outcome));
  }
  expect(rungs.map(({ count }) => count)).toEqual([27, 9, 3]);
  expect(rungs.map(({ rows }) => rows)).toEqual([300, 900, undefined]);
  expect(rungs.map(({ rounds }) => rounds)).toEqual([334, 1000, 3000]);
  expect(rungs[1]?.rates).toEqual(rungs[0]?.rates.slice(0, 9));
  expect(rungs[2]?.rates).toEqual(rungs[0]?.rates.slice(0, 3));
});

test('what fails, or has no time, does not go on', () => {
  const candidates = drawn(setting, 8);
  const strategy = tryByHalving(candidates, 2700, r2, setting);
  const { value } = strategy.next([]);
  const proposals = value?.proposals ?? [];
  const failed = (proposal: Proposal): Outcome => ({ proposal, results: [{ status: 'failed', reason: 'no' }] });
  const next = strategy.next(
    proposals.map((proposal, i) => (i < 4 ? failed(proposal) : i < 8 ? undefined : outcome(proposal))),
  );
  expect(next.value?.proposals).toHaveLength(1);
});

test('with few rows there is one rung', () => {
  const strategy = tryByHalving(drawn(setting, 26), 150, r2, setting);
  const { value } = strategy.next([]);
  expect(value?.proposals[0]?.how.rows).toBeUndefined();
  expect(strategy.next(value?.proposals.map(outcome) ?? []).done).toBe(true);
});
