// What is usual of each feature among the rows that a model learned from, by what every release knows of them.

import { type Declaration, type FeatureColumn, featuresOf } from '../data/declaration.ts';
import { featureKindOf } from '../data/kinds/index.ts';
import type { ColumnEncoding } from '../features/column-encoding.ts';
import type { Preprocessor } from '../features/preprocess.ts';
import type { Domain, LearnedColumn } from './domain.ts';

/** What is usual of a feature, as a table holds it: a number, days since 1970-01-01, or the index of a level. */
export interface Usual {
  /** The median, or the most frequent level, which the declaration allows; undefined where no value is known. */
  readonly typical: number | undefined;
  /** Where nearly all numbers or dates lie; undefined of levels, and where that is not known. */
  readonly range: { readonly min: number; readonly max: number } | undefined;
}

/** Numbers further from the mean, in standard deviations, are few: one of them would leave no room for the others. */
const FAR = 4;
/** A median between two numbers may have more digits than either. */
const DIGITS = 4;

/**
 * @param preprocessor what was learned of columns for the model
 * @param domain what the training rows have of them; null of a release of an older format
 */
export function usualOf(
  declaration: Declaration,
  { columns }: Preprocessor,
  domain: Domain | null,
): ReadonlyMap<string, Usual> {
  const encodings = new Map(columns.map((encoding) => [encoding.column, encoding]));
  const learned = new Map(domain?.columns.map((each) => [each.column, each]));
  return new Map(
    featuresOf(declaration).map((column) => [
      column.name,
      usualOfColumn(column, encodings.get(column.name), learned.get(column.name)),
    ]),
  );
}

function usualOfColumn(
  column: FeatureColumn,
  encoding: ColumnEncoding | undefined,
  learned: LearnedColumn | undefined,
): Usual {
  const isUnknown = encoding === undefined || (learned?.kind === 'range' && learned.range === null);
  if (encoding?.kind === 'categorical') {
    const isSeen = learned?.kind !== 'levels' || learned.seen.length > 0;
    return { typical: isSeen ? encoding.impute : undefined, range: undefined };
  }
  if (isUnknown) return { typical: undefined, range: undefined };
  const range = usualRange(column, encoding, learned?.kind === 'range' ? learned.range : null);
  return { typical: allowedNear(column, encoding.impute), range };
}

/** Of what was learned from, all that is not far from the rest; where that is not known, what is allowed or near the mean. */
function usualRange(
  column: FeatureColumn,
  { mean, scale }: Extract<ColumnEncoding, { readonly kind: 'numeric' }>,
  learned: { readonly min: number; readonly max: number } | null,
): Usual['range'] {
  const { limits } = featureKindOf(column);
  const known = learned ?? { min: limits.min ?? -Infinity, max: limits.max ?? Infinity };
  const min = Math.max(known.min, mean - FAR * scale, limits.min ?? -Infinity);
  const max = Math.min(known.max, mean + FAR * scale, limits.max ?? Infinity);
  return min < max && Number.isFinite(max - min) ? { min, max } : undefined;
}

/** The value nearest to a median that a column allows, in a few digits where that is allowed too; undefined where none is found. */
function allowedNear(column: FeatureColumn, median: number): number | undefined {
  const { values, step, limits, valueReader } = featureKindOf(column);
  const { min = -Infinity, max = Infinity } = limits;
  if (values === 'days') return Math.min(max, Math.max(min, Math.floor(median)));
  const from = limits.min ?? 0;
  // Without the digits that sums of steps leave.
  const stepped =
    step === undefined ? median : Number((from + Math.round((median - from) / step) * step).toPrecision(12));
  const whole = String(Math.trunc(Math.abs(stepped))).length;
  const short = Number(stepped.toPrecision(Math.min(100, Math.max(DIGITS, whole))));
  const read = valueReader({});
  return [short, stepped, median].find((value) => read(value) !== undefined);
}
