import { sortedPlaces } from './sorted-places.ts';

/** What rows have to do with each other, beyond their columns. */
export interface Relations {
  /** A code a row: rows of the same code belong together; NaN is a group of its own. @default no row belongs to another */
  readonly groups?: Float64Array | undefined;
  /**
   * A code a row: rows of the same code, those of a class, are spread evenly over what is learned from and what is held, as far as groups
   * and times let them. @default rows are alike
   */
  readonly strata?: Float64Array | undefined;
  /** When each row was: finite, in any unit. @default rows have no order */
  readonly times?: Float64Array | undefined;
}

/** The relations of the given rows, in the given order. */
export function takeRelations({ groups, times, strata }: Relations, rows: Uint32Array): Relations {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
  return { groups: groups && pick(groups), times: times && pick(times), strata: strata && pick(strata) };
}

/** Groups as numbers from 0, by first appearance. */
export interface NumberedGroups {
  /** The number of each row's group. */
  readonly groupOf: Uint32Array;
  readonly count: number;
}

export function numberGroups(codes: Float64Array): NumberedGroups {
  const numbers = numbersByCode(codes);
  const groupOf = new Uint32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    // A Map takes all NaN for one key.
    const known = Number.isNaN(code) ? undefined : numbers.get(code);
    groupOf[row] = known ?? count;
    if (known !== undefined) continue;
    if (!Number.isNaN(code)) numbers.set(code, count);
    count += 1;
  }
  return { groupOf, count };
}

/** The number that each code of a group has. */
interface CodeNumbers {
  get(code: number): number | undefined;
  set(code: number, number: number): void;
}

/** So many times as many places as there are rows take no more memory than a Map of half as many groups. */
const MOST_PLACES = 4;

/** In an array where codes are the places of texts or levels: a Map takes some 50 bytes of each, and ends at 16 million. */
function numbersByCode(codes: Float64Array): CodeNumbers {
  let largest = -1;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (Number.isNaN(code)) continue;
    if (!Number.isInteger(code) || code < 0 || code >= MOST_PLACES * codes.length) return new Map<number, number>();
    if (code > largest) largest = code;
  }
  // A number plus 1, or 0.
  const numbers = new Uint32Array(largest + 1);
  return {
    get(code) {
      const held = numbers[code] as number;
      return held === 0 ? undefined : held - 1;
    },
    set(code, number) {
      numbers[code] = number + 1;
    },
  };
}

/** Rows by group: 4 bytes of each row and of each group, however many there are. An array for each of millions of groups would be gigabytes. */
export interface GroupedRows {
  readonly count: number;
  /** The rows of the first group, then those of the next, and so on. */
  readonly rows: Uint32Array;
  /** Of each group where its rows begin, and after the last one where they end. */
  readonly starts: Uint32Array;
}

/** The rows of each group, ascending. */
export function rowsByGroup({ groupOf, count }: NumberedGroups): GroupedRows {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < groupOf.length; row++) {
    const next = (groupOf[row] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let group = 0; group < count; group++)
    starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  const ends = starts.slice(0, count);
  const rows = new Uint32Array(groupOf.length);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row] as number;
    const end = ends[group] as number;
    rows[end] = row;
    ends[group] = end + 1;
  }
  return { count, rows, starts };
}

/** How many rows a group has. */
export const sizeOfGroup = ({ starts }: GroupedRows, group: number): number =>
  (starts[group + 1] as number) - (starts[group] as number);

/** The rows of a group: a view. */
export const rowsOfGroup = ({ rows, starts }: GroupedRows, group: number): Uint32Array =>
  rows.subarray(starts[group], starts[group + 1]);

/** The rows of some groups one after the other, of some perhaps more than once. */
export function rowsOfGroups(grouped: GroupedRows, groups: Uint32Array): Uint32Array {
  let length = 0;
  for (let i = 0; i < groups.length; i++) length += sizeOfGroup(grouped, groups[i] as number);
  const all = new Uint32Array(length);
  const { rows, starts } = grouped;
  let at = 0;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as number;
    const end = starts[group + 1] as number;
    for (let place = starts[group] as number; place < end; place++) all[at++] = rows[place] as number;
  }
  return all;
}

/** The rows from the earliest to the latest; those of the same time in their own order. */
export const orderByTime = (times: Float64Array): Uint32Array<ArrayBuffer> => sortedPlaces(times);

/**
 * Where the rows in order of time can be cut: each place is a number of rows such that the last of them is earlier than all
 * that follow. For each wanted place the nearest one, without repetition.
 *
 * @param margin so many rows are left on each side at least, where there is such a place
 */
export function cutsInTime(
  times: Float64Array,
  order: Uint32Array,
  wanted: readonly number[],
  margin: number,
): readonly number[] {
  const isCut = (at: number) => times[order[at - 1] as number] !== times[order[at] as number];
  const nearestWithin = (margin: number) =>
    wanted.flatMap((target) => {
      let nearest: number | undefined;
      for (let at = Math.max(1, Math.ceil(margin)); at < order.length && order.length - at >= margin; at++)
        if (isCut(at) && (nearest === undefined || Math.abs(at - target) < Math.abs(nearest - target))) nearest = at;
      return nearest ?? [];
    });
  const inside = nearestWithin(margin);
  const nearest = inside.length > 0 ? inside : nearestWithin(1);
  return [...new Set(nearest)].sort((a, b) => a - b);
}
