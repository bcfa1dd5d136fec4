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

/**
 * A seed far from those beside it. The first numbers of a stream are close to those of the next seed's stream, which matters
 * where a few draws decide, as on few rows.
 *
 * Source: Appleby 2011, MurmurHash3 (`fmix32`).
 */
export function scrambled(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
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
