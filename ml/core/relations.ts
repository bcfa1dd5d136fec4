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
  const numbers = new Map<number, number>();
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

/** The rows of each group, ascending. */
export function rowsByGroup({ groupOf, count }: NumberedGroups): readonly Uint32Array[] {
  const rows = Array.from({ length: count }, (): number[] => []);
  groupOf.forEach((group, row) => {
    rows[group]?.push(row);
  });
  return rows.map((some) => Uint32Array.from(some));
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
