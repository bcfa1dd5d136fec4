import { type Drawing, drawRows } from '../core/draw-rows.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import { strataOf, type Table, takeRows } from '../data/table.ts';
import type { Plan } from './plan.ts';

/** On fewer rows a score says little of a candidate. */
const LEAST_HELD = 2000;

/** How the training rows are drawn. */
export function drawingOf({ train, declaration, seed }: TrainingRows): Drawing {
  return { seed, strata: () => strataOf(train, declaration) };
}

interface TrainingRows {
  readonly train: Table;
  readonly declaration: Declaration;
  readonly seed: number;
}

/** So many of the training rows, drawn at random. */
export function drawTraining(rows: Omit<TrainingRows, 'seed'>, count: number, seed: number): Table {
  const { train } = rows;
  if (count >= train.rows) return train;
  const all = Uint32Array.from({ length: train.rows }, (_, row) => row);
  return takeRows(train, drawRows(all, count, drawingOf({ ...rows, seed })));
}

/** The training rows that candidates are tried on: all, or as many as the plan has time for. */
export function triedRows({ reduced }: Pick<Plan, 'reduced'>, rows: Omit<TrainingRows, 'seed'>, seed: number): Table {
  return drawTraining(rows, reduced?.rows ?? rows.train.rows, seed);
}

/** A part of a fold: so many of the rows that it learns from, and about as many of those that it holds. */
export function drawFold({ learned, held }: Fold, rows: number, drawing: Drawing): Fold {
  return { learned: drawRows(learned, rows, drawing), held: drawRows(held, heldBeside(rows), drawing) };
}

/** How many rows are held at most beside so many that are learned from. */
export const heldBeside = (rows: number): number => Math.max(rows, LEAST_HELD);
