import type { Declaration } from '../data/declaration.ts';
import { columnOf, type Table, takeRows } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';
import { LOG_TARGET } from './log-target.ts';
import { makeFeatures } from './preprocess.ts';
import type { Recipe } from './recipe.ts';
import { columnRecipeNames } from './recipes/index.ts';
import { someRows } from './screening/sample.ts';

/** Rows that are looked at, and where time is short. */
const ROWS = 50_000;
const FEW_ROWS = 8000;
/** Of the folds of recipes, which decide nothing here but what is found where it hardly matters. */
const SEED = 0;

/**
 * The sets of recipes that are worth a trial: of those that make something of the training rows. The most promising come first.
 * Whether one pays is for cross-validation to say.
 *
 * @param table the training rows
 * @param isHurried whether time is short
 */
export function proposeFeatures(declaration: Declaration, table: Table, isHurried = false): Recipe[][] {
  const some = takeRows(table, someRows(table.rows, isHurried ? FEW_ROWS : ROWS));
  const make = (recipe: string) => makeFeatures({ declaration, table: some, features: [{ recipe }], seed: SEED });
  const made = columnRecipeNames.filter((recipe) => make(recipe).recipes.length > 0);
  const isNumber = classCountOf(declaration) === 0;
  const isSkewed = isNumber && make(LOG_TARGET).target !== null && !isConcentrated(columnOf(some, declaration.target));
  const ofTarget = isSkewed ? [LOG_TARGET] : [];
  // All together first: one trial looks at everything. Logarithms of columns are no news to trees.
  const all = made.filter((recipe) => recipe !== 'log_columns');
  const isByLevel = (recipe: string) => recipe === 'target_encoding' || recipe === 'counts';
  const byLevel = made.filter(isByLevel);
  const others = made.filter((recipe) => !isByLevel(recipe)).map((recipe) => [recipe]);
  const sets = [all, ofTarget, byLevel, ...others, [...ofTarget, ...made]];
  const distinct = new Map(sets.filter((names) => names.length > 0).map((names) => [names.join(), names]));
  return [...distinct.values()].map((names) => names.map((recipe) => ({ recipe })));
}

/** Whether a third of the rows or more have the smallest target: many zeros are far from all others in a logarithm. */
function isConcentrated(targets: Float64Array): boolean {
  const smallest = targets.reduce((least, value) => Math.min(least, value), Infinity);
  return targets.filter((value) => value === smallest).length >= targets.length / 3;
}
