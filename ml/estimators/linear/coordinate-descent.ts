import type { Random } from '../../core/random.ts';
import type { Gram } from './gram.ts';

/** What counts beside the squared error. */
export interface Penalty {
  /** Of the sum of absolute coefficients. */
  readonly l1: number;
  /** Of half the sum of their squares. */
  readonly l2: number;
  /** Whether no coefficient may be below 0. */
  readonly positive: boolean;
}

/** How far the descent goes, and in what order. */
export interface Descent {
  readonly maxSweeps: number;
  /** The duality gap that is small enough, as a share of ‖y‖²; and the largest relative step of a sweep that is. */
  readonly tolerance: number;
  /** Draws the next coordinate; null takes one after the other. */
  readonly random: Random | null;
  /** Called where the sweeps have run out, with the gap that is left, as a share of ‖y‖². */
  readonly onUnconverged?: (gap: number) => void;
}

/**
 * The coefficients w that minimise ½‖y − Xw‖² + l1 · ‖w‖₁ + ½ · l2 · ‖w‖², from the Gram matrix of X and y alone.
 *
 * It takes scikit-learn's steps and stops where scikit-learn does, so that its coefficients are the same even where a
 * large tolerance leaves them far from the best.
 *
 * Sources: Friedman, Hastie and Tibshirani 2010, Journal of Statistical Software 33(1), section 2; scikit-learn 1.9,
 * `ElasticNet`.
 */
export function coordinateDescent(gram: Gram, penalty: Penalty, descent: Descent): Float64Array {
  const problem = new ElasticNetProblem(gram, penalty);
  for (let sweeps = 0; ; ) {
    const gap = problem.dualityGap();
    if (gap <= descent.tolerance * problem.targetSquares) return problem.coefficients;
    if (sweeps === descent.maxSweeps) {
      descent.onUnconverged?.(gap / problem.targetSquares);
      return problem.coefficients;
    }
    problem.screen(gap);
    // The gap is looked at only where steps have become small, or there are no more.
    let step: number;
    do {
      step = problem.sweep(descent.random);
      sweeps += 1;
    } while (step > descent.tolerance && sweeps < descent.maxSweeps);
  }
}

class ElasticNetProblem {
  /** w. */
  readonly coefficients: Float64Array;
  /** ‖y‖². */
  readonly targetSquares: number;
  readonly #gram: Gram;
  readonly #penalty: Penalty;
  /** XᵀXw, kept up to date. */
  readonly #fitted: Float64Array;
  /** Xᵀ(y − Xw) − l2 · w: the slope of the smooth part, downwards, when the gap was last computed. */
  readonly #slope: Float64Array;
  /** The columns that may be other than 0. */
  #active: Uint32Array;

  constructor(gram: Gram, penalty: Penalty) {
    const { columns, products, stride } = gram;
    this.#gram = gram;
    this.#penalty = penalty;
    this.coefficients = new Float64Array(columns);
    this.targetSquares = products[columns * stride + columns]!;
    this.#fitted = new Float64Array(columns);
    this.#slope = new Float64Array(columns);
    // Neither a constant nor a column whose squares overflow gets a coefficient: what it is divided by is 0, or infinite.
    const mayMove = (squares: number) => squares > 0 && squares < Infinity;
    this.#active = Uint32Array.from({ length: columns }, (_, j) => j).filter((j) => mayMove(products[j * stride + j]!));
  }

