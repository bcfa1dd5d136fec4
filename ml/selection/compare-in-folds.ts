import { columnOf, takeRows, weightsOf } from '../data/table.ts';
import type { FoldResult } from './evaluation.ts';
import type { FitContext } from './fit-job.ts';
import type { Metric } from './metric.ts';
import { type Difference, pairedDifference } from './paired-difference.ts';

/** Compares two candidates in the folds that both were tried in; undefined where there is none. */
export function compareInFolds(
  first: readonly FoldResult[],
  second: readonly FoldResult[],
  objective: Metric,
  { train, declaration, folds }: FitContext,
): Difference | undefined {
  const pairs = first.flatMap((result) => {
    const other = second.find(({ fold }) => fold === result.fold);
    return other ? [[result, other] as const] : [];
  });
  if (pairs.length === 0) return undefined;
  const held = joinRows(pairs.map(([{ fold }]) => folds[fold]?.held as Uint32Array));
  const rows = takeRows(train, held);
  const joined = (side: 0 | 1) => {
    const parts = pairs.map((pair) => pair[side].predictions);
    const outputs = parts[0]?.outputs ?? 1;
    return { rows: held.length, outputs, values: joinValues(parts.map(({ values }) => values)) };
  };
  return pairedDifference(objective, {
    truth: columnOf(rows, declaration.target),
    weights: weightsOf(rows, declaration),
    first: joined(0),
    second: joined(1),
  });
}

function joinRows(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function joinValues(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
