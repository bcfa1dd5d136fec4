import type { ViewedColumn } from './viewed-column.ts';
import { type WeightedValues, weightOf } from './weighted-values.ts';

/** The rows of a level, of several rare ones, or of those without a value. */
export interface LevelRows {
  readonly label: string;
  /** The indices of the levels; NaN of what is missing. */
  readonly codes: readonly number[];
  /** Places in the values. */
  readonly rows: readonly number[];
}

/** What rows without a value are called. */
export const NOT_KNOWN = 'not known';

/**
 * The rows of each level that occurs, those that weigh most first; where there are too many levels, the rarest as one, and the rows without
 * a value last.
 */
export function frequentLevels({ levels }: ViewedColumn, all: WeightedValues, most: number): LevelRows[] {
  const byCode: number[][] = levels.map(() => []);
  const missing: number[] = [];
  all.values.forEach((code, row) => {
    (Number.isNaN(code) ? missing : byCode[code])?.push(row);
  });
  const present = byCode
    .map((rows, code) => ({ label: levels[code] as string, codes: [code], rows, weight: weightOf(all, rows) }))
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => b.weight - a.weight);
  const kept = present.length > most ? present.slice(0, most - 1) : present;
  const rest = present.slice(kept.length);
  return [
    ...kept,
    ...(rest.length > 0 ? [together(`${rest.length} other levels`, rest)] : []),
    ...(missing.length > 0 ? [{ label: NOT_KNOWN, codes: [Number.NaN], rows: missing }] : []),
  ];
}

const together = (label: string, levels: readonly LevelRows[]): LevelRows => ({
  label,
  codes: levels.flatMap(({ codes }) => codes),
  rows: levels.flatMap(({ rows }) => rows),
});