  /**
   * Sets as many coordinates as are active to their best given the others (section 2.1 of Friedman et al.).
   *
   * @returns the largest step, as a share of the largest coefficient; 0 where all are 0.
   */
  sweep(random: Random | null): number {
    const { columns, products, stride } = this.#gram;
    const { l1, l2, positive } = this.#penalty;
    const [w, fitted, active] = [this.coefficients, this.#fitted, this.#active];
    let largestStep = 0;
    let largest = 0;
    for (let turn = 0; turn < active.length; turn++) {
      const j = active[random ? random.below(active.length) : turn]!;
      const row = j * stride;
      const squares = products[row + j]!;
      const before = w[j]!;
      const pull = products[row + columns]! - fitted[j]! + before * squares;
      // Soft thresholding.
      const size = positive && pull < 0 ? 0 : Math.max(Math.abs(pull) - l1, 0) / (squares + l2);
      const after = pull < 0 ? -size : size;
      if (after !== before) {
        w[j] = after;
        const step = after - before;
        for (let k = 0; k < columns; k++) fitted[k]! += step * products[row + k]!;
        largestStep = Math.max(largestStep, Math.abs(step));
      }
      largest = Math.max(largest, size);
    }
    return largest === 0 ? 0 : largestStep / largest;
  }

  /**
   * How far the objective may be above its minimum, at most. Without an l1 penalty it is the gap to another dual, and
   * without any penalty, where there is none, the squared length of the slope.
   *
   * Sources: Fercoq, Gramfort and Salmon 2015, arXiv:1505.03410; Dünner et al. 2016, arXiv:1602.05205, 5.2.3.
   */
  dualityGap(): number {
    const { columns, products, stride } = this.#gram;
    const { l1, l2 } = this.#penalty;
    const [w, fitted, slope] = [this.coefficients, this.#fitted, this.#slope];
    let absolute = 0;
    let squares = 0;
    let explained = 0;
    let fittedSquares = 0;
    let slopeSquares = 0;
    for (let j = 0; j < columns; j++) {
      const value = w[j]!;
      const product = products[j * stride + columns]!;
      absolute += Math.abs(value);
      squares += value * value;
      explained += value * product;
      fittedSquares += value * fitted[j]!;
      slope[j] = product - fitted[j]! - (l1 > 0 ? l2 * value : 0);
      slopeSquares += slope[j]! * slope[j]!;
    }
    const residualSquares = this.targetSquares + fittedSquares - 2 * explained;
    const residualTarget = this.targetSquares - explained;
    if (l1 === 0 && l2 === 0) return slopeSquares;
    if (l1 === 0) return residualSquares + (l2 / 2) * squares - residualTarget + slopeSquares / (2 * l2);
    const extended = residualSquares + l2 * squares;
    // The residual, shrunk until no column's slope is above l1, is feasible in the dual.
    const shrunk = l1 / this.#steepest();
    return extended / 2 + l1 * absolute + (shrunk * shrunk * extended) / 2 - shrunk * residualTarget;
  }

  /**
   * Leaves out columns whose coefficients must be 0 at the minimum, given the gap. It saves time, and changes what the
   * sweeps come to: so it is done where scikit-learn does it.
   *
   * Source: Ndiaye et al. 2017, arXiv:1611.05780 (gap safe rules).
   */
  screen(gap: number): void {
    const { columns, products, stride } = this.#gram;
    const { l1, l2 } = this.#penalty;
    if (l1 === 0) return;
    const steepest = this.#steepest();
    // Rounding may leave a gap of 0 a little below it.
    const radius = Math.sqrt(2 * Math.abs(gap)) / l1;
    this.#active = this.#active.filter((j) => {
      const distance = (1 - Math.abs(this.#slope[j]! / steepest)) / Math.sqrt(products[j * stride + j]! + l2);
      if (distance <= radius) return true;
      const dropped = this.coefficients[j]!;
      this.coefficients[j] = 0;
      for (let k = 0; k < columns; k++) this.#fitted[k]! -= dropped * products[j * stride + k]!;
      return false;
    });
  }

  /** The largest slope, or l1 if none is above it; without negative coefficients no slope towards them counts. */
  #steepest(): number {
    const { l1, positive } = this.#penalty;
    return this.#slope.reduce((most, value) => Math.max(most, positive ? value : Math.abs(value)), l1);
  }
}
