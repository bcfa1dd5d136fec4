import { createRandom, sampleInOrder } from '../core/random.ts';
import type { Fold } from '../data/folds.ts';

/** On fewer rows a score says little of a candidate. */
const LEAST_HELD = 2000;

/** So many of some rows, drawn at random, in their order; all where there are no more. The same ones whoever asks. */
export function drawRows(rows: Uint32Array, count: number, seed: number): Uint32Array {
  if (count >= rows.length) return rows;
  return sampleInOrder(rows.length, count, createRandom(seed)).map((i) => rows[i] as number);
}

/** A part of a fold: so many of the rows that it learns from, and about as many of those that it holds. */
export function drawFold({ learned, held }: Fold, rows: number, seed: number): Fold {
  return { learned: drawRows(learned, rows, seed), held: drawRows(held, heldBeside(rows), seed) };
}

/** How many rows are held at most beside so many that are learned from. */
export const heldBeside = (rows: number): number => Math.max(rows, LEAST_HELD);
