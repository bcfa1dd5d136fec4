// How long a fit takes, by what is known before it: seconds of one core that is as quick as any. Only their ratios matter, and
// those are the same on every machine, so that what a search does next never hangs on a clock.

import { type Declaration, featuresOf } from '../../../data/declaration.ts';
import { kindOf } from '../../../data/kinds/index.ts';
import { classCountOf } from '../../../data/task-kind.ts';
import { growthOf } from '../../../estimators/index.ts';
import { MOST_KERNEL_ROWS } from '../../../estimators/kernel-methods/kernel-features.ts';
import { MOST_LEVELS } from '../../../features/column-encoding.ts';
import type { Candidate } from '../../candidate.ts';
import { heldBeside } from '../../draw-rows.ts';
import type { FitContext } from '../../fit-job.ts';
import { roundsOf } from '../../shared-fit.ts';

/** What a fit learns from, and what it predicts then. */
export interface Size {
  /** Rows that are learned from, and that the fold holds. */
  readonly rows: number;
  readonly held: number;
  /** How many numeric columns there are. */
  readonly numbers: number;
  /** Of each category the number of its levels. */
  readonly levels: readonly number[];
  /** How many classes there are; 0 of numbers. */
  readonly classes: number;
}

/** What a fold learns from. @param rows at most so many. @default all */
export function sizeOf({ folds, declaration }: FitContext, rows = Infinity): Size {
  const learned = Math.min(...folds.map(({ learned }) => learned.length));
  const held = Math.min(...folds.map(({ held }) => held.length));
  return sizeOfRows(declaration, Math.min(rows, learned), Math.min(heldBeside(rows), held));
}

/** What so many rows of a declaration are. */
export function sizeOfRows(declaration: Declaration, rows: number, held: number): Size {
  const features = featuresOf(declaration);
  const levels = features.flatMap((column) => kindOf(column).levels?.length ?? []);
  return {
    rows,
    held,
    numbers: features.length - levels.length,
    levels,
    classes: classCountOf(declaration),
  };
}

/** For how many outputs trees are boosted: one for a number and for two classes, else one a class. */
const outputsOf = ({ classes }: Size): number => (classes > 2 ? classes : 1);

/** Beyond this trees are rarely deeper, whatever they may be. */
const DEEPEST = 14;
/** How many rounds suit a learning rate of 1, where growing stops early. */
const ROUNDS_BY_RATE = 30;
/** Trees of classes count each of them: how many times as long it takes. */
const COUNTED = 4;
/** How many columns a recipe makes, about. */
const COLUMNS_OF_RECIPE = 6;
/** The seconds that a recipe takes about, for each declared column: of a row by which is found what to make, and of any row. */
const SEARCHED_ROW = 7e-7;
const MADE_ROW = 6e-8;
/** Of more rows some are searched. */
const MOST_SEARCHED = 10_000;

type Numbers = Readonly<Record<string, unknown>>;

const number = (params: Numbers, name: string, otherwise: number): number => {
  const value = params[name];
  return typeof value === 'number' ? value : otherwise;
};

/** Of columns, of which a share may be given, a count, or how many it is of all. */
function share(params: Numbers, name: string, columns = 1): number {
  if (params[name] === 'sqrt') return 1 / Math.sqrt(Math.max(1, columns));
  return Math.min(1, number(params, name, 1));
}

const depthOf = (params: Numbers, rows: number): number =>
  Math.min(number(params, 'max_depth', DEEPEST), Math.max(1, Math.log2(rows)), DEEPEST);

/** 0/1 columns, all of them. */
const wide = ({ numbers, levels }: Size): number =>
  numbers + levels.reduce((sum, count) => sum + Math.min(count, MOST_LEVELS + 1), 0);

/** 0/1 columns as trees count them: rows are looked at where they are 1, and few are in most levels. */
const sparse = ({ numbers, levels }: Size): number =>
  numbers + levels.reduce((sum, count) => sum + Math.min(count, MOST_LEVELS + 1, 4 + count / 8), 0);

