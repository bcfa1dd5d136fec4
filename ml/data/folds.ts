import type { Split } from '../core/hold-out.ts';
import { createRandom, permutation } from '../core/random.ts';

/** One of several splits of the same rows. */
export type Fold = Split;

/** Parts `rows` rows at random into `k` sets whose sizes differ by one at most; each is held once, and the others are learned. */
export function makeFolds(rows: number, k: number, seed: number): Fold[] {
  const order = permutation(rows, createRandom(seed));
  return Array.from({ length: k }, (_, fold) => {
    const held = order.filter((_, i) => i % k === fold).sort();
    return { held, learned: others(rows, held) };
  });
}

/** The rows that are not among `held`, ascending. */
function others(rows: number, held: Uint32Array): Uint32Array {
  const isHeld = new Uint8Array(rows);
  for (const row of held) isHeld[row] = 1;
  return Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => isHeld[i] === 0);
}
