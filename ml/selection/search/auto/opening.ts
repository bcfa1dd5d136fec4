import type { FoldResult } from '../../evaluation.ts';
import { propose } from '../proposals.ts';
import { allFolds, firstFolds, type Part, proposeFull, record, shareDone } from './accounts.ts';
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
/** How many of the others are opened at a time. */
const AT_ONCE = 2;

/** What each model's opener came to on few rows, where all are many. */
export type Screened = ReadonlyMap<Family, readonly FoldResult[]>;

/** Looks at each model on few rows, where all are many, and gives up the costly ones that lie far behind. */
export function* screen(families: readonly Family[], setting: AutoSetting): Part<Screened> {
  const { objective, size, given, folds } = setting;
  const costs = families.map(({ opener }) => folds * costOf(opener, size));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  if (total < WORTH_SCREENING || size.rows <= 2 * FEW_ROWS) return new Map();
  const proposals = families.map(({ opener }) => propose(opener, firstFolds(folds), given, { rows: FEW_ROWS }));
  const outcomes = yield { proposals, done: 0 };
  const scores = outcomes.map((outcome) => meanOf(outcome, objective) ?? -Infinity);
  const finite = scores.filter(Number.isFinite);
  const [best, worst] = [Math.max(...finite), Math.min(...finite)];
  families.forEach((family, i) => {
    const isFar = best - (scores[i] as number) > FAR_BEHIND * (best - worst);
    if (isFar && (costs[i] as number) > CHEAP * total) family.isOver = true;
  });
  return new Map(families.map((family, i) => [family, resultsOf(outcomes[i]) ?? []] as const));
}

/** Tries the opener of each model that is left in every fold: the cheap ones at once, then the others, the cheapest first. */
export function* open(families: readonly Family[], setting: AutoSetting): Part {
  const { size, folds } = setting;
  const costs = new Map(families.map((family) => [family, folds * costOf(family.opener, size)]));
  const cost = (family: Family) => costs.get(family) as number;
  const sorted = families.filter(({ isOver }) => !isOver).sort((a, b) => cost(a) - cost(b));
  const total = sorted.reduce((sum, family) => sum + cost(family), 0);
  const cheap = sorted.filter((family) => total < WORTH_SCREENING || cost(family) < CHEAP * total);
  const batches = [cheap];
  for (let at = cheap.length; at < sorted.length; at += AT_ONCE) batches.push(sorted.slice(at, at + AT_ONCE));
  for (const batch of batches.filter(({ length }) => length > 0)) {
    for (const family of batch) family.isNew(family.opener);
    const proposals = batch.map(({ opener }) => proposeFull(opener, allFolds(folds), setting));
    const outcomes = yield { proposals, done: shareDone(families, setting) };
    batch.forEach((family, i) => {
      record(family, proposals[i] as (typeof proposals)[number], outcomes[i], setting);
    });
  }
}
