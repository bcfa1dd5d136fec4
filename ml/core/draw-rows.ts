import { createRandom, permutation, sampleInOrder } from './random.ts';
import { takeInStrata } from './strata.ts';

/** By what rows are drawn: the same ones whoever asks. */
export interface Drawing {
  readonly seed: number;
  /** The class of each row: as large a share of each is drawn as there is, and one row where there is room. @default rows are alike */
  readonly strata?: (() => Float64Array | undefined) | undefined;
}

/** So many of some rows, drawn at random, in their order; all where there are no more. */
export function drawRows(rows: Uint32Array, count: number, { seed, strata }: Drawing): Uint32Array {
  if (count >= rows.length) return rows;
  const random = createRandom(seed);
  const classes = strata?.();
  if (!classes) return sampleInOrder(rows.length, count, random).map((i) => rows[i] as number);
  const order = permutation(rows.length, random).map((i) => rows[i] as number);
  const limits = (size: number, strata: number) => ({ fewest: Number(strata <= count), most: size });
  return takeInStrata(order, count, classes, limits).taken.sort();
}
