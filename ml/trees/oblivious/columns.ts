import type { Matrix } from '../../matrix.ts';
import { selectBorders } from './borders.ts';
import type { Candidate } from './candidate.ts';

/** A numeric column, which splits at its borders. */
export interface NumberCandidate extends Candidate {
  readonly kind: 'number';
  readonly column: number;
  readonly borders: Float32Array;
}

/** A categorical column of few levels, a split of which takes one level from the others. */
export interface LevelCandidate extends Candidate {
  readonly kind: 'level';
  readonly column: number;
  /** The level of each bin. */
  readonly levels: Int32Array;
}

/** A categorical column of many levels, which only splits by statistics of its levels. */
export interface Category {
  readonly column: number;
  /** The level of each training row. */
  readonly codes: Int32Array;
  /** How many codes there can be: the levels, and one for a missing value, which is a level of its own. */
  readonly size: number;
}

export interface Columns {
  readonly candidates: readonly (NumberCandidate | LevelCandidate)[];
  readonly categories: readonly Category[];
}

/** Bins the columns of `x`. A column whose values are all alike has no place to split, and is left out. */
export function binColumns(x: Matrix, borderCount: number, oneHotMaxSize: number): Columns {
  const numbers: NumberCandidate[] = [];
  const levels: LevelCandidate[] = [];
  const categories: Category[] = [];
  for (let column = 0; column < x.columns; column++) {
    const size = x.levels?.[column] ?? 0;
    if (size === 0) {
      const number = binNumbers(x, column, borderCount);
      if (number.borders.length > 0) numbers.push(number);
      continue;
    }
    const codes = codesOf(x, column, size);
    const present = Int32Array.from(new Set(codes)).sort();
    if (present.length > oneHotMaxSize) categories.push({ column, codes, size: size + 1 });
    else if (present.length > 1) levels.push(binLevels(column, codes, present));
  }
  // Of equal scores the first wins. The reference packs columns of two bins, and looks at them last.
  const wide = numbers.filter(({ binCount }) => binCount > 2);
  const narrow = numbers.filter(({ binCount }) => binCount === 2);
  return { candidates: [...wide, ...narrow, ...levels], categories };
}

/** The code of a level; a missing value has that past the last level. */
export const codeOf = (value: number, size: number) => (Number.isNaN(value) ? size : value);

function codesOf(x: Matrix, column: number, size: number): Int32Array {
  return Int32Array.from({ length: x.rows }, (_, i) => codeOf(x.data[i * x.columns + column]!, size));
}

function binNumbers(x: Matrix, column: number, borderCount: number): NumberCandidate {
  const values = new Float32Array(x.rows);
  for (let i = 0, at = column; i < x.rows; i++, at += x.columns) values[i] = x.data[at]!;
  const borders = selectBorders(values, borderCount);
  const bins = binsOf(values, borders);
  return { kind: 'number', column, borders, bins, binCount: borders.length + 1, oneHot: false };
}

/** How many equal parts the range between the outermost borders is cut into, to find a value's bin by. */
const PARTS = 2048;

/** How many borders each value exceeds; a missing one exceeds none. */
function binsOf(values: Float32Array, borders: Float32Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  const known = borders[0]! < -3e38 ? 1 : 0;
  const first = borders[known] ?? 0;
  const scale = (PARTS - 1) / ((borders[borders.length - 1] ?? 0) - first);
  const firstIn = new Uint8Array(PARTS + 1).fill(borders.length);
  for (let part = 0, border = known; part < PARTS; part++) {
    while (border < borders.length && Math.floor((borders[border]! - first) * scale) < part) border += 1;
    firstIn[part] = border;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > borders[0]!)) continue;
    const part = Math.min(Math.max(Math.floor((value - first) * scale), 0), PARTS - 1);
    let low = firstIn[part]!;
    let high = firstIn[part + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > borders[middle]!) low = middle + 1;
      else high = middle;
    }
    bins[i] = low;
  }
  return bins;
}

function binLevels(column: number, codes: Int32Array, levels: Int32Array): LevelCandidate {
  const binOf = new Map(Array.from(levels, (level, bin) => [level, bin]));
  const bins = Uint8Array.from(codes, (code) => binOf.get(code)!);
  // Of two levels, to take the one is to leave the other.
  return { kind: 'level', column, levels, bins, binCount: levels.length, oneHot: levels.length > 2 };
}
