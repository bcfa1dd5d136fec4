import type { Comparison } from './evidence.ts';
import { gainOf, isClear } from './judge.ts';
import type { Option, Trial } from './option.ts';

/** Beyond so many standard errors a difference is no chance. */
const CLEAR = 2;

/** The ensemble that is worth it, or the best candidate. */
export function winnerOf(best: Option, trials: readonly Trial[], comparison: Comparison): Option {
  const saving = trials.filter(({ saved, leastSaved }) => saved >= leastSaved);
  const blend = saving.find(({ option, gain }) => option.kind === 'blend' && gain && gain.mean >= 0);
  const stack = saving.find(({ option, gain }) => option.kind === 'stack' && isClear(gain, CLEAR));
  const isBetter = stack && (!blend || isClear(gainOf(comparison, stack.option.scores, blend.option.scores), CLEAR));
  return (isBetter ? stack : blend)?.option ?? best;
}
