import { type Column, targetOf } from '../../data/declaration.ts';
import type { Manifest } from '../../release/manifest.ts';
import type { EvaluatedCard } from '../card/card.ts';
import type { Confusion } from '../card/confusion.ts';
import type { Segment } from '../card/segments.ts';
import type { EvaluatedGroup, Evaluation } from './evaluation.ts';

/** An evaluation as what the report draws. */
interface Evaluated {
  readonly card: EvaluatedCard;
  readonly ranges: readonly Segment[];
}

/** @throws Error where an evaluation is of another target */
export function evaluatedCard(evaluation: Evaluation, { dataset, positive, calibration }: Manifest): Evaluated {
  const { rows, coverage } = evaluation;
  const segments = segmentsOf(evaluation.groups, dataset.columns);
  const ranges = segmentsOf(evaluation.ranges, dataset.columns);
  const target = targetOf(dataset);
  if (evaluation.kind === 'number' && !('levels' in target))
    return { card: { kind: 'number', target, rows, coverage, segments, errors: evaluation.errors }, ranges };
  if (evaluation.kind === 'class' && 'levels' in target) {
    const { accuracy, always, logLoss, ofShares, reliability } = evaluation;
    const confusion = confusionOf(evaluation.confusion, target.levels);
    const measures = {
      positive: positive ?? null,
      accuracy,
      always,
      logLoss,
      ofShares,
      confusion,
      reliability,
      calibration,
    };
    return { card: { kind: 'class', target, rows, coverage, segments, measures }, ranges };
  }
  throw new Error(`an evaluation of a ${evaluation.kind} is none of ${target.name}`);
}

function segmentsOf(groups: readonly EvaluatedGroup[], columns: readonly Column[]): Segment[] {
  const named = new Map(columns.map((column) => [column.name, column]));
  return groups.flatMap(({ column: name, coverage, ...group }) => {
    const column = named.get(name);
    return column ? [{ ...group, column, coverage }] : [];
  });
}

function confusionOf(
  pairs: readonly { readonly truth: number; readonly predicted: number; readonly rows: number }[],
  levels: readonly string[],
): Confusion {
  const counts = new Float64Array(levels.length ** 2);
  for (const { truth, predicted, rows } of pairs) counts[truth * levels.length + predicted] = rows;
  return { levels, counts };
}
