import { knownValues } from '../core/known-values.ts';
import type { Column, Declaration } from '../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { distributedColumns, levelsOf } from './distributed.ts';
import { NumberCells } from './number-cells.ts';
import { LevelProfile, NumberProfile, type Profile, type Sample } from './profile.ts';
import { EffectiveSize } from './statistics/effective-size.ts';

/** What the rows of a table are like, in some tens of kilobytes a column: what others are compared with. */
export function sampleOf(table: Table, declaration: Declaration): Sample {
  const weights = weightsOf(table, declaration);
  const groups = declaration.group === undefined ? undefined : columnOf(table, declaration.group);
  const size = new EffectiveSize();
  for (let row = 0; row < table.rows; row++) {
    const group = groups?.[row];
    size.add(weights?.[row] ?? 1, group === undefined || Number.isNaN(group) ? undefined : group);
  }
  const profiles = distributedColumns(declaration).map((column) => {
    const values = columnOf(table, column.name);
    return [column.name, countAll(emptyProfile(column, values), values, weights)] as const;
  });
  return {
    profiles: new Map(profiles),
    columns: new Map(declaration.columns.map((column) => [column.name, column])),
    rows: table.rows,
    effectiveRows: size.size,
    scale: size.total === 0 ? 0 : size.size / size.total,
  };
}

/** What is to count the values of a column that others are compared with: numbers in cells that follow from them. */
export function emptyProfile(column: Column, values: Float64Array): Profile {
  const levels = levelsOf(column);
  if (levels) return new LevelProfile(levels);
  return new NumberProfile(new NumberCells(knownValues(values)));
}

/**
 * What is to count the values of a column that are compared with those of a reference: numbers in the same cells. Undefined where
 * there is nothing to compare numbers with.
 */
export function profileLike(column: Column, reference: Profile | undefined): Profile | undefined {
  const levels = levelsOf(column);
  if (levels) return new LevelProfile(levels);
  return reference instanceof NumberProfile ? new NumberProfile(reference.cells) : undefined;
}

/** Counts values in a profile, which it returns. */
export function countAll<P extends Profile>(profile: P, values: Float64Array, weights?: Float64Array): P {
  for (let row = 0; row < values.length; row++) profile.add(values[row] as number, weights?.[row] ?? 1);
  return profile;
}
