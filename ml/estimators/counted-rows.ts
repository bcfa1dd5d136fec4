import { copyRows, type Matrix } from '../core/matrix.ts';
import { largestSize, unitOf } from '../core/moments.ts';
import { type Relations, takeRelations } from '../core/relations.ts';
import type { LabelledRows } from './estimator.ts';

/** The rows that have a weight. */
export interface CountedRows extends Relations {
  readonly x: Matrix;
  readonly y: Float64Array;
  /** All above 0, the largest close to 1; undefined where every row counts 1. */
  readonly weights: Float64Array | undefined;
  /** Their sum; the number of rows where there are none. */
  readonly total: number;
  /** What the weights were multiplied by, a power of two: so sums over weights of any size neither overflow nor vanish. */
  readonly unit: number;
}

/** Leaves out rows of weight 0, which would else decide what the first row is, and whether a column is constant. */
export function countedRows({ x, y, weights, groups, times, strata }: LabelledRows): CountedRows {
  const relations = { groups, times, strata };
  if (!weights) return { x, y, weights, ...relations, total: x.rows, unit: 1 };
  if (weights.includes(0)) {
    const rows = Uint32Array.from(weights.keys()).filter((row) => weights[row] !== 0);
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    return countedRows({
      x: copyRows(x, rows),
      y: pick(y),
      weights: pick(weights),
      ...takeRelations(relations, rows),
    });
  }
  const unit = unitOf(largestSize(weights));
  const scaled = unit === 1 ? weights : weights.map((weight) => weight * unit);
  return { x, y, weights: scaled, ...relations, total: scaled.reduce((sum, weight) => sum + weight, 0), unit };
}
