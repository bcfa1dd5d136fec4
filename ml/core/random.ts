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
  const words = new WordStream(seed);
  return {
    // What `uniformInt` of pure-rand gives. Quotients of so few bits are exact where it matters, and take a tenth of a remainder.
    below(n) {
      let word = (words.next() ^ SIGN) >>> 0;
      // Words past the last multiple of n would make the first numbers likelier.
      if (word >= WORDS - n) {
        const limit = WORDS - (WORDS % n);
        while (word >= limit) word = (words.next() ^ SIGN) >>> 0;
      }
      return word - Math.floor(word / n) * n;
    },
    // What `uniformFloat64` gives: 26 bits, and 27 below.
    uniform() {
      const high = words.next() & 0x3ffffff;
      return high * 2 ** -26 + (words.next() & 0x7ffffff) * 2 ** -53;
    },
  };
}

/** How many words are drawn ahead. */
const AHEAD = 64;

/**
 * The words of pure-rand's generator, many drawn at once: between them its state stays in registers.
 *
 * Source: Blackman and Vigna 2018, xoroshiro128+, in halves of 32 bits.
 */
class WordStream {
  readonly #ahead = new Int32Array(AHEAD);
  #next = AHEAD;
  readonly #state: Int32Array;

  constructor(seed: number) {
    this.#state = Int32Array.from(xoroshiro128plus(seed).getState());
  }

  next(): number {
    if (this.#next === AHEAD) this.#draw();
    return this.#ahead[this.#next++] as number;
  }

  #draw(): void {
    const words = this.#ahead;
    let [aHigh = 0, aLow = 0, bHigh = 0, bLow = 0] = this.#state;
    for (let i = 0; i < AHEAD; i++) {
      words[i] = (aLow + bLow) | 0;
      const low = bLow ^ aLow;
      const high = bHigh ^ aHigh;
      const lastLow = aLow;
      aLow = (aLow << 24) ^ (aHigh >>> 8) ^ low ^ (low << 16);
      aHigh = (aHigh << 24) ^ (lastLow >>> 8) ^ high ^ ((high << 16) | (low >>> 16));
      bLow = (high << 5) ^ (low >>> 27);
      bHigh = (low << 5) ^ (high >>> 27);
    }
    this.#state.set([aHigh, aLow, bHigh, bLow]);
    this.#next = 0;
  }
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

/** The numbers from 0 to below `n`, in random order. */
export function permutation(n: number, random: Pick<Random, 'below'>): Uint32Array {
  const order = ascending(n);
  shuffleEnd(order, n, random);
  return order;
}

/**
 * So many of the numbers from 0 to below `n`, drawn without replacement, in random order.
 *
 * @param count at most `n`
 */
export function sample(n: number, count: number, random: Pick<Random, 'below'>): Uint32Array {
  const order = ascending(n);
  shuffleEnd(order, count, random);
  return order.subarray(n - count);
}

/** The same numbers as `sample` draws, ascending. */
export function sampleInOrder(n: number, count: number, random: Pick<Random, 'below'>): Uint32Array {
  return sample(n, count, random).sort();
}

function ascending(n: number): Uint32Array {
  const numbers = new Uint32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** Draws the last `count` numbers among all (Fisher–Yates). */
function shuffleEnd(order: Uint32Array, count: number, random: Pick<Random, 'below'>): void {
  const first = Math.max(1, order.length - count);
  for (let i = order.length - 1; i >= first; i--) {
    const j = random.below(i + 1);
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
}
