import { DataError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { medianOf } from '../core/median.ts';
import { momentsOf } from '../core/moments.ts';
import { readRows, type StoredColumn } from '../data/columns/read-column.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { columnOf, storedColumn, type Table, weightsOf } from '../data/table.ts';
import type { DerivedColumn } from './recipes/column-recipe.ts';

/** What an estimator wants its rows to be. */
export interface Encoding {
  /**
   * A 0/1 column for each level that training rows have, as far as it is among the `MOST_LEVELS` most frequent, and one for
   * all others together; or one column that holds the level's index.
   */
  readonly categories: 'one-hot' | 'codes';
  /** As they are, or less their mean and divided by their standard deviation. */
  readonly numbers: 'raw' | 'scaled';
  /** Filled with the median or the most frequent level, or left as NaN (in one-hot columns: no level at all). */
  readonly missing: 'imputed' | 'kept';
}

/** What training rows taught of a column, and how it becomes numbers by that. */
export type ColumnEncoding = {
  readonly column: string;
  /** What stands for a missing value, where it is imputed: the median, or the most frequent level. */
  readonly impute: number;
  readonly missing: Encoding['missing'];
} & (
  | { readonly kind: 'numeric'; readonly as: Encoding['numbers']; readonly mean: number; readonly scale: number }
  | { readonly kind: 'categorical'; readonly as: 'codes'; readonly levels: readonly string[] }
  | OneHot
);

/** A categorical column as 0/1 columns. */
type OneHot = {
  readonly kind: 'categorical';
  readonly as: 'one-hot';
  readonly levels: readonly string[];
  /** The levels that have a column, as indices, ascending: those that training rows have, or the most frequent of them. */
  readonly seen: readonly number[];
};

/** How many levels of a category have a 0/1 column each. Of thousands, most have hardly a row, and rows would be thousands wide. */
export const MOST_LEVELS = 256;

/**
 * Learns medians, most frequent levels, means and standard deviations from training rows, each by its weight.
 *
 * Scaling divides by the population's standard deviation, or by 1 where a column is constant.
 */
export function fitEncodings(
  declaration: Declaration,
  table: Table,
  derived: readonly DerivedColumn[],
  encoding: Encoding,
): ColumnEncoding[] {
  const { categories, numbers, missing } = encoding;
  const weights = weightsOf(table, declaration);
  const numeric = (name: string, values: Float64Array): ColumnEncoding => {
    const impute = median(values, weights);
    const learned = { impute, ...moments(values, impute, weights) };
    if (!Object.values(learned).every(Number.isFinite))
      throw new DataError(`${name}: its values are too far apart for a mean and a standard deviation`);
    return { column: name, kind: 'numeric', as: numbers, missing, ...learned };
  };
  const declared = featuresOf(declaration).map((column): ColumnEncoding => {
    const values = columnOf(table, column.name);
    const { levels } = kindOf(column);
    if (levels) {
      const { name } = column;
      const counts = countLevels(values, levels.length, weights);
      const impute = mostFrequent(counts);
      if (categories === 'codes') return { column: name, kind: 'categorical', as: categories, missing, impute, levels };
      // Where all is missing, the level that is imputed has no row of its own.
      const isSeen = (code: number) => counts[code] !== 0 || (missing === 'imputed' && code === impute);
      const seen = mostFrequentOf([...counts.keys()].filter(isSeen), counts);
      return { column: name, kind: 'categorical', as: categories, missing, impute, levels, seen };
    }
    return numeric(column.name, values);
  });
  return [...declared, ...derived.map(({ name, values }) => numeric(name, values))];
}

/**
 * Encodes every row of a table, one or a million, into a row of as many numbers as the encodings have columns in all.
 *
 * @param derived the columns of the same rows that recipes made
 */
export function encodeRows(
  encodings: readonly ColumnEncoding[],
  table: Table,
  derived: readonly DerivedColumn[],
): Matrix {
  const { levels, names, places } = layoutOf(encodings);
  const made = new Map(derived.map(({ name, values }) => [name, { values, chosen: undefined }]));
  const width = names.length;
  const data = new Float64Array(table.rows * width);
  let offset = 0;
  const sources = encodings.map((encoding): Source => {
    const stored = made.get(encoding.column) ?? storedColumn(table, encoding.column);
    const source = { encoding, stored, placeOf: places.get(encoding), offset };
    offset += widthOf(encoding);
    return source;
  });
  const block = new Float64Array(Math.min(BLOCK, table.rows));
  for (let first = 0; first < table.rows; first += BLOCK) {
    const values = block.subarray(0, Math.min(BLOCK, table.rows - first));
    for (const source of sources) {
      readRows(source.stored, first, values);
      encodeInto(data, first * width + source.offset, width, values, source);
    }
  }
  return { rows: table.rows, columns: width, data, ...(levels && { levels }), names };
}

/** Rows that are encoded at a time, column by column: what is read and written of them stays in the cache. */
const BLOCK = 1024;

/** A column of a table, and where in a row of the matrix its own columns begin. */
interface Source {
  readonly encoding: ColumnEncoding;
  readonly stored: StoredColumn;
  /** Of a column that becomes several: which of them stands for a level. */
  readonly placeOf: Int32Array | undefined;
  readonly offset: number;
}

/** Writes values of a column into as many rows of a matrix, from an index on. */
function encodeInto(
  data: Float64Array,
  from: number,
  width: number,
  values: Float64Array,
  { encoding, placeOf }: Source,
): void {
  const impute = encoding.missing === 'imputed' ? encoding.impute : Number.NaN;
  if (placeOf) {
    for (let i = 0, at = from; i < values.length; i++, at += width) {
      const value = values[i] as number;
      const code = Number.isNaN(value) ? impute : value;
      if (!Number.isNaN(code)) data[at + (placeOf[code] as number)] = 1;
    }
    return;
  }
  const { mean, scale } = encoding.as === 'scaled' ? encoding : { mean: 0, scale: 1 };
  for (let i = 0, at = from; i < values.length; i++, at += width) {
    const value = values[i] as number;
    data[at] = standardised(Number.isNaN(value) ? impute : value, mean, scale);
  }
}

interface Layout extends Pick<Matrix, 'levels'>, Required<Pick<Matrix, 'names'>> {
  /** Of each column that becomes several: which of them stands for a level, by the level's index. */
  readonly places: ReadonlyMap<ColumnEncoding, Int32Array>;
}

// Remembered: of hundreds of levels, names take longer to write than a row to encode.
const layouts = new WeakMap<readonly ColumnEncoding[], Layout>();

/** Of every column of the matrix: how many levels it has (absent where none has any), its name, and what it stands for. */
function layoutOf(encodings: readonly ColumnEncoding[]): Layout {
  const known = layouts.get(encodings);
  if (known) return known;
  const levels = encodings.flatMap(levelsOf);
  const layout = {
    ...(levels.some((count) => count > 0) && { levels }),
    names: encodings.flatMap((encoding) =>
      encoding.as === 'one-hot'
        ? oneHotNames(encoding).map((level) => `${encoding.column} = ${level}`)
        : encoding.column,
    ),
    places: new Map(
      encodings
        .filter((encoding) => encoding.as === 'one-hot')
        .map((encoding) => [encoding, placesOf(encoding)] as const),
    ),
  };
  layouts.set(encodings, layout);
  return layout;
}

function standardised(value: number, mean: number, scale: number): number {
  const distance = value - mean;
  // Two large numbers may be farther apart than the largest.
  return Math.abs(distance) === Infinity ? value / scale - mean / scale : distance / scale;
}

/** How many columns of a matrix one column becomes. */
export const widthOf = (encoding: ColumnEncoding) => levelsOf(encoding).length;

/** The columns that one column becomes, each as its number of levels, 0 for a number. */
function levelsOf(encoding: ColumnEncoding): number[] {
  if (encoding.kind === 'numeric') return [0];
  return encoding.as === 'codes' ? [encoding.levels.length] : oneHotNames(encoding).map(() => 0);
}

/** What each 0/1 column stands for. A column for every level without training rows would be 0 in all of them. */
function oneHotNames({ levels, seen }: OneHot): readonly string[] {
  if (seen.length === levels.length) return levels;
  return [...seen.map((code) => levels[code] as string), 'any other'];
}

/** The 0/1 column of each level; of those that training rows lack it is the one after all others. */
function placesOf({ levels, seen }: OneHot): Int32Array {
  const places = Int32Array.from({ length: levels.length }, () => seen.length);
  seen.forEach((code, place) => {
    places[code] = place;
  });
  return places;
}

/** The median of those values that are not missing; 0 where all are. */
function median(values: Float64Array, weights: Float64Array | undefined): number {
  const isKnown = (_: number, i: number) => !Number.isNaN(values[i]);
  return medianOf(values.filter(isKnown), weights?.filter(isKnown));
}

/** How many rows have each level, each by its weight. */
function countLevels(codes: Float64Array, levels: number, weights: Float64Array | undefined): Float64Array {
  const counts = new Float64Array(levels);
  codes.forEach((code, i) => {
    if (!Number.isNaN(code)) counts[code] = (counts[code] as number) + (weights?.[i] ?? 1);
  });
  return counts;
}

/** The levels with the most rows, at most so many, in the declared order; of equals those that are declared first. */
function mostFrequentOf(levels: readonly number[], counts: Float64Array): number[] {
  if (levels.length <= MOST_LEVELS) return [...levels];
  const count = (level: number) => counts[level] as number;
  return levels
    .toSorted((a, b) => count(b) - count(a) || a - b)
    .slice(0, MOST_LEVELS)
    .sort((a, b) => a - b);
}

/** The level with the most rows; the one declared first where several have. */
function mostFrequent(counts: Float64Array): number {
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

/** The moments of a column once its gaps are filled; a constant column is divided by 1. */
function moments(
  values: Float64Array,
  impute: number,
  weights: Float64Array | undefined,
): { mean: number; scale: number } {
  const filled = values.map((value) => (Number.isNaN(value) ? impute : value));
  const { mean, deviation } = momentsOf(filled, weights);
  return { mean, scale: deviation === 0 ? 1 : deviation };
}
