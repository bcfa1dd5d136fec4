import type { RandomStream } from '../../../core/random-stream.ts';
import type { Arena } from '../../arena.ts';
import { blocksOf, type Engine, type RowBlock } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { PerOutput } from '../losses/loss.ts';

/** How the rows of a round are weighted when the splits of its tree are chosen. */
export type Bootstrap =
  | { readonly type: 'No' }
  /** Weights of the exponential distribution, to the power of the temperature. */
  | { readonly type: 'Bayesian'; readonly temperature: number }
  /** Each row with the same probability. */
  | { readonly type: 'Bernoulli'; readonly rate: number }
  /** A row of a large gradient more likely than others, and weighted the less. */
  | { readonly type: 'MVS'; readonly rate: number };

/** Sets the sampling weight of each row for one round; 0 leaves it out. `lastValues` are the leaves of the last tree, leaves × outputs. */
export type Sampler = (
  weights: Float64Array,
  gradients: PerOutput,
  lastValues: Float64Array | undefined,
  random: RandomStream,
) => void;

export function samplerOf(bootstrap: Bootstrap, rows: number, { arena, queue }: Engine): Sampler {
  if (bootstrap.type === 'No' || (bootstrap.type === 'MVS' && bootstrap.rate >= 1))
    return (weights) => {
      weights.fill(1);
    };
  if (bootstrap.type === 'MVS') {
    const sampler = new MinimalVarianceSampler(bootstrap.rate, rows, arena, queue);
    return (weights, gradients, lastValues, random) => sampler.draw(weights, gradients, lastValues, random);
  }
  const weigh =
    bootstrap.type === 'Bernoulli'
      ? (uniform: number) => (uniform < bootstrap.rate ? 1 : 0)
      : (uniform: number) => (-Math.log(uniform + 1e-100)) ** bootstrap.temperature;
  return (weights, _gradients, _lastValues, random) => {
    random.fill(weights, weights.length);
    for (let i = 0; i < weights.length; i++) weights[i] = weigh(weights[i]!);
  };
}

/**
 * Minimal variance sampling: a row of gradient g is taken with the probability min(1, √(|g|² + λ) ÷ μ), and then weighted
 * by its inverse; μ is such that a given part of the rows is taken on average. Rows are sampled in blocks, each by itself.
 *
 * Source: Ibragimov and Gusev 2019, arXiv:1910.13204, as in CatBoost 1.2.
 */
export class MinimalVarianceSampler {
  readonly #arena: Arena;
  readonly #queue: TaskQueue;
  /** λ, the part of the rows that is taken, and the seed. */
  readonly #settings: Float64Array;
  readonly #seed: Uint32Array;
  readonly #blocks: readonly (RowBlock & { readonly threshold: Float64Array })[];
  /** Of gradients that are vectors, how long each is; the kernel's. */
  #lengths: Float64Array | undefined;

  constructor(rate: number, rows: number, arena: Arena, queue: TaskQueue) {
    this.#arena = arena;
    this.#queue = queue;
    this.#settings = arena.float64(3);
    this.#settings[1] = rate;
    this.#seed = new Uint32Array(this.#settings.buffer, this.#settings.byteOffset + 16, 2);
    this.#blocks = blocksOf(rows).map((block) => ({ ...block, threshold: arena.float64(1).fill(Infinity) }));
  }

  /**
   * Sets the sampling weight of each row; 0 leaves it out.
   *
   * @param sampling the kernel's, as are the gradients
   * @param lastValues the leaves of the last tree, none in the first round: √λ is their mean magnitude, or the gradients'
   */
  draw(sampling: Float64Array, gradients: PerOutput, lastValues: Float64Array | undefined, random: RandomStream): void {
    const sizes = this.#sizesOf(gradients);
    this.#settings[0] = (lastValues ? meanLength(lastValues, gradients.length) : meanLength(sizes, 1)) ** 2;
    this.#seed.set([random.below(2 ** 32), random.below(2 ** 32)]);
    const [settings, from, to] = [this.#settings.byteOffset, sizes.byteOffset, sampling.byteOffset];
    for (const { first, end, threshold } of this.#blocks)
      this.#queue.add(Kind.draw, first, end, from, settings, to, threshold.byteOffset);
    this.#queue.finish();
  }

  /** Numbers whose magnitudes are those of the gradients. */
  #sizesOf(gradients: PerOutput): Float64Array {
    const [first, ...others] = gradients;
    if (others.length === 0) return first!;
    this.#lengths ??= this.#arena.float64(first!.length);
    const lengths = this.#lengths;
    for (let row = 0; row < lengths.length; row++) {
      let squares = 0;
      for (const own of gradients) squares += own[row]! ** 2;
      lengths[row] = Math.sqrt(squares);
    }
    return lengths;
  }
}

/** The mean length of vectors, one after another. */
function meanLength(values: Float64Array, size: number): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += size) {
    let squares = 0;
    for (let k = at; k < at + size; k++) squares += values[k]! ** 2;
    sum += size === 1 ? Math.abs(values[at]!) : Math.sqrt(squares);
  }
  return sum / (values.length / size);
}
