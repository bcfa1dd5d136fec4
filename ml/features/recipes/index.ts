import { ParamError } from '../../core/errors.ts';
import type { PlainData } from '../../core/plain-data.ts';
import { LOG_TARGET } from '../log-target.ts';
import type { ColumnRecipe } from './column-recipe.ts';
import { counts } from './counts.ts';
import { dateParts } from './date-parts.ts';
import { groupAggregates } from './group-aggregates.ts';
import { levelOrder } from './level-order.ts';
import { logColumns } from './log-columns.ts';
import { pairs } from './pairs.ts';
import { targetEncoding } from './target-encoding.ts';

/** Every recipe of columns by the name that candidates and releases use. A new one is a file and a line. */
const registry: ReadonlyMap<string, ColumnRecipe> = new Map([
  entry('target_encoding', targetEncoding),
  entry('counts', counts),
  entry('level_order', levelOrder),
  entry('group_aggregates', groupAggregates),
  entry('pairs', pairs),
  entry('log_columns', logColumns),
  entry('date_parts', dateParts),
]);

/** Each knows the type of its own state; who goes by name does not. */
function entry<S extends PlainData>(name: string, recipe: ColumnRecipe<S>): [string, ColumnRecipe] {
  // What comes here was fitted by this very recipe: a release says which one that is.
  const own = (state: PlainData) => state as S;
  const { applyToLearned } = recipe;
  return [
    name,
    {
      fit: (rows) => recipe.fit(rows),
      apply: (state, table) => recipe.apply(own(state), table),
      ...(applyToLearned && { applyToLearned: (state: PlainData, rows) => applyToLearned(own(state), rows) }),
    },
  ];
}

export const columnRecipeNames: readonly string[] = [...registry.keys()];

/**
 * The recipe of columns with this name.
 *
 * @throws ParamError if there is none.
 */
export function columnRecipeNamed(name: string): ColumnRecipe {
  const recipe = registry.get(name);
  if (recipe) return recipe;
  throw new ParamError(
    `there is no recipe ${JSON.stringify(name)}; there are: ${[...columnRecipeNames, LOG_TARGET].join(', ')}`,
  );
}
