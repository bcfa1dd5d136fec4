import { createHash } from 'node:crypto';
import { type Matrix, rowOf } from '../../ml/core/matrix.ts';
import type { TaskKind } from '../../ml/data/task-kind.ts';
import type { ParamValue } from '../../ml/estimators/params.ts';
import type { Sample } from '../../test/reference/data.ts';

/** Parameters by their names; what is not named is at its default. */
export type Params = Readonly<Record<string, ParamValue>>;

/** Rows to learn from with some parameters, and rows to predict. */
export interface Problem extends Sample {
  readonly model: string;
  readonly params: Params;
  /** Of the rows to learn from. @default 1 each */
  readonly weights?: Float64Array;
  /** How many classes there are, of which targets are the numbers, from 0. @default targets are numbers that mean what they are */
  readonly classes?: number | undefined;
}

/** What there is to predict. */
export function taskOf({ classes }: Pick<Problem, 'classes'>): TaskKind {
  if (classes === undefined) return 'regression';
  return classes === 2 ? 'binary' : 'multiclass';
}

/** A problem as JSON has it: rows of numbers, null where one is missing. */
export interface PlainProblem {
  readonly model: string;
  readonly params: Params;
  readonly levels: readonly number[] | null;
  readonly x: readonly (readonly (number | null)[])[];
  readonly y: readonly number[];
  readonly weights?: readonly number[];
  readonly classes?: number;
  readonly holdout_x: readonly (readonly (number | null)[])[];
}

export function plainProblem({ model, params, x, y, weights, classes, holdoutX }: Problem): PlainProblem {
  return {
    model,
    params,
    levels: x.levels ?? null,
    x: rowsOf(x),
    y: [...y],
    ...(weights && { weights: [...weights] }),
    ...(classes !== undefined && { classes }),
    holdout_x: rowsOf(holdoutX),
  };
}

function rowsOf(x: Matrix): (number | null)[][] {
  return Array.from({ length: x.rows }, (_, i) =>
    Array.from(rowOf(x, i), (value) => (Number.isNaN(value) ? null : value)),
  );
}

/** The same for the same problem only: an answer is kept with it. */
export function digestOf(problem: Problem): string {
  const text = JSON.stringify([plainProblem(problem), [...problem.holdoutY]]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The rows of a matrix with these numbers, in their order. */
export function takeRows(x: Matrix, rows: readonly number[]): Matrix {
  return { ...x, rows: rows.length, data: Float64Array.from(rows.flatMap((row) => [...rowOf(x, row)])) };
}
