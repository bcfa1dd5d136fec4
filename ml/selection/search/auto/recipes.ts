import type { Recipe } from '../../../features/recipe.ts';
import { allFolds } from '../strategy.ts';
import { type Part, record, shareDone, within } from './accounts.ts';
import type { Family } from './family.ts';
import type { Looked, Paying } from './look-at-recipes.ts';
import { type AutoSetting, resultsOf } from './setting.ts';
import { clearGain, proposalOf, withRecipes } from './with-recipes.ts';

/** The share of the time that is left in which recipes are tried in all folds. */
const TRIED = 0.3;

/**
 * Tries in all folds what pays on few rows, or in some folds: the best set of a model alone, and all that pay together. What beats
 * plain columns there by more than a standard error stays, and all others are left out.
 *
 * @param looked what pays
 */
export function* tryRecipes(families: readonly Family[], looked: Looked, setting: AutoSetting): Part {
  const { trials } = setting;
  const tried = within(TRIED, worthAllFolds(families, looked, setting), setting).filter(({ family, proposal }) =>
    family.isNew(proposal.fit.fitted),
  );
  if (tried.length === 0) return;
  const plain = new Map(tried.map(({ family }) => [family, family.best]));
  const outcomes = yield { proposals: tried.map(({ proposal }) => proposal), done: shareDone(families, setting) };
  const best = new Map<Family, number>();
  tried.forEach(({ family, proposal }, i) => {
    // Where there was no time for it, there may be for what comes next.
    if (!outcomes[i]) return;
    const { fitted } = proposal.fit;
    const gain = clearGain(resultsOf(outcomes[i]), plain.get(family)?.folds, setting);
    if (gain === undefined) trials.leaveOut(fitted);
    record(family, outcomes[i], setting);
    if (gain === undefined || gain <= (best.get(family) ?? 0)) return;
    best.set(family, gain);
    family.features = fitted.features ?? [];
    // It begins with them, and has begun.
    if (family.isOpened) family.open();
  });
}

/**
 * Where time is short: tries what pays most with the model that was begun, and lets others begin with it where it stays. There is no
 * time to try each without.
 */
export function* tryRecipesQuickly(
  begun: Family,
  families: readonly Family[],
  looked: Looked,
  setting: AutoSetting,
): Part {
  const { trials, baseline, folds } = setting;
  const plain = begun.best;
  const [set] = [...looked.values()].flat().sort((a, b) => b.gain - a.gain);
  if (!plain || !set) return;
  // In larger steps, or fewer rounds, if it takes that: what beats plain columns even so pays.
  const { isFixed, ...proposal } = withRecipes(proposalOf(plain, allFolds(folds), true), set.set);
  const [outcome] = yield { proposals: [proposal], done: shareDone(families, setting) };
  if (!outcome) return;
  const { fitted } = outcome.proposal.fit;
  begun.isNew(fitted);
  const gain = clearGain(resultsOf(outcome), plain.folds, setting);
  if (gain === undefined) trials.leaveOut(fitted);
  record(begun, outcome, setting);
  if (gain === undefined) return;
  for (const family of families) if (!family.isOpened && family.model !== baseline) family.features = set.set;
}

/** Of each model what pays for it; of those that recipes were not tried with, what pays for the best one that they were. The best models first. */
function worthAllFolds(families: readonly Family[], looked: Looked, { baseline, folds }: AutoSetting) {
  const chosen = new Map([...looked].map(([family, sets]) => [family, combined(sets)]));
  const leader = [...chosen.keys()].sort((a, b) => b.score - a.score || a.behind - b.behind)[0];
  const common = leader ? (chosen.get(leader) as (readonly Recipe[])[]).slice(0, 1) : [];
  return families
    .toSorted((a, b) => b.score - a.score)
    .flatMap((family) => {
      const { best, isOver, model, features } = family;
      if (!best || isOver || model === baseline || features.length > 0) return [];
      const plain = proposalOf(best, allFolds(folds), true);
      return (chosen.get(family) ?? common).map((set) => ({ family, proposal: withRecipes(plain, set) }));
    });
}

/** The set that gains most, and all that pay together. */
function combined(sets: readonly Paying[]): (readonly Recipe[])[] {
  const sorted = sets.toSorted((a, b) => b.gain - a.gain).map(({ set }) => set);
  const all = [...sorted.slice(0, 1), ...(sorted.length > 1 ? [joined(sorted)] : [])];
  const keyOf = (set: readonly Recipe[]) => JSON.stringify(set.map(({ recipe }) => recipe).sort());
  return [...new Map(all.map((set) => [keyOf(set), set])).values()];
}

/** Several sets as one; a recipe that is in two of them counts once. */
function joined(sets: readonly (readonly Recipe[])[]): readonly Recipe[] {
  return [...new Map(sets.flat().map((recipe) => [JSON.stringify(recipe), recipe])).values()];
}
