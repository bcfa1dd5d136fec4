import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** A whole number from 0 to below `n`, at most 2³². */
  below(n: number): number;
  /** A number from 0 to below 1. */
  uniform(): number;
}

const WORDS = 2 ** 32;
const SIGN = 1 << 31;

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return {
    // What `uniformInt` of pure-rand gives, in integers of 32 bits: a remainder of doubles takes ten times as long.
    below(n) {
      let word = (generator.next() ^ SIGN) >>> 0;
      // Words past the last multiple of n would make the first numbers likelier.
      if (word >= WORDS - n) {
        const limit = WORDS - (WORDS % n);
        while (word >= limit) word = (generator.next() ^ SIGN) >>> 0;
      }
      return n === WORDS ? word : word % (n >>> 0);
    },
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
export function permutation(n: number, random: Pick<Random, 'below'>): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  return order;
}
