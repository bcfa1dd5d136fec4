import { effectiveCount } from '../core/effective-count.ts';
import type { Predictions } from '../core/predictions.ts';
import { createRandom, permutation, scrambled } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';

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
  /** The target, or the index of the class. */
  readonly truth: number;
  /** Of a class, how probable it was said to be. */
  readonly prediction: number;
  /** The target less the prediction; of a class, what its probability lacks to 1. */
  readonly residual: number;
  readonly weight: number;
}

/** So many rows say where 5 % of residuals end within 0.2 % of the rows; more would make releases and trainings larger, not surer. */
const ENOUGH_ROWS = 10_000;
/** Of each class at least so many: they say where 10 % end within 1.3 % of its rows. */
const ENOUGH_OF_CLASS = 500;

/** Rows that were learned from, and a seed for what is drawn of them. */
interface Learned {
  readonly declaration: Declaration;
  readonly train: Table;
  readonly seed: number;
}

/** The residuals of training rows, one for each time that a fold holds the row; of some rows, drawn at random, where they are many. */
export function outOfFoldResiduals({ folds, predictions }: CrossValidated, learned: Learned): Residual[] {
  const { declaration, train } = learned;
  const truths = columnOf(train, declaration.target);
  const weights = weightsOf(train, declaration);
  const isTaken = takenRows(truths, classCountOf(declaration), learned.seed);
  return folds.flatMap(({ held }, fold) => {
    const predicted = predictions[fold];
    if (!predicted) return [];
    const { outputs, values } = predicted;
    const some: Residual[] = [];
    for (const [i, row] of held.entries()) {
      const truth = truths[row] as number;
      const prediction = values[outputs === 1 ? i : i * outputs + truth] as number;
      const residual = (outputs === 1 ? truth : 1) - prediction;
      if (isTaken(row) && Number.isFinite(residual))
        some.push({ fold, row, truth, prediction, residual, weight: weights ? (weights[row] as number) : 1 });
    }
    return some;
  });
}

/** @param classes how many there are; 0 where targets are numbers */
function takenRows(truths: Float64Array, classes: number, seed: number): (row: number) => boolean {
  const rows = truths.length;
  if (rows <= ENOUGH_ROWS) return () => true;
  const most = classes === 0 ? ENOUGH_ROWS : Math.max(ENOUGH_OF_CLASS, Math.ceil(ENOUGH_ROWS / classes));
  const counts = new Map<number, number>();
  const taken = new Uint8Array(rows);
  for (const row of permutation(rows, createRandom(scrambled(seed)))) {
    const kind = classes === 0 ? 0 : (truths[row] as number);
    const count = counts.get(kind) ?? 0;
    if (count === most) continue;
    counts.set(kind, count + 1);
    taken[row] = 1;
  }
  return (row) => taken[row] === 1;
}

/** How many rows of equal weight would say as much. Repeats of a row are one row. */
export function effectiveRows(residuals: readonly Residual[]): number {
  const weights = [...new Map(residuals.map(({ row, weight }) => [row, weight])).values()];
  return weights.length === 0 ? 0 : effectiveCount(weights);
}
