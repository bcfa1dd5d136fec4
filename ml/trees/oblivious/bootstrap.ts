import type { RandomStream } from './random-stream.ts';

/** How the rows of a round are weighted when the splits of its tree are chosen. */
export type Bootstrap =
  | { readonly type: 'No' }
  /** Weights of the exponential distribution, to the power of the temperature. */
  | { readonly type: 'Bayesian'; readonly temperature: number }
  /** Each row with the same probability. */
  | { readonly type: 'Bernoulli'; readonly rate: number }
  /** A row of a large gradient more likely than another, and weighted by the inverse of its probability. */
  | { readonly type: 'MVS'; readonly rate: number };

/** MVS samples blocks of this many rows each by itself. */
const BLOCK = 8192;

/**
 * Sets the weight of each row for one round; 0 leaves it out.
 *
 * @param lastValues the leaves of the last tree, none in the first round: how much a gradient counts beside them
 */
export function drawWeights(
  weights: Float64Array,
  gradients: Float64Array,
  bootstrap: Bootstrap,
  lastValues: Float64Array | undefined,
  random: RandomStream,
): void {
  switch (bootstrap.type) {
    case 'No':
      weights.fill(1);
      break;
    case 'Bayesian':
      for (let i = 0; i < weights.length; i++)
        weights[i] = (-Math.log(random.uniform() + 1e-100)) ** bootstrap.temperature;
      break;
    case 'Bernoulli':
      for (let i = 0; i < weights.length; i++) weights[i] = random.uniform() < bootstrap.rate ? 1 : 0;
      break;
    case 'MVS': {
      if (bootstrap.rate >= 1) {
        weights.fill(1);
        break;
      }
      const regularizer = meanMagnitude(lastValues ?? gradients) ** 2;
      for (let from = 0; from < weights.length; from += BLOCK) {
        const to = Math.min(from + BLOCK, weights.length);
        drawByVariance(weights.subarray(from, to), gradients.subarray(from, to), regularizer, bootstrap.rate, random);
      }
    }
  }
}

function meanMagnitude(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]!);
  return sum / values.length;
}

/**
 * Minimal variance sampling: a row of gradient g is taken with the probability min(1, √(g² + λ) ÷ μ), and then weighted
 * by its inverse; μ is such that a given part of the rows is taken on average.
 *
 * Source: Ibragimov and Gusev 2019, arXiv:1910.13204, as in CatBoost 1.2.
 */
function drawByVariance(
  weights: Float64Array,
  gradients: Float64Array,
  regularizer: number,
  rate: number,
  random: RandomStream,
): void {
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i]!;
    weights[i] = Math.sqrt(gradient * gradient + regularizer);
  }
  const threshold = thresholdFor(weights, rate * weights.length);
  for (let i = 0; i < weights.length; i++) {
    const probability = Math.min(1, weights[i]! / threshold);
    weights[i] = random.uniform() < probability ? 1 / probability : 0;
  }
}

/**
 * The μ at which Σ min(1, size ÷ μ) is the sample's. The sum is concave in 1 ÷ μ, so Newton's steps from μ = ∞ never
 * pass the solution, and reach it once they know which sizes exceed it.
 */
function thresholdFor(sizes: Float64Array, sample: number): number {
  let threshold = Infinity;
  for (let large = -1; ; ) {
    let sumOfSmall = 0;
    let largeNow = 0;
    for (let i = 0; i < sizes.length; i++) {
      const size = sizes[i]!;
      const isLarge = size >= threshold;
      sumOfSmall += isLarge ? 0 : size;
      largeNow += isLarge ? 1 : 0;
    }
    if (largeNow === large) return threshold;
    large = largeNow;
    threshold = sumOfSmall / (sample - large);
  }
}
