import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  /** A number from 0 to below 1. */
  uniform(): number;
}

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return {
    below: (n) => uniformInt(generator, 0, n - 1),
    uniform: () => uniformFloat64(generator),
  };
}

/** The numbers from 0 to below `n`, in random order (Fisher–Yates). */
export function permutation(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  return order;
}
