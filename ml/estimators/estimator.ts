import type { Matrix } from '../core/matrix.ts';
import type { PlainData } from '../core/plain-data.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Relations } from '../core/relations.ts';
import type { TaskKind } from '../data/task-kind.ts';
import type { Encoding } from '../features/column-encoding.ts';
import type { Contributions } from './contributions.ts';
import type { ParamSpecs, ParamValues } from './params.ts';

/** Rows, and what they should come to; no row is to be told of those of its group, or of later ones. */
export interface LabelledRows extends Relations {
  /** rows × columns, at least one row. Fits of the same matrix share what follows from it alone. */
  readonly x: Matrix;
  /** One target a row: a number, or the index of a class. */
  readonly y: Float64Array;
  /**
   * How much each row counts: finite, at least 0, not all 0. A row of weight 2 counts as the row twice.
   *
   * @default 1 each
   */
  readonly weights?: Float64Array | undefined;
}

/** All that a fit is given. It changes none of it. */
export interface Training<P extends ParamSpecs = ParamSpecs> extends LabelledRows {
  /**
   * Rows by which early stopping and `use_best_model` choose the number of trees; they are not learned from.
   *
   * @default a share of x, by the parameters that say which; none where those ask for none
   */
  readonly validation?: LabelledRows | undefined;
  /**
   * Of a classifier: how many classes there are, at least 2; targets are whole numbers from 0 to below it.
   *
   * @default targets are numbers
   */
  readonly classes?: number | undefined;
  readonly params: ParamValues<P>;
  /** What random numbers derive from: a whole number. */
  readonly seed: number;
  /** How many threads to use at most; the result is the same for any number. @default 1 */
  readonly threads?: number;
  /** Looked at after each round. */
  readonly signal?: AbortSignal | undefined;
  /** Called as a model grows: `done` of `total` rounds (trees, mostly). Early stopping may end it before the last. */
  readonly onRound?: ((done: number, total: number) => void) | undefined;
  /** Called with a sentence where a fit is less than was asked for, and what to do about it. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * A way to learn from rows of numbers. What `fit` returns is plain data; there is no unfitted object, and nothing that
 * has to be restored after reading it back.
 */
export interface Estimator<P extends ParamSpecs = ParamSpecs, S extends PlainData = PlainData> {
  /** What people read. */
  readonly title: string;
  /** What it learns: numbers, or classes, of which it predicts the probabilities. */
  readonly tasks: readonly TaskKind[];
  /** Every parameter: its default, range and meaning. The one place that says so. */
  readonly params: P;
  /** How records become the rows that it takes. */
  readonly encoding: Encoding;
  /** Whether `fit` reads a matrix in blocks of rows or by column alone, so that its numbers need not lie in memory together. @default false */
  readonly inBlocks?: boolean;
  /** Whether it rounds the numbers of rows to float32 before all else, so that they may be kept as such. @default false */
  readonly areSingle?: boolean;
  /** How many rows its engine has room for, of so many columns and outputs. @default any number */
  mostRows?(columns: number, outputs: number): number;
  /** Whether rows may have weights. */
  readonly weighted: boolean;
  /**
   * Whether by these parameters a fit draws rows, columns or noise, so that a mean of fits of the same rows, each of a seed of its own, is
   * better than one of them.
   *
   * @default it does not, or is such a mean already
   */
  isRandom?(params: ParamValues<P>): boolean;
  /**
   * Checks what parameters, each in its range, mean together.
   *
   * @param hasValidation whether a fit is to be given validation rows
   * @throws ParamError where some do not go together
   */
  checkParams?(params: ParamValues<P>, hasValidation: boolean): void;
  /**
   * Learns from rows. The same rows, parameters and seed give the same bytes. Every number of the result is finite.
   *
   * @throws DataError where nothing can be learned from these rows
   * @throws the signal's reason once it is aborted
   */
  fit(training: Training<P>): S;
  /**
   * Predicts each row of `x`, which has the columns of `fit`. The caller owns the result.
   *
   * @param threads the most that may be used; the predictions are the same for any number. @default 1
   */
  predict(state: S, x: Matrix, threads?: number): Predictions;
  /** How many training rows each row is compared with as it is predicted. @default none */
  comparedRows?(state: S): number;
  /**
   * What each column of `x` adds to the predictions of its rows, where the family has an exact way to say so.
   *
   * @param threads the most that may be used. @default 1
   * @returns null where the state lacks what it takes, as those of releases made before 0.5.0 do
   */
  contributions?(state: S, x: Matrix, threads?: number): Contributions | null;
  /** Of an ensemble that grows round by round: what fewer rounds give. */
  readonly staged?: Staged<P, S>;
}

/** One fit answers for every smaller ensemble. */
export interface Staged<P extends ParamSpecs, S extends PlainData> {
  /** How many rounds a state has: fewer than were asked for, where growing stopped before. */
  count(state: S): number;
  /** The parameter that says how many rounds there are. */
  readonly rounds: keyof P & string;
  /** The parameter that says after how many rounds without gain on validation rows growing stops, where there is one. */
  readonly patience?: keyof P & string;
  /**
   * Whether of two candidates that differ in the number of rounds alone the longer fit begins as the shorter one: not
   * where another parameter's default depends on that number.
   *
   * @default always
   */
  sharesFit?(params: ParamValues<P>, other: ParamValues<P>): boolean;
  /**
   * The parameters of a fit that has fewer rounds than that of `params` and is its beginning.
   *
   * @param classes how many there are; undefined where targets are numbers
   * @returns null where there are none @default those with that number
   */
  shortened?(params: ParamValues<P>, rounds: number, classes: number | undefined): ParamValues<P> | null;
  /**
   * The predictions of the first so many rounds, for each number in `rounds` (ascending); past the last round, of all.
   * They are those of a fit with so many rounds, bit by bit, where that shares the fit.
   */
  predict(state: S, x: Matrix, rounds: readonly number[]): Predictions[];
}
