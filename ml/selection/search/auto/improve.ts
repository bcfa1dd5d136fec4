import { createRandom, type Random, scrambled } from '../../../core/random.ts';
import type { Candidate } from '../../candidate.ts';
import { compareInFolds } from '../../compare-in-folds.ts';
import type { FoldResult } from '../../evaluation.ts';
import type { Proposal } from '../strategy.ts';
import { bestScore, firstFolds, laterFolds, type Part, proposeFull, record, shareDone } from './accounts.ts';
import { costOf } from './cost.ts';
import type { Family } from './family.ts';
import { type AutoSetting, resultsOf } from './setting.ts';

/** So many standard errors below the best of its model, a candidate is given up. */
const CLEARLY_WORSE = 1;
/** So many candidates begin at a time; of quick ones more, since threads wait for the last of a batch. */
const AT_ONCE = 2;
const QUICK_AT_ONCE = 6;
/** Seconds of a fit up to which it is quick. */
const QUICK = 0.1;

interface Trial {
  readonly family: Family;
  readonly proposal: Proposal;
}

/**
 * Tries candidate after candidate, of the models whose score is improved most cheaply. Each is first tried in some folds, and
 * given up where it is clearly worse there than the best of its model.
 *
 * @param until so many seconds are left
 */
export function* improve(families: readonly Family[], setting: AutoSetting, until = 0): Part {
  const { seed, folds, time } = setting;
  const random = createRandom(scrambled(seed));
  let promising: Trial[] = [];
  for (;;) {
    const share = shareDone(families, setting);
    const isOver = share >= 1 || (time !== undefined && time.secondsLeft() < until);
    const fresh = isOver ? [] : pick(families, setting, random);
    const tried = [
      ...promising,
      ...fresh.map(({ family, candidate }) => ({
        family,
        proposal: proposeFull(candidate, firstFolds(folds), setting),
      })),
    ];
    if (tried.length === 0) return;
    const outcomes = yield { proposals: tried.map(({ proposal }) => proposal), done: share };
    tried.forEach(({ family }, i) => {
      record(family, outcomes[i], setting);
    });
    const later = laterFolds(folds);
    if (later.length === 0) continue;
    promising = outcomes.slice(promising.length).flatMap((outcome, i) => {
      const { family } = fresh[i] as (typeof fresh)[number];
      if (!outcome || !isPromising(family, resultsOf(outcome), setting)) return [];
      // As it was begun, in the folds that are left.
      return [{ family, proposal: { ...outcome.proposal, folds: later, isFixed: true } }];
    });
  }
}

/** Draws the models to go on with, those more often that improve cheaply, and of each what it tries next. */
function pick(
  families: readonly Family[],
  { size, folds }: AutoSetting,
  random: Random,
): { readonly family: Family; readonly candidate: Candidate }[] {
  const trials: { readonly family: Family; readonly candidate: Candidate }[] = [];
  const best = bestScore(families);
  const going = new Set(families.filter(({ isOver }) => !isOver));
  const isQuick = [...going].every(({ opener }) => costOf(opener, size) < QUICK);
  while (trials.length < (isQuick ? QUICK_AT_ONCE : AT_ONCE) && going.size > 0) {
    const costOfOpener = ({ opener }: Family) => folds * costOf(opener, size);
    const weightOf = (family: Family) => 1 / family.costToImprove(best, costOfOpener(family));
    const family = drawByWeight([...going], weightOf, random);
    const candidate = family.next(random);
    if (candidate) trials.push({ family, candidate });
    else {
      family.isOver = true;
      going.delete(family);
    }
  }
  return trials;
}

function drawByWeight<T>(items: readonly T[], weightOf: (item: T) => number, random: Random): T {
  const weights = items.map(weightOf);
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return items.at(at) as T;
}

function isPromising(family: Family, results: readonly FoldResult[] | undefined, setting: AutoSetting): boolean {
  if (!results) return false;
  if (!family.best) return true;
  const difference = compareInFolds(results, family.best.folds, setting.objective, setting.context);
  return difference === undefined || difference.gain >= -CLEARLY_WORSE * difference.standardError;
}
