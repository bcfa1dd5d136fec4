import { growthOf } from '../../../estimators/index.ts';
import { proposeLook } from '../proposals.ts';
import { allFolds, type Outcome, type Proposal } from '../strategy.ts';
import { firstFolds, type Part, proposeFull, record, shareDone } from './accounts.ts';
import { costOf } from './cost.ts';
import type { Family } from './family.ts';
import { type AutoSetting, meanOf, resultsOf } from './setting.ts';

/** Seconds of openers from which models are first looked at on few rows. */
const WORTH_SCREENING = 4;
/** How many rows a model is looked at with before it is worth all. */
export const FEW_ROWS = 3000;
/** Models that lie behind the best by more than this share of what it is better than the worst are not worth all rows. */
const FAR_BEHIND = 0.08;
/** A model whose opener takes less than this share of all openers is tried whatever it did on few rows. */
const CHEAP = 0.04;
/** Of the others so many are opened before all else, those that did best on few rows; the rest has its turn where it is worth it. */
const OPENED = 2;
/** Of the time that is left a cheap model takes no more than this share, and all looks together. */
const SHORT = 0.03;
const LOOKS = 0.15;
/** A model need not be hurried that takes no more than this share of it. */
const UNHURRIED = 0.25;
/** Steps that are no smaller than so much of those that a model was tried in already bring nothing. */
const SAME_STEPS = 0.7;

/** What each model's opener came to on few rows, where all are many. */
export type Screened = ReadonlyMap<Family, Outcome>;

/** Whether rows are so many that a look at few of them saves time. */
export const hasManyRows = ({ size }: AutoSetting): boolean => size.rows > 2 * FEW_ROWS;

/**
 * Looks at each model on few rows, where all are many, and gives up the costly ones that lie far behind. Cheap ones are tried on
 * all of them before, so that there is something, whenever the search has to end.
 */
export function* screen(families: readonly Family[], setting: AutoSetting): Part<Screened> {
  const { objective, given, folds, time } = setting;
  const total = families.reduce((sum, family) => sum + costOfFamily(family, setting), 0);
  if (total < WORTH_SCREENING || !hasManyRows(setting)) return new Map();
  const sorted = families.toSorted((a, b) => costOfFamily(a, setting) - costOfFamily(b, setting));
  const glances = sorted.map(({ opener }) => proposeLook(opener, firstFolds(folds), given, FEW_ROWS));
  const secondsOfLooks = time ? glances.reduce((sum, glance) => sum + time.secondsOf(glance), 0) : 0;
  if (time && secondsOfLooks > LOOKS * time.secondsLeft()) return new Map();
  const isCheap = (family: Family) => costOfFamily(family, setting) < CHEAP * total && isShort(family, setting);
  const cheap = sorted.filter((family, i) => !family.isOpened && (isCheap(family) || (i === 0 && !time)));
  const whole = cheap.map((family) => proposeFull(family.open(), allFolds(folds), setting));
  const tried = yield { proposals: [...whole, ...glances], done: 0 };
  cheap.forEach((family, i) => {
    record(family, tried[i], setting);
  });
  const outcomes = tried.slice(whole.length);
  const scores = outcomes.map((outcome) => meanOf(outcome, objective) ?? -Infinity);
  const finite = scores.filter(Number.isFinite);
  const [best, worst] = [Math.max(...finite), Math.min(...finite)];
  sorted.forEach((family, i) => {
    family.behind = (best - (scores[i] as number)) / (best - worst || 1);
    const isFar = !(family.behind <= FAR_BEHIND);
    if (isFar && !isCheap(family)) family.isOver = true;
  });
  return new Map(
    sorted.flatMap((family, i) => {
      const outcome = outcomes[i];
      return outcome && resultsOf(outcome) ? [[family, outcome] as const] : [];
    }),
  );
}

/**
 * Tries openers in every fold: all where that is quick, the cheap ones at once; else the cheap ones and, of the others, those that
 * did best on few rows. Where time is short those come first that stop by themselves.
 */
export function* open(families: readonly Family[], setting: AutoSetting): Part {
  const { folds, time } = setting;
  const cost = (family: Family) => costOfFamily(family, setting);
  const sorted = families
    .filter((family) => !family.isOver && !family.isOpened && !isAsItWas(family, setting))
    .sort((a, b) => cost(a) - cost(b));
  const total = sorted.reduce((sum, family) => sum + cost(family), 0);
  const isCheap = (family: Family) => total < WORTH_SCREENING || cost(family) < CHEAP * total;
  const cheap = sorted.filter((family) => isCheap(family) && isShort(family, setting));
  const others = sorted.filter((family) => !cheap.includes(family));
  const isScreened = others.some(({ behind }) => behind > 0);
  const next = isScreened
    ? others.toSorted((a, b) => a.behind - b.behind).slice(0, OPENED)
    : time
      ? others.toSorted((a, b) => Number(stops(b)) - Number(stops(a)))
      : others;
  for (const batch of [cheap, next].filter(({ length }) => length > 0)) {
    const proposals = batch.map((family) => proposeFull(family.open(), allFolds(folds), setting));
    const outcomes = yield { proposals, done: shareDone(families, setting) };
    batch.forEach((family, i) => {
      record(family, outcomes[i], setting);
    });
    yield* openAgain(
      batch.filter((_, i) => wasHurried(proposals[i] as Proposal, outcomes[i])),
      setting,
    );
  }
}

/** Opens models as they should be whose speed was not known, and which were hurried more than they have to be. */
function* openAgain(hurried: readonly Family[], setting: AutoSetting): Part {
  const { time, folds } = setting;
  for (const family of hurried) {
    const proposal = proposeFull(family.opener, allFolds(folds), setting);
    if (!time || time.secondsOf(proposal) > UNHURRIED * time.secondsLeft()) continue;
    const [outcome] = yield { proposals: [proposal], done: 0 };
    record(family, outcome, setting);
  }
}

/** Whether a model that was begun in a hurry would be opened in about the same steps once more. */
function isAsItWas({ best, opener, features }: Family, setting: AutoSetting): boolean {
  const { time, folds } = setting;
  const [rate, begun] = [opener.params.learning_rate, best?.asFitted.params.learning_rate];
  if (!time || features.length > 0 || typeof rate !== 'number' || typeof begun !== 'number') return false;
  const share = time.secondsOf(proposeFull(opener, allFolds(folds), setting)) / time.secondsLeft();
  return (rate * share) / UNHURRIED >= SAME_STEPS * begun;
}

const wasHurried = (proposal: Proposal, outcome: Outcome | undefined): boolean =>
  outcome !== undefined && rateOf(outcome.proposal) !== rateOf(proposal);

const rateOf = ({ fit }: Proposal) => fit.fitted.params.learning_rate;

const costOfFamily = ({ opener }: Family, { folds, size }: AutoSetting): number => folds * costOf(opener, size);

/** Whether the opener of a model takes hardly any of the time that is left. */
function isShort({ opener }: Family, setting: AutoSetting): boolean {
  const { time, folds } = setting;
  if (!time) return true;
  return time.secondsOf(proposeFull(opener, allFolds(folds), setting)) < SHORT * time.secondsLeft();
}

const stops = ({ model }: Family): boolean => growthOf(model)?.patience !== undefined;
