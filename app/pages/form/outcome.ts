import { formatExact, formatRounded, type Manifest, type NumericColumn, type Predictor } from '../../../ml/index.ts';

/** A prediction as the page shows it. */
export interface Outcome {
  readonly text: string;
  /** How large it can be written. */
  readonly size: 'short' | 'long' | 'longer';
  readonly beyond: string | undefined;
  readonly scale: Scale | undefined;
}

/** A prediction, give or take the typical error, between two ends; positions run from 0 to 100. */
interface Scale {
  readonly low: string;
  readonly high: string;
  readonly at: number;
  readonly from: number;
  readonly width: number;
  /** Whether it ends where the training rows do, since the declaration does not say. */
  readonly isLearned: boolean;
}

export function outcomeOf(target: NumericColumn, prediction: number, { manifest, typicalError }: Predictor): Outcome {
  const text = formatRounded(prediction);
  return {
    text,
    size: text.length <= 7 ? 'short' : text.length <= 12 ? 'long' : 'longer',
    beyond: beyond(target, prediction),
    scale: scaleOf(target, prediction, manifest, typicalError),
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
  { min, max }: NumericColumn,
  prediction: number,
  { data }: Manifest,
  typicalError: number,
): Scale | undefined {
  const learned = { low: min ?? data.target?.min, high: max ?? data.target?.max };
  if (learned.low === undefined || learned.high === undefined) return undefined;
  const low = min ?? Math.min(learned.low, prediction - typicalError);
  const high = max ?? Math.max(learned.high, prediction + typicalError);
  if (!(high > low) || !Number.isFinite(high - low)) return undefined;
  const at = (value: number) => (100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low);
  const from = at(prediction - typicalError);
  return {
    low: min === undefined ? formatRounded(low) : formatExact(min),
    high: max === undefined ? formatRounded(high) : formatExact(max),
    at: at(prediction),
    from,
    width: at(prediction + typicalError) - from,
    isLearned: (min === undefined || max === undefined) && low === learned.low && high === learned.high,
  };
}
