import type { RandomStream } from '../../../core/random-stream.ts';
import type { Engine } from '../kernel/engine.ts';
import { MinimalVarianceSampler } from './mvs.ts';

/** How the rows of a round are weighted when the splits of its tree are chosen. */
export type Bootstrap =
  | { readonly type: 'No' }
  /** Weights of the exponential distribution, to the power of the temperature. */
  | { readonly type: 'Bayesian'; readonly temperature: number }
  /** Each row with the same probability. */
  | { readonly type: 'Bernoulli'; readonly rate: number }
  /** A row of a large gradient more likely than others, and weighted the less. */
  | { readonly type: 'MVS'; readonly rate: number };

/** Sets the sampling weight of each row for one round; 0 leaves it out. `lastValues` are the leaves of the last tree. */
export type Sampler = (
  weights: Float64Array,
  gradients: Float64Array,
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
