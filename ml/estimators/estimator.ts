import type { Matrix } from '../core/matrix.ts';
import type { PlainData } from '../core/plain-data.ts';
import type { Encoding } from '../features/preprocess.ts';
import type { ParamSpecs, ParamValues } from './params.ts';

/** What a fit may use and tell, and its result does not depend on. */
export interface FitOptions {
  /** How many threads to use at most. @default 1 */
  readonly threads?: number;
  /** Called as a model grows: `done` of `total` rounds (trees, mostly). Early stopping may end it before the last. */
  readonly onRound?: ((done: number, total: number) => void) | undefined;
  /** Called with a sentence where a fit is less than was asked for, and what to do about it. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * A way to learn a number from numbers. What `fit` returns is plain data; there is no unfitted
 * object, and nothing that has to be restored after reading it back.
 */
export interface Regressor<P extends ParamSpecs = ParamSpecs, S extends PlainData = PlainData> {
  /** What people read. */
  readonly title: string;
  /** Every parameter: its default, range and meaning. The one place that says so. */
  readonly params: P;
  /**
   * Checks what parameters, each in its range, mean together.
   *
   * @throws ParamError where some do not go together
   */
  checkParams?(params: ParamValues<P>): void;
  /** How records become the rows that it takes. */
  readonly encoding: Encoding;
  /**
   * Learns from `x` (rows × columns, at least one row) and `y` (one target a row), and changes
   * neither. The same arguments give the same bytes, whatever the options. Every number of the result is finite.
   *
   * @throws DataError where nothing can be learned from these rows
   */
  fit(x: Matrix, y: Float64Array, params: ParamValues<P>, seed: number, options?: FitOptions): S;
  /** One prediction for each row of `x`, which has the columns of `fit`. The caller owns the result. */
  predict(state: S, x: Matrix): Float64Array;
}
