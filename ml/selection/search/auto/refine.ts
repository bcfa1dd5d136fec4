import { growthOf } from '../../../estimators/index.ts';
import type { Candidate } from '../../candidate.ts';
import { allFolds, type Proposal } from '../strategy.ts';
import { type Part, proposeFull, record, within } from './accounts.ts';
import type { Family } from './family.ts';
import type { AutoSetting } from './setting.ts';

/** How many models are refined, the best ones. */
const FAMILIES = 3;
/** How much smaller their steps are, and the smallest. */
const SMALLER = 3;
const SMALLEST = 0.005;
/** What may be spent on it of the time that is left. */
const SHARE = 0.8;

/**
 * Tries the best candidates that stop growing by themselves in smaller steps: their sums are smoother, and often a little better. Without
 * a budget nobody has asked for that much time.
 *
 * Source: Friedman 2001, Greedy function approximation, section 5 (shrinkage).
 */
export function* refine(families: readonly Family[], setting: AutoSetting): Part {
  if (!setting.time) return;
  const refined = families
    .toSorted((a, b) => b.score - a.score)
    .flatMap((family) => {
      const candidate = inSmallerSteps(family, setting);
      if (!candidate || !family.isNew(candidate)) return [];
      const proposal: Proposal = { ...proposeFull(candidate, allFolds(setting.folds), setting), isFixed: true };
      return [{ family, proposal }];
    });
  const tried = within(SHARE, refined.slice(0, FAMILIES), setting);
  if (tried.length === 0) return;
  const outcomes = yield { proposals: tried.map(({ proposal }) => proposal), done: 0 };
  tried.forEach(({ family }, i) => {
    record(family, outcomes[i], setting);
  });
}

function inSmallerSteps({ model, best }: Family, { given }: AutoSetting): Candidate | undefined {
  const rate = best?.entry.params.learning_rate;
  const isFree = growthOf(model)?.patience !== undefined && !Object.hasOwn(given[model] ?? {}, 'learning_rate');
  if (!best || !isFree || typeof rate !== 'number' || rate < SMALLEST * SMALLER) return undefined;
  const { params, features } = best.asFitted;
  const learning_rate = Number((rate / SMALLER).toPrecision(3));
  return { model, params: { ...params, learning_rate }, ...(features && { features }) };
}
