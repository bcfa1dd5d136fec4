import { isBetter } from '../metric.ts';
import type { Preference } from '../preferences.ts';
import { compareComplexity } from './complexity.ts';
import type { Comparison } from './evidence.ts';
import { gainOf, isClear } from './judge.ts';
import type { Option } from './option.ts';

/**
 * The simplest or fastest of the options that the best one does not clearly beat: its gain over them is within a standard error.
 * Of several that are equally simple or fast, that which scores best.
 *
 * Source: the one-standard-error rule; Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees, 3.4.3.
 */
export function preferred(
  options: readonly Option[],
  best: Option,
  preference: Exclude<Preference, 'accurate'>,
  comparison: Comparison,
): Option {
  const asGood = options.filter((option) => {
    if (option === best) return true;
    const gain = gainOf(comparison, best.scores, option.scores);
    return gain !== undefined && !isClear(gain);
  });
  const order = preference === 'simple' ? bySimplicity : bySpeed;
  return asGood.reduce((chosen, option) => {
    const difference = order(option, chosen);
    if (difference !== 0) return difference < 0 ? option : chosen;
    return isBetter(comparison.metric, meanScore(option.scores), meanScore(chosen.scores)) ? option : chosen;
  });
}

const bySimplicity = (a: Option, b: Option) => compareComplexity(a.complexity, b.complexity);
const bySpeed = (a: Option, b: Option) => a.predictSeconds - b.predictSeconds;

/** The mean over those folds that have a score. */
export function meanScore(scores: readonly (number | undefined)[]): number {
  const known = scores.filter((score) => score !== undefined);
  return known.reduce((sum, score) => sum + score, 0) / known.length;
}
