import { Derived } from '../../../core/derived.ts';
import { copyColumn, type Matrix } from '../../../core/matrix.ts';
import type { Arena } from '../../arena.ts';
import {
  type Category,
  COLUMNS_IN_WORD,
  type ColumnCandidate,
  type Columns,
  type LevelCandidate,
  type NumberCandidate,
} from '../scoring/candidate.ts';
import { isExact } from '../scoring/prefix-statistics.ts';
import { binsOf, selectBorders } from './borders.ts';
import { type BinnedColumn, inOrder, type SplittableColumn, type Unpacked } from './column-order.ts';
import { binLevels, codesOf, presentLevels } from './levels.ts';

export interface BinningOptions {
  readonly borderCount: number;
  readonly oneHotMaxSize: number;
  readonly randomStrength: number;
}

/** The columns of a matrix as bins, before they are in the kernel's words. */
interface Quantized {
  readonly ordered: readonly SplittableColumn[];
  readonly categories: readonly Category[];
}

const quantized = new Derived<Matrix, Quantized>();

/** Bins the columns of `x`, in an arena. A column whose values are all alike has no place to split, and is left out. */
export function binColumns(
  x: Matrix,
  { borderCount, oneHotMaxSize, randomStrength }: BinningOptions,
  arena: Arena,
): Columns {
  const exact = isExact(x.rows, randomStrength);
  const { ordered, categories } = quantized.of(x, [borderCount, oneHotMaxSize, exact], () =>
    quantize(x, borderCount, oneHotMaxSize, exact),
  );
  return { candidates: packColumns(ordered, x.rows, arena), categories };
}

function quantize(x: Matrix, borderCount: number, oneHotMaxSize: number, exact: boolean): Quantized {
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
  return { ordered: inOrder([...numbers, ...levels], x.columns, exact), categories };
}

function binNumbers(
  x: Matrix,
  column: number,
  borderCount: number,
): { bins: Uint8Array; candidate: Unpacked<NumberCandidate> } {
  const values = copyColumn(x, column, new Float32Array(x.rows));
  const borders = selectBorders(values, borderCount);
  const candidate = { kind: 'number', column, borders, binCount: borders.length + 1, oneHot: false } as const;
  return { bins: binsOf(values, borders), candidate };
}

function levelCandidate({ column, binCount }: BinnedColumn, levels: Int32Array): Unpacked<LevelCandidate> {
  // Of two levels, to take the one is to leave the other.
  return { kind: 'level', column, levels, binCount, oneHot: binCount > 2 };
}

/** Writes bins into words, as many columns in each as in any other, and so that two threads have as many words each. */
export function packColumns(columns: readonly SplittableColumn[], rows: number, arena: Arena): ColumnCandidate[] {
  const groups = columns.length > COLUMNS_IN_WORD ? 2 * Math.ceil(columns.length / (2 * COLUMNS_IN_WORD)) : 1;
  return Array.from({ length: groups }, (_, group) => {
    const first = Math.ceil((group * columns.length) / groups);
    const members = columns.slice(first, Math.ceil(((group + 1) * columns.length) / groups));
    const words = arena.uint32(rows);
    return members.map(({ bins, candidate }, member) => {
      const shift = 8 * member;
      pack(words, bins, shift);
      return { ...candidate, words, shift };
    });
  }).flat();
}

function pack(words: Uint32Array, bins: Uint8Array | Uint16Array, shift: number): void {
  for (let row = 0; row < words.length; row++) words[row]! |= bins[row]! << shift;
}