/** The seconds of one round; of what does not grow in rounds, of the fit and its predictions. */
const perRound: Readonly<Record<string, (size: Size, params: Numbers) => number>> = {
  mean: ({ rows }) => rows * 1e-9,
  class_shares: ({ rows }) => rows * 1e-9,
  logistic: (size) => 2e-3 + size.rows * wide(size) * outputsOf(size) * 2e-7,
  ridge: ridgeSeconds,
  knn: (size) => 1e-4 + size.rows * size.held * wide(size) * 7e-10,
  kernel_ridge: (size, params) => kernelSeconds(ofKernels(size), params),
  kernel_logistic: (all, params) => {
    const size = ofKernels(all);
    return kernelSeconds(size, params) + size.rows * landmarksOf(size, params) * outputsOf(size) * 4e-8;
  },
  decision_tree: (size, params) =>
    counted(size) * (3e-3 + size.rows * sparse(size) * depthOf(params, size.rows) * 7e-9),
  random_forest: (size, params) => {
    const columns = sparse(size) * share(params, 'max_features', wide(size));
    return 2e-4 + size.rows * columns * depthOf(params, size.rows) * 4.5e-9;
  },
  extra_trees: (size, params) => {
    const columns = sparse(size) * share(params, 'max_features', wide(size));
    return 2e-4 + size.rows * columns * depthOf(params, size.rows) * 4.5e-9;
  },
  adaboost: (size, params) => counted(size) * (2e-4 + size.rows * sparse(size) * depthOf(params, size.rows) * 1.3e-9),
  gradient_boosting: (size, params) => {
    const drawn = share(params, 'max_features') * share(params, 'subsample');
    const rows = size.rows * sparse(size) * drawn * depthOf(params, size.rows) * 3.5e-9;
    return outputsOf(size) * (1e-4 + rows + likelihoods(size));
  },
  xgboost: (size, params) => {
    const depth = depthOf(params, size.rows);
    const columns = sparse(size) * share(params, 'colsample_bytree');
    const rows = size.rows * columns * depth * share(params, 'subsample') * 1e-9;
    return outputsOf(size) * (2e-4 + rows + likelihoods(size) + nodesOf(size, depth) * columns * 2e-7);
  },
  catboost: (size, params) => {
    const depth = number(params, 'depth', 6);
    const encoded = size.levels.filter((count) => count > number(params, 'one_hot_max_size', 2)).length;
    const combined = Math.min(number(params, 'max_ctr_complexity', 4), encoded);
    const columns = size.numbers + size.levels.length;
    // A tree of several classes has all of their leaves.
    const rowsAndLevels = (size.rows * depth * (1 + outputsOf(size))) / 2;
    return (
      (size.classes > 0 ? 2.5 : 1) *
      (3e-4 +
        rowsAndLevels * columns * 1e-9 +
        outputsOf(size) * likelihoods(size) +
        rowsAndLevels * (2 ** combined - 1) * 5e-9 +
        nodesOf(size, depth) * columns * 2e-7)
    );
  },
};

/** Probabilities and their gradients: of each row and class. */
const likelihoods = ({ rows, classes }: Size): number => (classes > 0 ? rows * 6e-8 : 0);

const counted = ({ classes }: Size): number => (classes > 0 ? COUNTED : 1);

/**
 * Of 0/1 columns products are summed where they are 1, and looked for in all of them; the system of all columns is solved once, by as many
 * pivots as there are columns, or rows.
 */
function linearSeconds(size: Size): number {
  const [all, filled] = [wide(size), size.numbers + size.levels.length];
  const perRow = filled * (filled + 10) * 2e-10 + (all - filled) * 8e-9;
  return 2e-4 + size.rows * perRow + Math.min(size.rows, all) * all ** 2 * 5e-10;
}

/** Where columns are more than rows, the products of rows are solved in place of those of columns. */
function ridgeSeconds(size: Size): number {
  const { rows } = size;
  const all = wide(size);
  return all > rows ? 2e-4 + rows * all * (rows + 10) * 1e-9 : linearSeconds(size);
}

const ofKernels = (size: Size): Size => ({ ...size, rows: Math.min(size.rows, MOST_KERNEL_ROWS) });
/** How many rows a kernel compares others with. */
const landmarksOf = ({ rows }: Size, params: Numbers): number => Math.min(rows, number(params, 'n_components', 300));

/** Of each row its comparison with every landmark, and what that comes to beside those with the landmarks before it. */
function kernelSeconds(size: Size, params: Numbers): number {
  const landmarks = landmarksOf(size, params);
  const compared = (wide(size) + 10) * 1e-9;
  return 1e-3 + landmarks * (size.rows * (compared + landmarks * 7e-10) + size.held * compared);
}

const nodesOf = ({ rows }: Size, depth: number) => Math.min(2 ** depth, rows / 4);

/**
 * The cost of one fit.
 *
 * @param rounds how many it came to. @default what is to be expected
 */
export function costOf(candidate: Candidate, size: Size, rounds?: number): number {
  const { model, params, features = [] } = candidate;
  const made = { ...size, numbers: size.numbers + COLUMNS_OF_RECIPE * features.length };
  const fit = (perRound[model] ?? linearSeconds)(made, params) * (rounds ?? expectedRounds(candidate, size));
  return features.length * makingSeconds(size) + fit;
}

/** What it takes a recipe to find and make its columns. */
function makingSeconds({ rows, numbers, levels }: Size): number {
  return (numbers + levels.length) * (Math.min(rows, MOST_SEARCHED) * SEARCHED_ROW + rows * MADE_ROW);
}

/** How many rounds a candidate is to be expected to come to. */
export function expectedRounds(candidate: Candidate, _size: Size): number {
  const { learning_rate: rate } = candidate.params;
  const stops = growthOf(candidate.model)?.patience !== undefined;
  return stops && typeof rate === 'number' ? Math.ceil(ROUNDS_BY_RATE / rate) : (roundsOf(candidate) ?? 1);
}
