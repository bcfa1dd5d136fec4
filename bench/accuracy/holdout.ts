// Which rows of a table are held out, and what they say of a prediction that knows nothing of them.

import { createRandom, permutation } from '../../ml/core/random.ts';

export const HOLDOUT_SHARE = 0.25;
export const HOLDOUT_SEED = 2026;

/** A quarter of the rows (rounded up), the same each time; ascending. */
export function holdoutRows(rows: number): number[] {
  const order = permutation(rows, createRandom(HOLDOUT_SEED));
  return [...order.subarray(0, Math.ceil(rows * HOLDOUT_SHARE)).sort()];
}

/** A quarter of the rows of each class, the same each time; ascending. A class of one row has none. */
export function stratifiedHoldout(classes: readonly number[]): number[] {
  const rowsOf = new Map<number, number[]>();
  for (const row of permutation(classes.length, createRandom(HOLDOUT_SEED))) {
    const own = classes[row] as number;
    const rows = rowsOf.get(own);
    if (rows) rows.push(row);
    else rowsOf.set(own, [row]);
  }
  const held = [...rowsOf.values()].flatMap((rows) => rows.slice(0, Math.round(rows.length * HOLDOUT_SHARE)));
  return held.sort((a, b) => a - b);
}

/** The log loss on rows that are held out of predicting the shares that the classes have in the others. */
export function logLossOfShares(classes: readonly number[], held: readonly number[]): number {
  const isHeld = new Set(held);
  const counts = new Map<number, number>();
  for (const [row, own] of classes.entries()) if (!isHeld.has(row)) counts.set(own, (counts.get(own) ?? 0) + 1);
  const learned = classes.length - held.length;
  const lossOf = (row: number) => -Math.log((counts.get(classes[row] as number) ?? 0) / learned);
  return held.reduce((sum, row) => sum + lossOf(row), 0) / held.length;
}
