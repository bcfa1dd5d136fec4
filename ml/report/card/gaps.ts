import { type Column, type FeatureColumn, featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { rangeOf } from '../../data/range.ts';
import { columnOf, type Table } from '../../data/table.ts';
import type { Manifest } from '../../release/manifest.ts';
import { FEWEST_ROWS } from './segments.ts';

/** An end of what is allowed that lies this share of the range beyond what was seen is no gap. */
const NEAR = 0.05;

/** What a record may hold, and a model has never, or hardly ever, learned from. */
export interface Gaps {
  /** Columns with levels that no row has, or few. */
  readonly levels: readonly { readonly column: Column; readonly few: readonly FewLevel[] }[];
  /** Columns of numbers and dates that may lie below or above what was learned from. */
  readonly ranges: readonly SeenRange[];
  /** Columns of which every row has a value. */
  readonly neverMissing: readonly Column[];
}

interface FewLevel {
  readonly level: string;
  readonly rows: number;
}

export interface SeenRange {
  readonly column: FeatureColumn;
  readonly min: number;
  readonly max: number;
  /** Whether smaller, and larger, values are allowed, by more than a little. */
  readonly isOpenBelow: boolean;
  readonly isOpenAbove: boolean;
}

/** What is missing in the rows that a model learned from; the columns that matter most come first. */
export function gapsOf({ dataset, importance }: Manifest, learned: Table): Gaps {
  const places = new Map(importance?.columns.map(({ column }, place) => [column, place]));
  const place = ({ name }: Column) => places.get(name) ?? places.size;
  const columns = featuresOf(dataset).sort((a, b) => place(a) - place(b));
  return {
    levels: columns.flatMap((column) => {
      const few = fewLevels(column, learned);
      return few.length > 0 ? [{ column, few }] : [];
    }),
    ranges: columns.filter(({ name }) => name !== dataset.time).flatMap((column) => openRange(column, learned) ?? []),
    neverMissing: columns.filter(({ name }) => name !== dataset.time && !columnOf(learned, name).some(Number.isNaN)),
  };
}

function fewLevels(column: FeatureColumn, learned: Table): FewLevel[] {
  const { levels } = kindOf(column);
  if (!levels) return [];
  const counts = new Array<number>(levels.length).fill(0);
  for (const code of columnOf(learned, column.name)) {
    if (!Number.isNaN(code)) counts[code] = (counts[code] as number) + 1;
  }
  return levels
    .map((level, code) => ({ level, rows: counts[code] as number }))
    .filter(({ rows }) => rows < FEWEST_ROWS)
    .sort((a, b) => a.rows - b.rows);
}

function openRange(column: FeatureColumn, learned: Table): SeenRange | undefined {
  const { levels, limits } = kindOf(column);
  if (levels) return undefined;
  // What is missing is neither below nor above anything.
  const { min, max } = rangeOf(columnOf(learned, column.name));
  if (min > max) return undefined;
  const { min: lowest = -Infinity, max: highest = Infinity } = limits;
  const near = NEAR * (max - min);
  const [isOpenBelow, isOpenAbove] = [min - lowest > near, highest - max > near];
  return isOpenBelow || isOpenAbove ? { column, min, max, isOpenBelow, isOpenAbove } : undefined;
}
