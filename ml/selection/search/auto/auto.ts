import type { Strategy } from '../strategy.ts';
import { beginQuickly } from './begin-quickly.ts';
import { Family } from './family.ts';
import { improve } from './improve.ts';
import { open, screen } from './opening.ts';
import { tryRecipes } from './recipes.ts';
import { refine } from './refine.ts';
import type { AutoSetting } from './setting.ts';

/** Of the time for improvements so much is left when the best candidates are refined. */
const LATE = 0.3;

/**
 * The search where nobody says how: it begins with parameters that are known to do well, cheap models first and large data on
 * few rows; finds out which recipes pay; and then spends where the best score is most cheaply improved. Where time is short, some
 * boosting comes before all else; and before it is over, the best are refined.
 *
 * Source: Wang et al. 2021, FLAML, arXiv:1911.04706; Erickson et al. 2020, AutoGluon, arXiv:2003.06505.
 */
export function* searchAutomatically(setting: AutoSetting): Strategy {
  const families = setting.spaces.map((space) => new Family(space));
  yield* beginQuickly(families, setting);
  const few = yield* screen(families, setting);
  yield* open(families, setting);
  yield* tryRecipes(families, few, setting);
  const { time } = setting;
  if (!time) return yield* improve(families, setting);
  yield* improve(families, setting, LATE * time.secondsLeft());
  yield* refine(families, setting);
  yield* improve(families, setting);
}
