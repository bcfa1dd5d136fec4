import { Arena } from '../arena.ts';
import { obliviousKernelOver } from './kernel/kernel.ts';
import type { RandomStream } from './random-stream.ts';

/** Rows are sampled in blocks of this many, each by itself. */
const BLOCK = 8192;

/** Into how many classes sizes are sorted on the way to the threshold. */
const CLASSES = 1024;

/**
 * Minimal variance sampling: a row of gradient g is taken with the probability min(1, √(g² + λ) ÷ μ), and then weighted
 * by its inverse; μ is such that a given part of the rows is taken on average.
 *
 * Source: Ibragimov and Gusev 2019, arXiv:1910.13204, as in CatBoost 1.2.
 */
export class MinimalVarianceSampler {
  readonly #rate: number;
  readonly #arena = new Arena();
  readonly #kernel = obliviousKernelOver(this.#arena.memory);
  /** Of a block of rows; the kernel's. */
  readonly #gradients = this.#arena.float64(BLOCK);
  readonly #sizes = this.#arena.float64(BLOCK);
  readonly #uniform = this.#arena.float64(BLOCK);
  readonly #weights = this.#arena.float64(BLOCK);
  readonly #counts = new Uint32Array(CLASSES);
  readonly #sums = new Float64Array(CLASSES);

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** @param lastValues the leaves of the last tree, none in the first round: √λ is their mean magnitude, or the gradients' */
  draw(
    weights: Float64Array,
    gradients: Float64Array,
    lastValues: Float64Array | undefined,
    random: RandomStream,
  ): void {
    const lambda = meanMagnitude(lastValues ?? gradients) ** 2;
    const [ours, sizes, uniform, drawn] = [this.#gradients, this.#sizes, this.#uniform, this.#weights];
    for (let from = 0; from < weights.length; from += BLOCK) {
      const rows = Math.min(BLOCK, weights.length - from);
      ours.set(gradients.subarray(from, from + rows));
      // An odd row more is of no size: it is measured, and never looked at.
      ours[rows] = 0;
      const largest = this.#kernel.measure(ours.byteOffset, rows, lambda, sizes.byteOffset);
      const threshold = this.#threshold(rows, largest);
      random.fill(uniform, rows);
      this.#kernel.weigh(sizes.byteOffset, uniform.byteOffset, rows, threshold, drawn.byteOffset);
      weights.set(drawn.subarray(0, rows), from);
    }
  }

  /**
   * The μ at which Σ min(1, size ÷ μ) is the sample's. Classes of equal width say between which two of their borders it
   * lies; within, Newton's steps end at it, since the sum is concave in 1 ÷ μ and linear between any two sizes.
   */
  #threshold(rows: number, largest: number): number {
    const sizes = this.#sizes;
    const counts = this.#counts;
    const sums = this.#sums;
    const sample = this.#rate * rows;
    const scale = (CLASSES - 1) / largest;
    counts.fill(0);
    sums.fill(0);
    for (let i = 0; i < rows; i++) {
      const at = (sizes[i]! * scale) | 0;
      counts[at]! += 1;
      sums[at]! += sizes[i]!;
    }
    let small = 0;
    for (let at = 0; at < CLASSES; at++) small += sums[at]!;
    let large = 0;
    let at = CLASSES - 1;
    for (; at > 0; at--) {
      small -= sums[at]!;
      if (large + counts[at]! + (small * scale) / at >= sample) break;
      large += counts[at]!;
    }
    if (at === 0) small = 0;
    const within: number[] = [];
    for (let i = 0; i < rows; i++) if (((sizes[i]! * scale) | 0) === at) within.push(sizes[i]!);
    return solve(within, small, large, sample);
  }
}

/** The μ at which Σ min(1, size ÷ μ) is the sample's, where the sum of sizes below μ and the number of those above are known. */
function solve(within: readonly number[], small: number, large: number, sample: number): number {
  let threshold = Infinity;
  for (let known = -1; ; ) {
    let sum = small;
    let count = 0;
    for (const size of within) {
      if (size >= threshold) count += 1;
      else sum += size;
    }
    if (count === known) return threshold;
    known = count;
    threshold = sum / (sample - large - count);
  }
}

function meanMagnitude(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]!);
  return sum / values.length;
}
