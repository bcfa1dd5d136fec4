import type { Strategy } from '../strategy.ts';
import { beginQuickly } from './begin-quickly.ts';
import { Family } from './family.ts';
import { improve } from './improve.ts';
import { lookOnAllRows, lookOnFewRows } from './look-at-recipes.ts';
import { hasManyRows, open, screen } from './opening.ts';
import { tryRecipes, tryRecipesQuickly } from './recipes.ts';
import { refine } from './refine.ts';
import type { AutoSetting } from './setting.ts';

/** Of the time for improvements so much is left when the best candidates are refined. */
const LATE = 0.3;

/**
 * The search where nobody says how: it begins with parameters that are known to do well, cheap models first and large data on
 * few rows; finds out which recipes pay, of large data on few rows too and before most models are tried; and then spends where the best
 * score is most cheaply improved. Where time is short, some boosting comes before all else; and before it is over, the best are refined.
 *
 * Source: Wang et al. 2021, FLAML, arXiv:1911.04706; Erickson et al. 2020, AutoGluon, arXiv:2003.06505.
 */
export function* searchAutomatically(setting: AutoSetting): Strategy {
  const families = setting.spaces.map((space) => new Family(space));
  const begun = yield* beginQuickly(families, setting);
  const screened = yield* screen(families, setting);
  const isOnFewRows = screened.size > 0 || (begun !== undefined && hasManyRows(setting));
  const early = isOnFewRows ? yield* lookOnFewRows(families, { begun, screened }, setting) : undefined;
  if (begun && early) yield* tryRecipesQuickly(begun, families, early, setting);
  yield* open(families, setting);
  yield* tryRecipes(families, early ?? (yield* lookOnAllRows(families, setting)), setting);
  const { time } = setting;
  if (!time) return yield* improve(families, setting);
  yield* improve(families, setting, LATE * time.secondsLeft());
  yield* refine(families, setting);
  yield* improve(families, setting);
}
