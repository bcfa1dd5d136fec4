import type { Predictions } from '../core/predictions.ts';
import { createRandom, permutation, scrambled } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';

/** What was predicted of training rows by fits that have not learned from them. */
export interface CrossValidated {
  readonly folds: readonly Fold[];
  /** Of the rows that each fold holds; undefined where nothing could be predicted of them so. */
  readonly predictions: readonly (Predictions | undefined)[];
  /** Of each member of the model, the folds in which its parts were fitted, by their places; null of a part that knows all rows. */
  readonly foldsOfParts: readonly (readonly (number | null)[])[];
}

/** A training row as one fold holds it. */
export interface Residual {
  /** By its place. */
  readonly fold: number;
  readonly row: number;
  readonly prediction: number;
  /** The target less the prediction. */
  readonly residual: number;
  readonly weight: number;
}

/** So many rows say where 5 % of residuals end within 0.2 % of the rows; more would make releases and trainings larger, not surer. */
const ENOUGH_ROWS = 10_000;

/** The residuals of training rows, one for each time that a fold holds the row; of some rows, drawn at random, where they are many. */
export function outOfFoldResiduals(
  { folds, predictions }: CrossValidated,
  { declaration, train, seed }: { readonly declaration: Declaration; readonly train: Table; readonly seed: number },
): Residual[] {
  const truth = columnOf(train, declaration.target);
  const weights = weightsOf(train, declaration);
  const isTaken = takenRows(train.rows, seed);
  return folds.flatMap(({ held }, fold) => {
    const values = predictions[fold]?.values;
    if (!values) return [];
    const some: Residual[] = [];
    for (const [i, row] of held.entries()) {
      const prediction = values[i] as number;
      const residual = (truth[row] as number) - prediction;
      if (isTaken(row) && Number.isFinite(residual))
        some.push({ fold, row, prediction, residual, weight: weights ? (weights[row] as number) : 1 });
    }
    return some;
  });
}

function takenRows(rows: number, seed: number): (row: number) => boolean {
  if (rows <= ENOUGH_ROWS) return () => true;
  const taken = new Uint8Array(rows);
  for (const row of permutation(rows, createRandom(scrambled(seed))).subarray(0, ENOUGH_ROWS)) taken[row] = 1;
  return (row) => taken[row] === 1;
}
