import { type Declaration, featuresOf } from '../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { categoryKeys, codesOf, discreteKeys, levelsOf, levelWeights, numbersOf } from './level-codes.ts';
import { logShift } from './log-shift.ts';
import { LOG_TARGET } from './log-target.ts';
import type { Recipe } from './recipe.ts';

/** Levels from which a category says more than a 0/1 column or two. */
const LEAST_LEVELS = 3;

/**
 * The sets of recipes that are worth a trial for a table, by the kinds, levels and skewness of its columns alone; the most
 * promising first. Whether one pays is for cross-validation to say.
 *
 * @param table the training rows
 */
export function proposeFeatures(declaration: Declaration, table: Table): Recipe[][] {
  const weights = weightsOf(table, declaration);
  const numbers = numbersOf(declaration);
  const categories = categoryKeys(declaration);
  const keys = [...categories, ...discreteKeys(declaration, table)];
  const isSkewed = (name: string) => logShift(columnOf(table, name), weights) !== null;
  const hasLevels = categories.some((key) => {
    const seen = levelWeights(codesOf(key, table), levelsOf(key), weights).filter((weight) => weight > 0);
    return seen.length >= LEAST_LEVELS;
  });
  const byCategory = hasLevels ? ['target_encoding', 'counts'] : keys.length >= 2 ? ['target_encoding'] : [];
  const ofPairs = numbers.length >= 2 ? ['pairs'] : [];
  const ofGroups = keys.length > 0 && numbers.length > (categories.length > 0 ? 0 : 1) ? ['group_aggregates'] : [];
  const ofTarget = isSkewed(declaration.target) ? [LOG_TARGET] : [];
  const ofColumns = numbers.some(({ name }) => isSkewed(name)) ? ['log_columns'] : [];
  const ofDates = featuresOf(declaration).some(({ kind }) => kind === 'date') ? ['date_parts'] : [];
  const all = [...ofDates, ...byCategory, ...ofPairs, ...ofGroups];
  const sets = [ofTarget, ofDates, byCategory, ofPairs, ofGroups, ofColumns, all, [...ofTarget, ...all, ...ofColumns]];
  const distinct = new Map(sets.filter((names) => names.length > 0).map((names) => [names.join(), names]));
  return [...distinct.values()].map((names) => names.map((recipe) => ({ recipe })));
}
