import type { Candidate } from '../candidate.ts';
import { isBetter, type Metric, scoreOf } from '../metric.ts';
import { ownFit, roundsOf, withRounds } from '../shared-fit.ts';
import { propose } from './proposals.ts';
import type { SearchSetting } from './sampled.ts';
import { allFolds, type Outcome, type Proposal, type Strategy } from './strategy.ts';

/** One candidate in so many goes on, with so many times the rows and rounds. */
const RATE = 3;
/** Fewer rows say nothing of how a candidate does on all. */
const FEWEST_ROWS = 100;

/**
 * Successive halving: all candidates on few rows and for few rounds, the best third on three times as many, and so on; the
 * last ones on all. Models compete with each other.
 *
 * @param rows how many rows the smallest fold learns from
 *
 * Source: Jamieson and Talwalkar 2016; Li et al. 2018, arXiv:1810.05934.
 */
export function* tryByHalving(
  candidates: readonly Candidate[],
  rows: number,
  objective: Metric,
  { folds, given, spaces }: SearchSetting,
): Strategy {
  const all = allFolds(folds);
  // Three are left in the end, so that there is something to blend.
  const byCount = Math.floor(Math.log(candidates.length) / Math.log(RATE) + 1e-9) - 1;
  const byRows = Math.floor(Math.log(Math.max(1, rows / FEWEST_ROWS)) / Math.log(RATE));
  const rungs = Math.max(0, Math.min(byCount, byRows));
  let left = candidates;
  for (let rung = rungs; rung >= 0; rung--) {
    const share = RATE ** -rung;
    const how = rung === 0 ? {} : { rows: Math.ceil(rows * share) };
    const outcomes = yield {
      proposals: left.map((candidate) => shortened(propose(candidate, all, given, how), share)),
      last: rung === 0 ? spaces.map(({ model }) => model) : [],
      done: (rungs - rung) / (rungs + 1),
    };
    const scored = outcomes.flatMap((outcome, i) => {
      const score = meanScore(outcome, objective);
      return score === undefined ? [] : [{ candidate: left[i] as Candidate, score }];
    });
    scored.sort(
      (a, b) => Number(isBetter(objective, b.score, a.score)) - Number(isBetter(objective, a.score, b.score)),
    );
    left = scored.slice(0, Math.ceil(scored.length / RATE)).map(({ candidate }) => candidate);
  }
}

/** The same proposal with a share of its rounds. */
function shortened(proposal: Proposal, share: number): Proposal {
  const { fitted } = proposal.fit;
  const rounds = roundsOf(fitted);
  if (rounds === undefined || share === 1) return proposal;
  return { ...proposal, fit: ownFit(withRounds(fitted, Math.max(1, Math.ceil(rounds * share)))) };
}

function meanScore(outcome: Outcome | undefined, objective: Metric): number | undefined {
  const results = outcome?.results[0];
  if (!results || 'reason' in results) return undefined;
  return results.reduce((sum, { scores }) => sum + scoreOf(scores, objective), 0) / results.length;
}
