import { upperBound } from '../../../core/binary-search.ts';
import { formatShare } from '../../../core/format-number.ts';
import type { SampleValues } from '../sample-values.ts';
import { type Pairs, type TargetForm, targetFormOf } from './target-forms.ts';

/** Of fewer rows that have both nothing is concluded. */
const FEWEST_ROWS = 50;
const BINS = 50;
/** Held-out rows are predicted by a bin or level of so many others at least. */
const FEWEST_IN_BIN = 3;
const NEARLY_PERFECT = 0.99;

/** What a column alone gives away of the target in the rows that were drawn; undefined where nothing is suspicious. */
export function leakOf(column: SampleValues, target: SampleValues): TargetForm | undefined {
  const both: [column: number, target: number][] = [];
  column.values.forEach((value, i) => {
    const wanted = target.values[i] as number;
    if (!Number.isNaN(value) && !Number.isNaN(wanted)) both.push([value, wanted]);
  });
  if (both.length < FEWEST_ROWS) return undefined;
  const form = targetFormOf(both, column, target);
  if (form) return form;
  const share = heldOutShare(both, column, target);
  if (share < NEARLY_PERFECT) return undefined;
  const isClass = target.texts !== undefined;
  return {
    isCopy: false,
    reason: `alone it predicts ${formatShare(share)} of the ${isClass ? 'rows right, far more than the most frequent class' : "target's variance"}`,
  };
}

/** Of the target in every second row, how much is predicted by the others: of numbers R², of classes accuracy over the most frequent one. */
function heldOutShare(both: Pairs, column: SampleValues, target: SampleValues): number {
  const keys = column.texts === undefined ? binsOf(both.map(([value]) => value)) : both.map(([value]) => value);
  const bins = new Map<number, number[]>();
  both.forEach(([, wanted], i) => {
    if (i % 2 === 1) return;
    const bin = bins.get(keys[i] as number) ?? [];
    bins.set(keys[i] as number, bin);
    bin.push(wanted);
  });
  const isNumber = target.texts === undefined;
  const predictions = new Map<number, number>();
  for (const [key, bin] of bins)
    if (bin.length >= FEWEST_IN_BIN) predictions.set(key, isNumber ? meanOf(bin) : mostFrequent(bin).value);
  const held = both.flatMap(([, wanted], i) => {
    const predicted = predictions.get(keys[i] as number);
    return i % 2 === 1 && predicted !== undefined ? [{ wanted, predicted }] : [];
  });
  // Where values hardly repeat, nothing is known of most rows.
  if (held.length < FEWEST_ROWS / 2 || held.length < both.length / 4) return 0;
  return isNumber ? varianceShare(held) : accuracyShare(held);
}

interface Held {
  readonly wanted: number;
  readonly predicted: number;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function mostFrequent(values: readonly number[]): { readonly value: number; readonly count: number } {
  const counts = new Map<number, number>();
  let most = { value: Number.NaN, count: 0 };
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > most.count) most = { value, count };
  }
  return most;
}

function varianceShare(held: readonly Held[]): number {
  const mean = meanOf(held.map(({ wanted }) => wanted));
  const total = held.reduce((sum, { wanted }) => sum + (wanted - mean) ** 2, 0);
  const rest = held.reduce((sum, { wanted, predicted }) => sum + (wanted - predicted) ** 2, 0);
  return total > 0 ? 1 - rest / total : 0;
}

function accuracyShare(held: readonly Held[]): number {
  const right = held.filter(({ wanted, predicted }) => wanted === predicted).length / held.length;
  const frequent = mostFrequent(held.map(({ wanted }) => wanted)).count / held.length;
  return frequent < 1 ? (right - frequent) / (1 - frequent) : 0;
}

/** The number of the bin of each value: bins of about as many rows. */
function binsOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const ends = Float64Array.from(
    { length: BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)] as number,
  );
  return values.map((value) => upperBound(ends, value));
}
