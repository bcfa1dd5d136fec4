import { categoryKeys, codesOf, type Key, keyName, levelsOf, levelWeights, namesOf } from '../level-codes.ts';
import type { ColumnRecipe } from './column-recipe.ts';

type Counted = Key & { readonly counts: Float64Array };
type State = { readonly counted: readonly Counted[] };

/** How many rows each level of a category has among those that were learned from, each by its weight. */
export const counts: ColumnRecipe<State> = {
  fit({ declaration, table, weights }) {
    const counted = categoryKeys(declaration).flatMap((key): Counted[] => {
      const counts = levelWeights(codesOf(key, table), levelsOf(key), weights);
      // Of one or two levels it says no more than the level.
      return new Set(counts.filter((count) => count > 0)).size > 2 ? [{ ...key, counts }] : [];
    });
    return counted.length === 0 ? null : { counted };
  },

  apply: ({ counted }, table) =>
    counted.map(({ counts, ...key }) => ({
      name: `${keyName(key)}: rows`,
      from: namesOf(key),
      values: Float64Array.from(codesOf(key, table), (code) => counts[code] as number),
    })),
};
