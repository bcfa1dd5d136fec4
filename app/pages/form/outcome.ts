import {
  type Explanation,
  formatExact,
  formatRounded,
  type NumberPredictor,
  type NumericColumn,
} from '../../../ml/serving.ts';
import type { ClassOutcome } from './class-outcome.ts';
import { outsideInWords } from './outside.ts';
import { numberWording, type Reasons, reasonsOf } from './reasons.ts';

/** A prediction as the page shows it: of a number, or of a class. */
export type Outcome = NumberOutcome | ClassOutcome;

interface NumberOutcome {
  readonly kind: 'number';
  readonly text: string;
  /** How large it can be written. */
  readonly size: 'short' | 'long' | 'longer';
  readonly beyond: string | undefined;
  /** Where the true value lies nine times in ten: "84.2 to 98.1"; undefined where the release does not know. */
  readonly interval: string | undefined;
  readonly scale: Scale | undefined;
  readonly reasons: Reasons | undefined;
  /** What of the record the model has not learned from, a sentence each. */
  readonly outside: readonly string[];
}

/** A prediction with its interval, or give or take the typical error, between two ends; positions run from 0 to 100. */
interface Scale {
  readonly low: string;
  readonly high: string;
  readonly at: number;
  readonly from: number;
  readonly width: number;
  /** Whether it ends where the training rows do, since the declaration does not say. */
  readonly isLearned: boolean;
}

export function numberOutcomeOf(
  explanation: Explanation,
  record: Readonly<Record<string, unknown>>,
  predictor: NumberPredictor,
): NumberOutcome {
  const { prediction, interval, outside } = explanation;
  const { target, features, typicalError } = predictor;
  const text = formatRounded(prediction);
  return {
    kind: 'number',
    text,
    size: text.length <= 7 ? 'short' : text.length <= 12 ? 'long' : 'longer',
    beyond: beyond(target, prediction),
    interval: interval?.map((end) => formatRounded(end)).join(' to '),
    scale: scaleOf(prediction, interval ?? [prediction - typicalError, prediction + typicalError], predictor),
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

/** From end to end of what the target can be; where that is not declared, of what it was in training. */
function scaleOf(
  prediction: number,
  [from, to]: readonly [number, number],
  { target: { min, max }, manifest: { data } }: NumberPredictor,
): Scale | undefined {
  const learned = { low: min ?? data.target?.min, high: max ?? data.target?.max };
  if (learned.low === undefined || learned.high === undefined) return undefined;
  const low = min ?? Math.min(learned.low, from);
  const high = max ?? Math.max(learned.high, to);
  if (!(high > low) || !Number.isFinite(high - low)) return undefined;
  const at = (value: number) => (100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low);
  return {
    low: min === undefined ? formatRounded(low) : formatExact(min),
    high: max === undefined ? formatRounded(high) : formatExact(max),
    at: at(prediction),
    from: at(from),
    width: at(to) - at(from),
    isLearned: (min === undefined || max === undefined) && low === learned.low && high === learned.high,
  };
}
