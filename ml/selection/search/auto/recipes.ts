import type { Recipe } from '../../../features/recipe.ts';
import { compareInFolds } from '../../compare-in-folds.ts';
import type { Evaluation, FoldResult } from '../../evaluation.ts';
import { ownFit } from '../../shared-fit.ts';
import { allFolds, type Proposal } from '../strategy.ts';
import { firstFolds, type Part, record, shareDone, within } from './accounts.ts';
import type { Family } from './family.ts';
import type { Screened } from './opening.ts';
import { type AutoSetting, resultsOf } from './setting.ts';

/** How many models recipes are tried with. */
const FAMILIES = 3;
/** The shares of the time that is left in which recipes are looked for, and tried in all folds. */
const LOOKED_FOR = 0.15;
const TRIED = 0.3;

/** A set of recipes that pays in the folds that it was tried in, and by how much. */
interface Paying {
  readonly set: readonly Recipe[];
  readonly gain: number;
}

/**
 * Finds out which recipes pay, for the best models of each kind. Sets of recipes are tried one by one in some folds; those that
 * beat plain columns there by more than a standard error are put together, the one that gains most first, and what beats
 * plain columns in all folds by more than a standard error stays. All others are left out.
 *
 * @param screened what openers came to on few rows; where they were, sets are tried on as many
 */
export function* tryRecipes(families: readonly Family[], screened: Screened, setting: AutoSetting): Part {
  const { proposeRecipes, folds, baseline } = setting;
  const some = families
    .filter(({ best, isOver, model }) => best && !isOver && model !== baseline)
    .sort((a, b) => b.score - a.score)
    .slice(0, FAMILIES);
  if (some.length === 0) return;
  const recipes = proposeRecipes();
  const looks = some.flatMap((family) =>
    recipes.flatMap((set) => {
      const plain = screened.size > 0 ? screened.get(family) : undefined;
      if (plain) return { family, set, proposal: withRecipes(plain.proposal, set), plain: resultsOf(plain) };
      if (screened.size > 0) return [];
      const best = family.best as Evaluation;
      return { family, set, proposal: withRecipes(proposalOf(best, firstFolds(folds), false), set), plain: best.folds };
    }),
  );
  const probes = within(LOOKED_FOR, looks, setting);
  if (probes.length === 0) return;
  const outcomes = yield { proposals: probes.map(({ proposal }) => proposal), done: shareDone(families, setting) };
  const paying = new Map<Family, Paying[]>();
  probes.forEach(({ family, set, plain }, i) => {
    record(family, outcomes[i], setting);
    const gain = clearGain(resultsOf(outcomes[i]), plain, setting);
    if (gain !== undefined) paying.set(family, [...(paying.get(family) ?? []), { set, gain }]);
  });
  yield* tryInAllFolds(families, paying, setting);
}

/** Tries what pays in all folds: the best set alone, and all that pay together. */
function* tryInAllFolds(
  families: readonly Family[],
  paying: ReadonlyMap<Family, readonly Paying[]>,
  setting: AutoSetting,
): Part {
  const { trials } = setting;
  const tried = within(TRIED, worthAllFolds(families, paying, setting), setting);
  if (tried.length === 0) return;
  const plain = new Map(tried.map(({ family }) => [family, family.best]));
  const outcomes = yield { proposals: tried.map(({ proposal }) => proposal), done: shareDone(families, setting) };
  const best = new Map<Family, number>();
  tried.forEach(({ family, proposal }, i) => {
    const { fitted } = proposal.fit;
    const gain = clearGain(resultsOf(outcomes[i]), plain.get(family)?.folds, setting);
    if (gain === undefined) trials.leaveOut(fitted);
    record(family, outcomes[i], setting);
    if (gain === undefined || gain <= (best.get(family) ?? 0)) return;
    best.set(family, gain);
    family.features = fitted.features ?? [];
  });
}

/** Of each model what pays for it; of those that recipes were not tried with, what pays for the best one that they were. */
function worthAllFolds(
  families: readonly Family[],
  paying: ReadonlyMap<Family, readonly Paying[]>,
  { baseline, folds }: AutoSetting,
) {
  const chosen = new Map([...paying].map(([family, sets]) => [family, combined(sets)]));
  const leader = [...chosen.keys()].sort((a, b) => b.score - a.score)[0];
  const common = leader ? (chosen.get(leader) as (readonly Recipe[])[]).slice(0, 1) : [];
  return families.flatMap((family) => {
    const { best, isOver, model } = family;
    if (!best || isOver || model === baseline) return [];
    const plain = proposalOf(best, allFolds(folds), true);
    return (chosen.get(family) ?? common).map((set) => ({ family, proposal: withRecipes(plain, set) }));
  });
}

/** The proposal that an evaluation came from, in some folds: what its fits are compared with must be as they were. */
function proposalOf({ asFitted, patience }: Evaluation, folds: readonly number[], keep: boolean): Proposal {
  return { fit: ownFit(asFitted), folds, how: { ...(patience !== undefined && { patience }), keep } };
}

function withRecipes({ fit, folds, how }: Proposal, features: readonly Recipe[]): Proposal {
  return { fit: ownFit({ ...fit.fitted, features }), folds, how, isFixed: true };
}

/** The set that gains most, and all that pay together. */
function combined(sets: readonly Paying[]): (readonly Recipe[])[] {
  const sorted = sets.toSorted((a, b) => b.gain - a.gain).map(({ set }) => set);
  const all = [...sorted.slice(0, 1), ...(sorted.length > 1 ? [joined(sorted)] : [])];
  const keyOf = (set: readonly Recipe[]) => JSON.stringify(set.map(({ recipe }) => recipe).sort());
  return [...new Map(all.map((set) => [keyOf(set), set])).values()];
}

/** By how much recipes beat plain columns, where that is more than a standard error. */
function clearGain(
  results: readonly FoldResult[] | undefined,
  plain: readonly FoldResult[] | undefined,
  { objective, context }: AutoSetting,
): number | undefined {
  const difference = results && plain && compareInFolds(results, plain, objective, context);
  return difference && difference.gain > difference.standardError ? difference.gain : undefined;
}

/** Several sets as one; a recipe that is in two of them counts once. */
function joined(sets: readonly (readonly Recipe[])[]): readonly Recipe[] {
  return [...new Map(sets.flat().map((recipe) => [JSON.stringify(recipe), recipe])).values()];
}
