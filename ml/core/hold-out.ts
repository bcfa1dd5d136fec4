import { permutation, type Random } from './random.ts';

/** Numbers of rows, each ascending: those to learn from, and those held out. */
export interface Split {
  readonly learned: Uint32Array;
  readonly held: Uint32Array;
}

/** Holds out `count` of the rows: random ones, or, without `random`, the last. */
export function holdOut(rows: number, count: number, random?: Random): Split {
  const order = random ? permutation(rows, random) : Uint32Array.from({ length: rows }, (_, i) => rows - 1 - i);
  return { learned: order.slice(count).sort(), held: order.slice(0, count).sort() };
}
