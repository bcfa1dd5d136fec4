import type { Matrix } from '../../../core/matrix.ts';
import type { Arena } from '../../arena.ts';
import type { Candidate } from '../scoring/candidate.ts';
import { isExact } from '../scoring/prefix-statistics.ts';
import { selectBorders } from './borders.ts';
import { type BinnedColumn, inOrder, type Unpacked } from './column-order.ts';
import { levelHash } from './level-hash.ts';
import { packColumns } from './pack-columns.ts';

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
  /** The level of each bin, the most frequent one first: of two, a split takes the other, so an unseen level goes with it. */
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

export interface BinningOptions {
  readonly borderCount: number;
  readonly oneHotMaxSize: number;
  readonly randomStrength: number;
}

/** Bins the columns of `x`, in an arena. A column whose values are all alike has no place to split, and is left out. */
export function binColumns(
  x: Matrix,
  { borderCount, oneHotMaxSize, randomStrength }: BinningOptions,
  arena: Arena,
): Columns {
  const numbers: BinnedColumn[] = [];
  const levels: BinnedColumn[] = [];
  const categories: Category[] = [];
  for (let column = 0; column < x.columns; column++) {
    const size = x.levels?.[column] ?? 0;
    if (size === 0) {
      const { bins, candidate } = binNumbers(x, column, borderCount);
      if (candidate.borders.length > 0) numbers.push({ column, bins, binCount: candidate.binCount, candidate });
      continue;
    }
    const codes = codesOf(x, column, size);
    const present = presentLevels(codes, size);
    if (present.length < 2) continue;
    const binned = { column, bins: binLevels(codes, present, size), binCount: present.length };
    if (present.length > oneHotMaxSize) {
      categories.push({ column, codes, size: size + 1 });
      levels.push(binned);
    } else levels.push({ ...binned, candidate: levelCandidate(binned, present) });
  }
  const ordered = inOrder([...numbers, ...levels], x.columns, isExact(x.rows, randomStrength));
  return { candidates: packColumns(ordered, x.rows, arena), categories };
}

/** The code of a level; a missing value has that past the last level. */
export const codeOf = (value: number, size: number) => (Number.isNaN(value) ? size : value);

function codesOf(x: Matrix, column: number, size: number): Int32Array {
  return Int32Array.from({ length: x.rows }, (_, i) => codeOf(x.data[i * x.columns + column]!, size));
}

/** The levels that training has, by first appearance; the most frequent one changes places with the first. */
function presentLevels(codes: Int32Array, missing: number): Int32Array {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const present = Int32Array.from(counts.keys());
  const hash = (code: number) => (code === missing ? Infinity : levelHash(code));
  const most = present.reduce((best, code) => {
    const lead = counts.get(code)! - counts.get(best)!;
    return lead > 0 || (lead === 0 && hash(code) < hash(best)) ? code : best;
  });
  present[present.indexOf(most)] = present[0]!;
  present[0] = most;
  return present;
}

function binNumbers(
  x: Matrix,
  column: number,
  borderCount: number,
): { bins: Uint8Array; candidate: Unpacked<NumberCandidate> } {
  const values = new Float32Array(x.rows);
  for (let i = 0, at = column; i < x.rows; i++, at += x.columns) values[i] = x.data[at]!;
  const borders = selectBorders(values, borderCount);
  const candidate = { kind: 'number', column, borders, binCount: borders.length + 1, oneHot: false } as const;
  return { bins: binsOf(values, borders), candidate };
}

/** How many equal parts the range between the outermost borders is cut into, to find a value's bin by. */
const PARTS = 2048;

/** How many borders each value exceeds; a missing one exceeds none. */
function binsOf(values: Float32Array, borders: Float32Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  const known = borders[0]! < -3e38 ? 1 : 0;
  const first = borders[known] ?? 0;
  const range = (borders[borders.length - 1] ?? 0) - first;
  // Without a range to be cut, of a single border or up to infinity, any width of the parts will do.
  const scale = range > 0 && range < Infinity ? (PARTS - 1) / range : 1;
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

function binLevels(codes: Int32Array, levels: Int32Array, missing: number): Uint16Array {
  const binOf = new Uint16Array(missing + 1);
  // Past 16 bits a bin only tells that it is not the first.
  levels.forEach((level, bin) => {
    binOf[level] = Math.min(bin, 2 ** 16 - 1);
  });
  return Uint16Array.from(codes, (code) => binOf[code]!);
}

function levelCandidate({ column, binCount }: BinnedColumn, levels: Int32Array): Unpacked<LevelCandidate> {
  // Of two levels, to take the one is to leave the other.
  return { kind: 'level', column, levels, binCount, oneHot: binCount > 2 };
}
