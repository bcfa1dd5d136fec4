import { Derived } from '../../core/derived.ts';
import { drawRows } from '../../core/draw-rows.ts';
import { copyColumn, copyRows, type Matrix } from '../../core/matrix.ts';
import { momentsOf } from '../../core/moments.ts';
import { createRandom } from '../../core/random.ts';
import type { LabelledRows, Training } from '../estimator.ts';
import type { ParamValues } from '../params.ts';
import { compareRows, type Kernel, kernelOf, type kernelParams } from './kernel.ts';
import { chooseLandmarks, type Landmarks } from './landmarks.ts';

type KernelTraining = LabelledRows &
  Pick<Training, 'seed' | 'signal' | 'classes'> & { readonly params: ParamValues<typeof kernelParams> };

/** What rows become for a linear model that is one of a kernel. */
export interface KernelFeatures {
  readonly kernel: Kernel;
  readonly landmarks: Landmarks;
  /** The rows that are learned from, by their numbers; undefined where those are all. */
  readonly rows: Uint32Array | undefined;
  /** rows × landmarks: the inner products of two rows say how alike they are, as far as the landmarks know. */
  readonly features: Matrix;
}

/** Of more rows so many, drawn at random, are learned from: a function of some hundred landmarks needs no more. */
export const MOST_KERNEL_ROWS = 50_000;
/** Landmarks are chosen among so many of those. */
const MOST_CANDIDATES = 3000;
const ROWS_AT_A_TIME = 64;

// Fits that are tried with other penalties have the same.
const known = new Derived<Matrix, KernelFeatures>();

/**
 * The features of training rows.
 *
 * Source: Williams and Seeger 2000, Using the Nyström method to speed up kernel machines; scikit-learn 1.9, `Nystroem`, whose features
 * are these but for a rotation.
 */
export function kernelFeatures(training: KernelTraining): KernelFeatures {
  const { x, y, weights, classes, seed, params } = training;
  const { kernel, length_scale, n_components } = params;
  const strata = classes !== undefined && x.rows > MOST_KERNEL_ROWS ? y : undefined;
  const by = [weights, strata, seed, kernel === 'rbf', length_scale, n_components];
  return known.of(x, by, () => makeFeatures(training, strata));
}

function makeFeatures(
  { x, weights, seed, signal, params }: KernelTraining,
  strata: Float64Array | undefined,
): KernelFeatures {
  const all = Uint32Array.from({ length: x.rows }, (_, row) => row);
  const counted = weights ? all.filter((row) => weights[row] !== 0) : all;
  const rows = drawRows(counted, MOST_KERNEL_ROWS, { seed, strata: strata && (() => strata) });
  const learned = rows.length === x.rows && !x.reader ? x : copyRows(x, rows);
  const deviations = deviationsOf(learned, weights && pick(weights, rows));
  const kernel = kernelOf(params.kernel, params.length_scale, deviations);
  const candidates = drawRows(all.subarray(0, rows.length), Math.max(MOST_CANDIDATES, params.n_components), { seed });
  const landmarks = chooseLandmarks(kernel, candidates.length < rows.length ? copyRows(learned, candidates) : learned, {
    most: params.n_components,
    random: createRandom(seed),
    signal,
  });
  const features =
    candidates.length < rows.length ? featuresOf(learned, kernel, landmarks, signal) : landmarks.features;
  return { kernel, landmarks, rows: rows.length === x.rows ? undefined : rows, features };
}

function featuresOf(x: Matrix, kernel: Kernel, landmarks: Landmarks, signal: AbortSignal | undefined): Matrix {
  const { count, factor } = landmarks;
  const data = new Float64Array(x.rows * count);
  for (let first = 0; first < x.rows; first += ROWS_AT_A_TIME) {
    signal?.throwIfAborted();
    const rows = Math.min(ROWS_AT_A_TIME, x.rows - first);
    const own = data.subarray(first * count, (first + rows) * count);
    compareRows(kernel, x, { at: first * x.columns, rows }, landmarks, own);
    for (let i = 0; i < rows; i++) solveForward(factor, own.subarray(i * count, (i + 1) * count));
  }
  return { rows: x.rows, columns: count, data };
}

/** The standard deviation of each column. */
function deviationsOf(x: Matrix, weights: Float64Array | undefined): Float64Array {
  const column = new Float64Array(x.rows);
  return Float64Array.from({ length: x.columns }, (_, j) => momentsOf(copyColumn(x, j, column), weights).deviation);
}

const pick = (values: Float64Array, rows: Uint32Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);

/** The training rows of a linear model of these features. */
export function learnedRows({ rows, features }: KernelFeatures, { y, weights }: LabelledRows): LabelledRows {
  return rows
    ? { x: features, y: pick(y, rows), weights: weights && pick(weights, rows) }
    : { x: features, y, weights };
}

/** The coefficients of how alike rows are to landmarks, of those of features: solves factorᵀ · z = coefficients. */
export function ofComparisons({ count, factor }: Landmarks, coefficients: ArrayLike<number>): Float64Array {
  const solution = Float64Array.from(coefficients);
  for (let i = count - 1; i >= 0; i--) {
    solution[i]! /= factor[i * count + i]!;
    for (let k = 0; k < i; k++) solution[k]! -= factor[i * count + k]! * solution[i]!;
  }
  return solution;
}

/** Solves factor · z = values, in place. */
function solveForward(factor: Float64Array, values: Float64Array): void {
  const count = values.length;
  for (let i = 0; i < count; i++) {
    let rest = values[i]!;
    const start = i * count;
    for (let k = 0; k < i; k++) rest -= factor[start + k]! * values[k]!;
    values[i] = rest / factor[start + i]!;
  }
}
