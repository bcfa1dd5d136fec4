// Where candidates are tried on some of the training rows, the chosen model learns from all of them, or from as many as there is
// time and memory for. By costs and no clock, so that the same training is repeated.

import type { Declaration } from '../../data/declaration.ts';
import { classCountOf, taskKindOf } from '../../data/task-kind.ts';
import { complexityOf, learnsInBlocks, mostRowsOf } from '../../estimators/index.ts';
import { widestRow } from '../../features/column-encoding.ts';
import { MOST_CELLS } from '../../features/encoded-rows.ts';
import type { Candidate } from '../candidate.ts';
import { roundsOf } from '../shared-fit.ts';
import { costOf, sizeOfRows } from './auto/cost.ts';

/** The share of a budget that is kept for it. */
const SHARE = 0.35;
/** What each thread beside the first brings to a fit that has the machine to itself. */
const GAIN_BY_THREAD = 0.7;

/** What is kept of a budget for fits on all rows, in seconds of one core. */
export const secondsForAll = (budgetSeconds: number, threads: number): number =>
  SHARE * budgetSeconds * gainByThreads(threads);

/** How many times as quick as on one core a fit is that has so many. */
export const gainByThreads = (threads: number): number => 1 + GAIN_BY_THREAD * (threads - 1);

/** The seconds of a whole budget in which a fit on all rows would be done. @param cost of that fit */
export const budgetForAll = (cost: number, threads: number): number => cost / secondsForAll(1, threads);

/** How many rows there is memory for where all of their numbers lie in it. */
const rowsInMemory = (declaration: Declaration): number =>
  Math.floor(MOST_CELLS / widestRow(declaration, { categories: 'one-hot' }));

/**
 * Those of some models that can learn from all of so many rows: where there is no memory for all of their numbers, those that read
 * them in blocks; all models where none does.
 */
export function modelsForAll(models: readonly string[], rows: number, declaration: Declaration): string[] {
  if (rows <= rowsInMemory(declaration)) return [...models];
  const inBlocks = models.filter((model) => learnsInBlocks(model, taskKindOf(declaration)));
  // Beside the baseline, which reads nothing.
  return inBlocks.some((model) => complexityOf(model) > 0) ? inBlocks : [...models];
}

/**
 * How many of the training rows one fit can learn from in time, and in memory.
 *
 * @param cost of a fit on all of them
 */
export function rowsForAll(rows: number, { cost, forAll, declaration, models }: RowsForAll): number {
  const task = taskKindOf(declaration);
  const columns = widestRow(declaration, { categories: 'one-hot' });
  const outputs = task === 'multiclass' ? classCountOf(declaration) : 1;
  const inTime = Math.floor(Math.min(rows, (rows * forAll) / cost));
  const inEngines = Math.min(inTime, ...models.map((model) => mostRowsOf(model, task, columns, outputs)));
  const areInBlocks = models.every((model) => learnsInBlocks(model, task));
  return areInBlocks ? inEngines : Math.min(inEngines, rowsInMemory(declaration));
}

interface ForAll {
  readonly forAll: number;
  readonly declaration: Declaration;
}

interface RowsForAll extends ForAll {
  readonly cost: number;
  /** Those that are tried. */
  readonly models: readonly string[];
}

/**
 * How many members of a model there is time for to learn from all rows, one at least: the first ones, which count most. The fits of the
 * others in the folds stand as they are.
 */
export function membersForAll(
  members: readonly Candidate[],
  { rows, forAll, declaration }: ForAll & { readonly rows: number },
): number {
  const size = sizeOfRows(declaration, rows, 0);
  let left = forAll;
  const tooMany = members.findIndex((member, place) => {
    left -= costOf(member, size, roundsOf(member));
    return place > 0 && left < 0;
  });
  return tooMany === -1 ? members.length : tooMany;
}
