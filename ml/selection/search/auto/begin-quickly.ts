import { complexityOf, growthOf } from '../../../estimators/index.ts';
import { allFolds } from '../strategy.ts';
import { type Part, proposeFull, record } from './accounts.ts';
import type { Family } from './family.ts';
import type { AutoSetting } from './setting.ts';

/** There is no hurry where the quickest boosting takes no more than this share of the time. */
const HURRY = 0.12;
/** A model that takes less than this share of the time comes before it. */
const AT_ONCE = 0.01;
/** The quickest model that looks at columns comes before it if it takes less than this share: linear regression, of many 0/1 columns. */
const FIRST = 0.1;

/**
 * Where time is short, tries the quickest of the models that stop growing by themselves, after those that take no time: in as large
 * steps as it takes, so that there is a model of use, whenever the search has to end.
 *
 * @returns the model that was begun; undefined where there is no hurry
 */
export function* beginQuickly(families: readonly Family[], setting: AutoSetting): Part<Family | undefined> {
  const { time, folds } = setting;
  if (!time) return undefined;
  const all = allFolds(folds);
  const secondsOf = ({ opener }: Family) => time.secondsOf(proposeFull(opener, all, setting));
  const [quickest] = families
    .filter(({ model }) => growthOf(model)?.patience !== undefined)
    .sort((a, b) => secondsOf(a) - secondsOf(b));
  const left = time.secondsLeft();
  if (!quickest || secondsOf(quickest) <= HURRY * left) return undefined;
  const [first] = families.filter(({ model }) => complexityOf(model) > 0).sort((a, b) => secondsOf(a) - secondsOf(b));
  const isBefore = (family: Family) => secondsOf(family) < (family === first ? FIRST : AT_ONCE) * left;
  const begun = [...families.filter((family) => family !== quickest && isBefore(family)), quickest];
  for (const family of begun) if (family !== quickest) family.open();
  const outcomes = yield { proposals: begun.map(({ opener }) => proposeFull(opener, all, setting)), done: 0 };
  begun.forEach((family, i) => {
    record(family, outcomes[i], setting);
  });
  return quickest.best ? quickest : undefined;
}
