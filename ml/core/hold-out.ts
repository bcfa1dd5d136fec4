import { permutation, type Random } from './random.ts';
import {
  cutsInTime,
  type GroupedRows,
  numberGroups,
  orderByTime,
  type Relations,
  rowsByGroup,
  rowsOfGroup,
  sizeOfGroup,
} from './relations.ts';
import { separateGroups } from './separate-groups.ts';
import type { Split } from './split.ts';
import { countByStratum, numberStrata, takeInStrata } from './strata.ts';

/**
 * Holds out `count` of the rows: random ones, or, without `random`, the last; of each stratum its share, but never the only row
 * that it has. Of rows with times the latest, all later than those that are learned from; of groups whole ones: about `count` rows
 * then, and about that share of each stratum, none where that cannot be (a single group, or time). With both, the rows of a group
 * that has some on either side are partly on neither (see `separateGroups`).
 */
export function holdOut(rows: number, count: number, random?: Random, relations: Relations = {}): Split {
  const { groups, times, strata } = relations;
  if (count === 0 || !(groups || times)) {
    const order = drawnOrder(rows, random);
    if (!strata) return { learned: order.slice(count).sort(), held: order.slice(0, count).sort() };
    const { taken, left } = takeInStrata(order, count, strata, (size) => ({ fewest: 0, most: size - 1 }));
    return { learned: left.sort(), held: taken.sort() };
  }
  if (!times) return holdGroupsOut(groups as Float64Array, count, random, strata);
  const order = orderByTime(times);
  const [cut = rows] = cutsInTime(times, order, [rows - count], 1);
  const [early, late] = [order.slice(0, cut), order.slice(cut)];
  if (!groups) return { learned: early.sort(), held: late.sort() };
  const { groupOf, count: groupCount } = numberGroups(groups);
  const places = new Uint32Array(groupCount);
  drawnOrder(groupCount, random).forEach((group, place) => {
    places[group] = place;
  });
  const split = separateGroups(early, late, { groupOf, share: count / rows, places });
  return split.learned.length > 0 && split.held.length > 0 ? split : holdOut(rows, 0);
}

/**
 * Whole groups in random order, each that brings what is held of the strata closer to their shares of `count`; the smallest one where
 * none does.
 */
function holdGroupsOut(
  codes: Float64Array,
  count: number,
  random: Random | undefined,
  strata: Float64Array | undefined,
): Split {
  const groups = rowsByGroup(numberGroups(codes));
  const { stratumOf, sizes } = numberStrata(codes.length, strata);
  const heldOf = new Uint32Array(sizes.length);
  /** By how much of a stratum the gap to its share grows with so many rows more. */
  const gapGrowth = (stratum: number, rows: number) => {
    const size = sizes[stratum] as number;
    const gap = (heldOf[stratum] as number) - (count * size) / codes.length;
    return (Math.abs(gap + rows) - Math.abs(gap)) / size;
  };
  const held: number[] = [];
  for (const group of drawnOrder(groups.count, random)) {
    const counts = countByStratum(rowsOfGroup(groups, group), stratumOf);
    let growth = 0;
    for (const [stratum, rows] of counts) growth += gapGrowth(stratum, rows);
    if (growth >= 0) continue;
    held.push(group);
    for (const [stratum, rows] of counts) heldOf[stratum] = (heldOf[stratum] as number) + rows;
  }
  if (held.length === 0 && groups.count > 1) held.push(smallestOf(groups));
  // Where groups are few, the last that was drawn may be the last there is.
  if (held.length === groups.count) held.pop();
  const isHeld = new Uint8Array(codes.length);
  for (const group of held) for (const row of rowsOfGroup(groups, group)) isHeld[row] = 1;
  const all = Uint32Array.from({ length: codes.length }, (_, row) => row);
  return { learned: all.filter((row) => isHeld[row] === 0), held: all.filter((row) => isHeld[row] === 1) };
}

/** The first of the groups that have fewest rows. */
function smallestOf(groups: GroupedRows): number {
  let smallest = 0;
  for (let group = 1; group < groups.count; group++)
    if (sizeOfGroup(groups, group) < sizeOfGroup(groups, smallest)) smallest = group;
  return smallest;
}

/** The numbers from 0 to below `count` in random order, or, without `random`, from the last to the first. */
function drawnOrder(count: number, random: Random | undefined): Uint32Array {
  return random ? permutation(count, random) : Uint32Array.from({ length: count }, (_, i) => count - 1 - i);
}
