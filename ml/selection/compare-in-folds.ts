import { drawRows } from '../core/draw-rows.ts';
import { joinNumbers, joinRows } from '../core/join-arrays.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, takeRows, weightsOf } from '../data/table.ts';
import { drawingOf } from './draw-rows.ts';
import type { FoldResult } from './evaluation.ts';
import type { FitContext } from './fit-job.ts';
import type { Metric } from './metric.ts';
import { type Difference, pairedDifference } from './paired-difference.ts';

/** Compares two candidates in the folds that both were tried in; undefined where there is none. */
export function compareInFolds(
  first: readonly FoldResult[],
  second: readonly FoldResult[],
  objective: Metric,
  context: FitContext,
): Difference | undefined {
  const { train, declaration, folds } = context;
  const pairs = first.flatMap((result) => {
    const other = second.find(({ fold }) => fold === result.fold);
    // Where one was tried on few rows only, nothing can be paired.
    return other?.predictions.rows === result.predictions.rows ? [[result, other] as const] : [];
  });
  if (pairs.length === 0) return undefined;
  const drawing = drawingOf(context);
  const held = joinRows(
    pairs.map(([{ fold, predictions }]) => drawRows((folds[fold] as Fold).held, predictions.rows, drawing)),
  );
  const rows = takeRows(train, held);
  const predictionsOf = (side: 0 | 1): Predictions => {
    const parts = pairs.map((pair) => pair[side].predictions);
    const { outputs } = parts[0] as Predictions;
    return { rows: held.length, outputs, values: joinNumbers(parts.map(({ values }) => values)) };
  };
  return pairedDifference(objective, {
    truth: columnOf(rows, declaration.target),
    weights: weightsOf(rows, declaration),
    first: predictionsOf(0),
    second: predictionsOf(1),
  });
}
