import { classCountOf, taskKindOf } from '../../data/task-kind.ts';
import { growthOf } from '../../estimators/index.ts';
import type { GivenParams } from '../../estimators/params.ts';
import type { Candidate } from '../candidate.ts';
import { drawTraining } from '../draw-rows.ts';
import type { Plan } from '../plan.ts';
import type { Rows } from '../rows.ts';
import { costOf, sizeOfRows } from './auto/cost.ts';
import { Family } from './auto/family.ts';
import { budgetForAll, modelsForAll, rowsForAll, secondsForAll } from './for-all.ts';
import { Space } from './space.ts';
import { targetScaleOf } from './target-scale.ts';

/**
 * The steps in which models grow first, where time is short. Fewer folds are better than larger ones, and even larger ones better than
 * fewer rows.
 */
const LARGE_STEP = 0.15;
const LARGEST_STEP = 0.3;
/** The share of a budget in which the first candidates of the best models should be through. */
const SHARE = 0.45;
/** The same where rows are drawn for it: of those there may be few, and nothing is lost if it takes longer than was thought. */
const SHARE_OF_DRAWN = 0.3;
/** How many of the models that stop early are waited for: the quickest. */
const WAITED_FOR = 2;
const FEWEST_FOLDS = 2;
/** Rows that are drawn at least; of many classes fewer, since each is learned, and of no more than these. */
const FEWEST_ROWS = 5000;
const FEWEST_BY_CLASSES = 60_000;
const FEWEST_OF_ALL = 2000;

/** Where candidates are tried on some of the rows, so many tell them apart. */
const MOST_TRIED = 300_000;
/** So many times as many rows are worth a fit of their own, beside those of the folds that there are. */
const WORTH_ANOTHER_FIT = 1.5;

interface Limits {
  readonly seconds: number;
  /** How many fits there are at a time. */
  readonly workers: number;
  readonly seed: number;
}

/**
 * What of a plan and its rows a budget has time for. Of very many rows candidates are tried on some, drawn at random (`triedRows`). Where
 * even the first ones could not be tried in all folds, they are tried in fewer of them; and where there is no time for two, on fewer rows.
 * The chosen model then learns from all rows, or from as many as there is time and memory for: those are the training rows.
 */
export function reduceToBudget(
  asked: Plan,
  rows: Rows,
  { seconds, workers, seed }: Limits,
): { readonly plan: Plan; readonly rows: Rows } {
  if (asked.search !== 'auto') return { plan: asked, rows };
  const { train } = rows;
  const most = train.rows > WORTH_ANOTHER_FIT * MOST_TRIED ? MOST_TRIED : train.rows;
  const models = most < train.rows ? modelsWithin(asked, rows, { seconds, workers, seed }) : asked.models;
  const plan = { ...asked, models };
  const leftOut = asked.models.filter((model) => !models.includes(model));
  const allowed = (most < train.rows ? SHARE_OF_DRAWN : SHARE) * seconds;
  const each = (secondsOfOpeners(plan, rows, LARGE_STEP) * most) / train.rows;
  for (let folds = plan.folds; folds >= FEWEST_FOLDS; folds--) {
    if (Math.ceil(folds / workers) * each > allowed) continue;
    if (most < train.rows) return onSome(plan, rows, { folds, tried: most, leftOut }, { seconds, workers, seed });
    return folds === plan.folds ? { plan, rows } : { plan: { ...plan, reduced: { folds } }, rows };
  }
  const folds = Math.min(plan.folds, FEWEST_FOLDS);
  const share = (SHARE_OF_DRAWN * seconds) / (Math.ceil(folds / workers) * secondsOfOpeners(plan, rows, LARGEST_STEP));
  const byClasses = FEWEST_BY_CLASSES / Math.max(1, classCountOf(rows.declaration));
  const fewest = Math.max(FEWEST_OF_ALL, Math.min(FEWEST_ROWS, Math.floor(byClasses)));
  const tried = Math.min(most, Math.max(fewest, Math.floor(share * train.rows)));
  if (tried === train.rows) return { plan: { ...plan, reduced: { folds } }, rows };
  return onSome(plan, rows, { folds, tried, leftOut }, { seconds, workers, seed });
}

/** The models of a plan that can learn from as many rows as there is time for. */
function modelsWithin(plan: Plan, rows: Rows, { seconds, workers }: Limits): string[] {
  const { train, declaration } = rows;
  const share = Math.min(1, secondsForAll(seconds, workers) / costForAll(plan, rows));
  return modelsForAll(plan.models, Math.floor(share * train.rows), declaration);
}

/** What it takes the chosen model to learn from all rows, about. */
const costForAll = (plan: Plan, rows: Rows): number => secondsOfOpeners(plan, rows, LARGEST_STEP) / WAITED_FOR;

/** The budget in which it does, in seconds. */
export const secondsToLearnFromAll = (plan: Plan, rows: Rows, workers: number): number =>
  budgetForAll(costForAll(plan, rows), workers);

/** The plan to try candidates in some folds of some rows, and to learn from as many as there is time and memory for. */
function onSome(
  plan: Plan,
  rows: Rows,
  { folds, tried, leftOut }: { readonly folds: number; readonly tried: number; readonly leftOut: readonly string[] },
  { seconds, workers, seed }: Limits,
): { readonly plan: Plan; readonly rows: Rows } {
  const { train, declaration } = rows;
  const forAll = secondsForAll(seconds, workers);
  const inTime = rowsForAll(rows.train.rows, {
    cost: costForAll(plan, rows),
    forAll,
    declaration,
    models: plan.models,
  });
  const learned = inTime < WORTH_ANOTHER_FIT * tried ? tried : inTime;
  return {
    plan: {
      ...plan,
      reduced: {
        folds,
        rows: tried,
        of: train.rows,
        learned,
        forAll,
        ...(leftOut.length > 0 && { leftOut: [...leftOut] }),
      },
    },
    rows: { ...rows, train: drawTraining(rows, learned, seed) },
  };
}

/** What the first candidates that are waited for take in one fold, about. @param step of those that grow, at least */
export function secondsOfOpeners({ models, given, folds }: Plan, { declaration, train }: Rows, step = 0): number {
  const held = Math.floor(train.rows / folds);
  const size = sizeOfRows(declaration, train.rows - held, held);
  const scale = targetScaleOf(declaration, train);
  const stopping = models.filter((model) => growthOf(model)?.patience !== undefined);
  const costs = (stopping.length > 0 ? stopping : models).map((model) => {
    const { opener } = new Family(
      new Space(taskKindOf(declaration), model, (given as GivenParams)[model] ?? {}, scale),
    );
    return costOf(inSteps(opener, step, Object.keys(given[model] ?? {})), size);
  });
  return costs
    .sort((a, b) => a - b)
    .slice(0, WAITED_FOR)
    .reduce((sum, cost) => sum + cost, 0);
}

/** A candidate in steps of a size at least, where it grows in steps and they are not fixed. */
export function inSteps({ model, params, ...rest }: Candidate, step: number, fixed: readonly string[]): Candidate {
  const { learning_rate: rate } = params;
  const isFree =
    typeof rate === 'number' && growthOf(model)?.patience !== undefined && !fixed.includes('learning_rate');
  return { ...rest, model, params: isFree ? { ...params, learning_rate: Math.max(rate, step) } : params };
}
