import { type ColumnComparison, type Comparison, compareColumns } from '../../ml/checks/compare.ts';
import { sizeOfMissing } from '../../ml/checks/missing.ts';
import { emptyProfile, type Profile, profileLike, type Sample } from '../../ml/checks/profile.ts';
import { sizeOfShift } from '../../ml/checks/shift-size.ts';
import type { RandomStream } from '../../ml/core/random-stream.ts';
import type { Declaration } from '../../ml/data/declaration.ts';
import type { Generator } from './generators.ts';

/** A table whose rows are drawn, and another that is compared with it. */
export interface Draw {
  /** Of each column in the reference. */
  readonly reference: readonly Generator[];
  /** Of the same columns in what is compared with it. */
  readonly current: readonly Generator[];
  readonly referenceRows: number;
  readonly rows: number;
}

/** The columns of what is drawn that are worth a look, by name. */
export function alarmsOf(draw: Draw, random: RandomStream): string[] {
  return [...comparisonOf(draw, random).columns.values()].filter(isAlarm).map(({ column }) => column.name);
}

/** Draws both, and compares them as `npm run check-data` does. */
export function comparisonOf({ reference, current, referenceRows, rows }: Draw, random: RandomStream): Comparison {
  const columns = reference.map(({ column }, i) => column(`column_${i}`));
  const declaration: Declaration = {
    name: 'drawn',
    title: 'Drawn',
    file: 'drawn.csv',
    target: 'target',
    columns: [...columns, { name: 'target', title: 'Target', kind: 'numeric' }],
  };
  const before = new Map<string, Profile>();
  const now = new Map<string, Profile>();
  columns.forEach((column, i) => {
    const values = drawn(reference[i] as Generator, referenceRows, random);
    const profile = countAll(emptyProfile(column, values), values);
    before.set(column.name, profile);
    const like = profileLike(column, profile) as Profile;
    now.set(column.name, countAll(like, drawn(current[i] as Generator, rows, random)));
  });
  const sample: Sample = {
    profiles: before,
    columns: new Map(columns.map((column) => [column.name, column])),
    rows: referenceRows,
    effectiveRows: referenceRows,
    scale: 1,
  };
  return compareColumns(declaration, sample, { profiles: now, scale: 1 });
}

/** Counts values in a profile, which it returns. */
function countAll<P extends Profile>(profile: P, values: Float64Array): P {
  for (const value of values) profile.add(value, 1);
  return profile;
}

const isAlarm = (compared: ColumnComparison) =>
  sizeOfShift(compared) !== undefined || sizeOfMissing(compared) !== undefined;

function drawn({ draw }: Generator, rows: number, random: RandomStream): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = draw(random);
  return values;
}
