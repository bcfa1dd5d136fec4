import type { Recipe } from '../../../features/recipe.ts';
import type { Evaluation, FoldResult } from '../../evaluation.ts';
import { proposeLook } from '../proposals.ts';
import type { Proposal } from '../strategy.ts';
import { addCost, firstFolds, type Part, shareDone, within } from './accounts.ts';
import type { Family } from './family.ts';
import { FEW_ROWS, type Screened } from './opening.ts';
import { type AutoSetting, resultsOf } from './setting.ts';
import { clearGain, proposalOf, withRecipes } from './with-recipes.ts';

/** How many models recipes are looked at with. */
const FAMILIES = 3;
/** The share of the time that is left in which recipes are looked for. */
const LOOKED_FOR = 0.15;

/** A set of recipes that pays in the folds that it was tried in, and by how much. */
export interface Paying {
  readonly set: readonly Recipe[];
  readonly gain: number;
}

/** The sets that pay, by the model that they were tried with. */
export type Looked = ReadonlyMap<Family, readonly Paying[]>;

/** A model with plain columns, and what that came to; undefined where it is yet to be tried. */
interface Plain {
  readonly family: Family;
  readonly proposal: Proposal;
  readonly results: readonly FoldResult[] | undefined;
}

/**
 * Tries sets of recipes on few rows: before any model has its second turn, and before most have their first, so that what pays is known
 * however little time there is for more.
 *
 * @param screened what models came to on few rows; where that is not known, the one that was begun is looked at
 */
export function* lookOnFewRows(
  families: readonly Family[],
  { begun, screened }: { readonly begun: Family | undefined; readonly screened: Screened },
  setting: AutoSetting,
): Part<Looked> {
  const { baseline, folds, given } = setting;
  const best = [...screened]
    .filter(([{ isOver, model }]) => !isOver && model !== baseline)
    .sort(([a], [b]) => a.behind - b.behind)
    .slice(0, FAMILIES)
    .map(([family, outcome]): Plain => ({ family, proposal: outcome.proposal, results: resultsOf(outcome) }));
  if (best.length > 0 || !begun) return yield* look(families, best, setting);
  const proposal = proposeLook(begun.opener, firstFolds(folds), given, FEW_ROWS);
  return yield* look(families, [{ family: begun, proposal, results: undefined }], setting);
}

/** Tries sets of recipes on all rows, in some folds, with the best models that there are. */
export function* lookOnAllRows(families: readonly Family[], setting: AutoSetting): Part<Looked> {
  const { baseline, folds } = setting;
  const best = families
    .filter(({ best, isOver, model }) => best && !isOver && model !== baseline)
    .sort((a, b) => b.score - a.score)
    .slice(0, FAMILIES)
    .map((family): Plain => {
      const evaluation = family.best as Evaluation;
      const proposal = proposalOf(evaluation, firstFolds(folds), false);
      return { family, proposal, results: evaluation.folds };
    });
  return yield* look(families, best, setting);
}

/** Tries sets one by one, as many as there is time for, the most promising first; those that beat plain columns by more than a standard error pay. */
function* look(families: readonly Family[], some: readonly Plain[], setting: AutoSetting): Part<Looked> {
  const paying = new Map<Family, Paying[]>();
  if (some.length === 0) return paying;
  const recipes = setting.proposeRecipes();
  if (recipes.length === 0) return paying;
  const wanted = some.flatMap(({ family, proposal, results }) => [
    ...(results ? [] : [{ family, set: undefined, proposal }]),
    ...recipes.map((set) => ({ family, set, proposal: withRecipes(proposal, set) })),
  ]);
  const looks = within(LOOKED_FOR, wanted, setting);
  if (looks.length === 0) return paying;
  const outcomes = yield { proposals: looks.map(({ proposal }) => proposal), done: shareDone(families, setting) };
  const plain = new Map(some.map(({ family, results }) => [family, results]));
  looks.forEach(({ family, set }, i) => {
    addCost(family, outcomes[i], setting);
    const results = resultsOf(outcomes[i]);
    if (!set) {
      plain.set(family, results);
      return;
    }
    const gain = clearGain(results, plain.get(family), setting);
    if (gain !== undefined) paying.set(family, [...(paying.get(family) ?? []), { set, gain }]);
  });
  return paying;
}
