import { meanOf, momentsOf } from '../../core/moments.ts';
import type { ModelCard } from '../card/card.ts';
import type { Confusion } from '../card/confusion.ts';
import { whomItIsFor } from '../card/draw-card.ts';
import type { HeldOutNumbers } from '../card/held-out.ts';
import { FEWEST_ROWS, type Segment } from '../card/segments.ts';
import { binned } from '../charts/bins.ts';
import type { ReleaseReport } from '../release-report.ts';
import { type EvaluatedGroup, type Evaluation, evaluationSchema, type PredictionGroup } from './evaluation.ts';

/** More groups of rows are not told of. */
const MOST_GROUPS = 100;
const MOST_BY_PREDICTION = 10;

/** What of a report may be shown without the rows that it was made from. @throws ZodError where a figure is not finite */
export function evaluationOf({ card, measured, ranges, coverage, curves }: ReleaseReport): Evaluation {
  const ofAll = {
    rows: card.rows,
    coverage: card.coverage,
    fitFor: whomItIsFor(card).filter((paragraph) => paragraph !== ''),
    groups: card.segments.slice(0, MOST_GROUPS).map(groupOf),
    ranges: ranges.map(groupOf),
  };
  // Without the fields that are undefined, which JSON does not have either.
  const validated = (evaluation: unknown) => evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)));
  if (card.kind === 'number' && measured.kind === 'number')
    return validated({
      kind: 'number',
      ...ofAll,
      errors: card.errors,
      residuals: residualsOf(measured.held),
      byPrediction: byPrediction(measured.held),
      intervals: coverage,
    });
  const { accuracy, always, logLoss, ofShares, confusion, reliability } = classMeasures(card);
  return validated({
    kind: 'class',
    ...ofAll,
    accuracy,
    always,
    logLoss,
    ofShares,
    confusion: pairsOf(confusion),
    reliability,
    curves,
  });
}

function classMeasures(card: ModelCard) {
  if (card.kind === 'class') return card.measures;
  throw new Error('a card of numbers comes with what was measured of classes');
}

const groupOf = ({ column, ...segment }: Segment): EvaluatedGroup => ({ ...segment, column: column.name });

function residualsOf({ truth, predictions, weights }: HeldOutNumbers) {
  const residuals = truth.map((value, i) => value - (predictions[i] as number));
  const { mean, deviation } = momentsOf(residuals, weights);
  return { mean, deviation, ...binned(residuals) };
}

/** Each group has enough rows, so that none of them can be told from it. */
function byPrediction({ truth, predictions, weights }: HeldOutNumbers): PredictionGroup[] {
  const order = Uint32Array.from(predictions.keys()).sort(
    (a, b) => (predictions[a] as number) - (predictions[b] as number),
  );
  const groups = Math.max(1, Math.min(MOST_BY_PREDICTION, Math.floor(order.length / FEWEST_ROWS)));
  return Array.from({ length: groups }, (_, i) => {
    const rows = order.subarray(Math.round((i * order.length) / groups), Math.round(((i + 1) * order.length) / groups));
    const of = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
    const [actual, own] = [of(truth), weights && of(weights)];
    const sorted = actual.toSorted();
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
    return {
      rows: rows.length,
      predicted: meanOf(of(predictions), own),
      actual: meanOf(actual, own),
      low: at(0.1),
      high: at(0.9),
    };
  });
}

function pairsOf({ levels, counts }: Confusion) {
  return levels.flatMap((_, truth) =>
    levels.flatMap((__, predicted) => {
      const rows = counts[truth * levels.length + predicted] as number;
      return rows > 0 ? [{ truth, predicted, rows }] : [];
    }),
  );
}
