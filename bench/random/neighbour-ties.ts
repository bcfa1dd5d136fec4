import { type Matrix, rowOf } from '../../ml/core/matrix.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { type Problem, taskOf } from './problem.ts';

/** Distances that differ by less, as a share of them, are equal but for rounding. */
const EQUAL = 1e-9;

/** 1 for each row held out whose k nearest rows are not sure: of two as far away the reference takes either. */
export function tiedRows(problem: Problem): Uint8Array {
  const { model, params, x, holdoutX } = problem;
  const tied = new Uint8Array(holdoutX.rows);
  if (model !== 'knn') return tied;
  const { n_neighbors, p } = resolveParams(model, estimatorNamed(model, taskOf(problem)).params, params);
  const k = n_neighbors as number;
  if (k >= x.rows) return tied;
  return tied.map((_, i) => {
    const distances = distancesTo(x, rowOf(holdoutX, i), p as number).sort();
    const [last, next] = [distances[k - 1] as number, distances[k] as number];
    return Number(next - last <= EQUAL * next);
  });
}

function distancesTo(x: Matrix, row: Float64Array, p: number): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) =>
    rowOf(x, i).reduce((sum, value, j) => sum + Math.abs(value - (row[j] as number)) ** p, 0),
  );
}
