import {
  type Amount,
  amountOf,
  type Explanation,
  formatExact,
  formatRounded,
  type NumberPredictor,
  type NumericColumn,
  withUnits,
} from '../../../ml/serving.ts';
import type { ClassOutcome } from './class-outcome.ts';
import { outsideInWords } from './outside.ts';
import { numberWording, type Reasons, reasonsOf } from './reasons.ts';
import { drawValue } from './value-chart.ts';

/** A prediction as the page shows it: of a number, or of a class. */
export type Outcome = NumberOutcome | ClassOutcome;

interface NumberOutcome {
  readonly kind: 'number';
  readonly text: string;
  /** The same with its unit. */
  readonly amount: Amount;
  /** How large it can be written. */
  readonly size: 'short' | 'long' | 'longer';
  readonly beyond: string | undefined;
  /** Where the true value lies nine times in ten: "84.2 to 98.1 points"; undefined where the release does not know. */
  readonly interval: string | undefined;
  /** The prediction with its interval, or give or take the typical error, on the range of the target; undefined where that is not known. */
  readonly chart: Chart | undefined;
  readonly reasons: Reasons | undefined;
  /** What of the record the model has not learned from, a sentence each. */
  readonly outside: readonly string[];
}

interface Chart {
  /** SVG. */
  readonly svg: string;
  /** Whether its bars show how the target is distributed. */
  readonly hasRows: boolean;
}

/** A declared end may be so many times as far out as the numbers that were learned from are wide. */
const FAR = 0.5;

export function numberOutcomeOf(
  explanation: Explanation,
  record: Readonly<Record<string, unknown>>,
  predictor: NumberPredictor,
): NumberOutcome {
  const { prediction, interval, outside } = explanation;
  const { target, features, typicalError } = predictor;
  const amount = amountOf(formatRounded(prediction), target);
  const text = amount.number;
  const [from, to] = interval ?? [prediction - (typicalError ?? 0), prediction + (typicalError ?? 0)];
  return {
    kind: 'number',
    text,
    amount,
    size: text.length <= 9 ? 'short' : text.length <= 18 ? 'long' : 'longer',
    beyond: beyond(target, prediction),
    interval: interval ? withUnits([formatRounded(from), formatRounded(to)], target).join(' to ') : undefined,
    chart: chartOf({ prediction, from, to }, predictor),
    reasons: reasonsOf(explanation, { features, record, wording: numberWording }),
    outside: outsideInWords(outside),
  };
}

function beyond({ min, max }: NumericColumn, prediction: number): string | undefined {
  const said = (what: string, limit: string) => `The model says ${what} possible value, ${limit}: read it as ${limit}.`;
  if (max !== undefined && prediction > max) return said('more than the highest', formatExact(max));
  if (min !== undefined && prediction < min) return said('less than the lowest', formatExact(min));
  return undefined;
}

function chartOf(
  value: { readonly prediction: number; readonly from: number; readonly to: number },
  { target, manifest }: NumberPredictor,
): Chart | undefined {
  const learned = manifest.data.target;
  const known = learned?.histogram;
  const histogram = known && known.shares.length > 0 ? known : undefined;
  // A logarithm shows what is above 0 alone.
  const smallest = histogram?.scale === 'log' ? Number.MIN_VALUE : -Infinity;
  const ends = endsOf(target, learned, smallest);
  if (!ends) return undefined;
  const { prediction, from, to } = value;
  const { min = -Infinity, max = Infinity } = target;
  const low = Math.min(ends.low, ...[Math.max(from, min), prediction].filter((end) => end >= smallest));
  const high = Math.max(ends.high, Math.min(to, max), prediction);
  if (!(high > low) || !Number.isFinite(high - low)) return undefined;
  const { title, unit } = target;
  const svg = drawValue({ ...value, domain: [low, high], axis: { title, unit }, histogram });
  return { svg: svg.html, hasRows: histogram !== undefined };
}

/** What the target can be, where that is about what it was in training; else what it was. */
function endsOf(
  { min, max }: NumericColumn,
  learned: { readonly min: number; readonly max: number } | undefined,
  smallest: number,
): { readonly low: number; readonly high: number } | undefined {
  if (!learned) return min === undefined || max === undefined ? undefined : { low: min, high: max };
  const room = FAR * (learned.max - learned.min);
  return {
    low: min !== undefined && min >= Math.max(smallest, learned.min - room) ? min : learned.min,
    high: max !== undefined && max <= learned.max + room ? max : learned.max,
  };
}
