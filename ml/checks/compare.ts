import type { Column, Declaration } from '../data/declaration.ts';
import { commonLevels, whyIncomparable } from './comparable.ts';
import { distributedColumns } from './distributed.ts';
import type { Profile, Sample } from './profile.ts';
import { type Counted, type Shift, shiftBetween } from './shift.ts';
import { holm } from './statistics/holm.ts';
import { homogeneityTest } from './statistics/homogeneity.ts';

/**
 * The level of significance that Holm's correction keeps: of a hundred checks where nothing has changed, so many have a false alarm,
 * over all their columns together. Below the usual 5 %, since every push asks, and since the tests are approximate.
 */
const ALPHA = 0.01;

interface Significance {
  /** Whether it is more than chance, among all that were tested. */
  readonly isSignificant: boolean;
}

/** The share of values that are missing, beside that of a reference. */
interface MissingShare {
  readonly before: number;
  readonly now: number;
  /** How probable a difference as large is by chance, of this column alone. */
  readonly p: number;
}

/** What a column is like, beside a reference. */
export interface ColumnComparison {
  readonly column: Column;
  readonly profiles: readonly [reference: Profile, current: Profile];
  /** Undefined where there are too few values to compare. */
  readonly shift: (Shift & Significance) | undefined;
  /** Undefined where none is missing in either. */
  readonly missing: (MissingShare & Significance) | undefined;
}

/** What of rows could be compared with a reference. */
export interface Comparison {
  readonly columns: ReadonlyMap<string, ColumnComparison>;
  /** Why the others could not, by name. */
  readonly incomparable: ReadonlyMap<string, string>;
}

/** Rows that are compared with a reference: the profiles of their columns, which count as the reference's do. */
export type Compared = Pick<Sample, 'profiles' | 'scale'>;

/**
 * Compares each column of some rows with a reference: how its values are spread, and how many are missing. A column that says when
 * rows were is not compared, since later rows are later.
 */
export function compareColumns(declaration: Declaration, reference: Sample, current: Compared): Comparison {
  const incomparable = new Map<string, string>();
  const compared = distributedColumns(declaration).flatMap((column) => {
    const { name } = column;
    const before = reference.columns.get(name);
    const why = name === declaration.time ? 'later rows have later times' : whyIncomparable(before, column);
    const [earlier, now] = [reference.profiles.get(name), current.profiles.get(name)];
    if (why !== undefined || !before || !earlier || !now) {
      incomparable.set(name, why ?? 'the release read it for another purpose');
      return [];
    }
    const first = { profile: earlier, scale: reference.scale };
    const second = { profile: now, scale: current.scale };
    const shift = shiftBetween(first, second, commonLevels(before, column));
    return [{ column, profiles: [earlier, now] as const, shift, missing: missingBetween(first, second) }];
  });
  return { columns: withSignificance(compared), incomparable };
}

function missingBetween(before: Counted, now: Counted): MissingShare | undefined {
  const [first, second] = [countMissing(before), countMissing(now)];
  if (first[0] === 0 && second[0] === 0) return undefined;
  return { before: shareOf(first), now: shareOf(second), p: homogeneityTest(first, second) };
}

/** Independent rows without a value, and with one. */
const countMissing = ({ profile: { missing, known }, scale }: Counted) =>
  Float64Array.of(missing * scale, known * scale);

const shareOf = ([missing = 0, known = 0]: Float64Array) => missing / (missing + known || 1);

type Tested = Pick<ColumnComparison, 'column' | 'profiles'> & {
  readonly shift: Shift | undefined;
  readonly missing: MissingShare | undefined;
};

/** Corrects all tests together. */
function withSignificance(columns: readonly Tested[]): Comparison['columns'] {
  const tests = columns.flatMap(({ shift, missing }) => [shift, missing]).filter((test) => test !== undefined);
  const corrected = holm(tests.map(({ p }) => p));
  const correctedOf = new Map<object, number>(tests.map((test, i) => [test, corrected[i] as number]));
  const judged = <T extends object>(test: T | undefined): (T & Significance) | undefined =>
    test && { ...test, isSignificant: (correctedOf.get(test) as number) <= ALPHA };
  return new Map(
    columns.map((each) => [each.column.name, { ...each, shift: judged(each.shift), missing: judged(each.missing) }]),
  );
}
