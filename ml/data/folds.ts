import { DataError } from '../core/errors.ts';
import { createRandom, permutation, scrambled } from '../core/random.ts';
import {
  cutsInTime,
  numberGroups,
  orderByTime,
  type Relations,
  rowsByGroup,
  rowsOfGroup,
  rowsOfGroups,
  sizeOfGroup,
} from '../core/relations.ts';
import { separateGroups } from '../core/separate-groups.ts';
import type { Split } from '../core/split.ts';
import { countByStratum, numberStrata, sortByStratum } from '../core/strata.ts';

/** One of several splits of the same rows. */
export type Fold = Split;

export interface FoldOptions extends Relations {
  /** How often the rows are split, each time by another seed; splits that come out alike count once. @default 1 */
  readonly repeats?: number | undefined;
}

/**
 * Splits `rows` rows into `k` folds at random, whose sizes differ by one at most; each row is held once, and learned from in
 * the others. Of strata too, each fold holds the same number of rows, but for one.
 *
 * Of rows with groups, whole groups are held, so that the folds are about equal, and so are their shares of each stratum. Of rows
 * with times, folds are consecutive blocks after a first one, and each learns from all that is earlier than what it holds. With both,
 * a row may be on neither side of a fold (see `separateGroups`). There are fewer folds where there are fewer groups, or places to cut
 * time at.
 *
 * @throws DataError where all rows are of one group, or of one time
 */
export function makeFolds(rows: number, k: number, seed: number, options: FoldOptions = {}): Fold[] {
  const { repeats = 1, groups, times, strata } = options;
  const split = (seed: number) =>
    times
      ? foldsInTime(times, k, seed, groups)
      : groups
        ? foldsOfGroups(groups, k, seed, strata)
        : plain(rows, k, seed, strata);
  if (repeats === 1) return split(seed);
  const all = Array.from({ length: repeats }, (_, repeat) => split(repeat === 0 ? seed : scrambled(seed + repeat)));
  const keyOf = (folds: readonly Fold[]) =>
    folds
      .map(({ held }) => held.join())
      .sort()
      .join('|');
  return [...new Map(all.toReversed().map((folds) => [keyOf(folds), folds])).values()].toReversed().flat();
}

/** Rows are dealt to the folds in turn, in random order: one stratum after the other. */
function plain(rows: number, k: number, seed: number, strata: Float64Array | undefined): Fold[] {
  const drawn = permutation(rows, createRandom(seed));
  const order = strata ? sortByStratum(drawn, strata) : drawn;
  return Array.from({ length: Math.min(k, rows) }, (_, fold) => {
    const held = order.filter((_, i) => i % k === fold).sort();
    return { held, learned: others(rows, held) };
  });
}

/**
 * The largest groups first, each to the fold that has least so far of the strata of its rows, each counted by its share; of equal ones
 * to that with the fewest rows.
 */
function foldsOfGroups(codes: Float64Array, k: number, seed: number, strata: Float64Array | undefined): Fold[] {
  const groups = rowsByGroup(numberGroups(codes));
  if (groups.count < 2) throw tooFew('group');
  const drawn = permutation(groups.count, createRandom(seed));
  const { stratumOf, sizes } = numberStrata(codes.length, strata);
  const folds = Array.from({ length: Math.min(k, groups.count) }, () => ({
    groups: [] as number[],
    rows: 0,
    heldOf: new Uint32Array(sizes.length),
  }));
  for (const group of drawn.sort((a, b) => sizeOfGroup(groups, b) - sizeOfGroup(groups, a))) {
    const counts = [...countByStratum(rowsOfGroup(groups, group), stratumOf)];
    const shareIn = ({ heldOf }: (typeof folds)[number]) =>
      counts.reduce(
        (sum, [stratum, count]) => sum + (count * (heldOf[stratum] as number)) / (sizes[stratum] as number),
        0,
      );
    const fold = leastOf(folds, (one, other) => shareIn(one) - shareIn(other) || one.rows - other.rows);
    fold.groups.push(group);
    fold.rows += sizeOfGroup(groups, group);
    for (const [stratum, count] of counts) fold.heldOf[stratum] = (fold.heldOf[stratum] as number) + count;
  }
  return folds.map((fold) => {
    const held = rowsOfGroups(groups, Uint32Array.from(fold.groups)).sort();
    return { held, learned: others(codes.length, held) };
  });
}

/** The first of those that come first. */
function leastOf<T>(items: readonly T[], compare: (one: T, other: T) => number): T {
  return items.reduce((least, item) => (compare(item, least) < 0 ? item : least));
}

/** Blocks of about equal rows, cut between different times: each is held but the first, and learned are all before it. */
function foldsInTime(times: Float64Array, k: number, seed: number, groups: Float64Array | undefined): Fold[] {
  const order = orderByTime(times);
  const block = times.length / (k + 1);
  const wanted = Array.from({ length: k }, (_, i) => (i + 1) * block);
  const cuts = cutsInTime(times, order, wanted, block / 2);
  if (cuts.length === 0) throw tooFew('time');
  const folds = cuts.map((cut, i) => ({ early: order.slice(0, cut), late: order.slice(cut, cuts[i + 1]) }));
  if (!groups) return folds.map(({ early, late }) => ({ learned: early.sort(), held: late.sort() }));
  const separated = separateFolds(folds, groups, k, seed);
  if (separated.length === 0) throw tooFew('group');
  return separated;
}

/** Holds whole groups in each of the blocks, those first that were held least so far; blocks where none can be are left out. */
function separateFolds(
  blocks: readonly { readonly early: Uint32Array; readonly late: Uint32Array }[],
  codes: Float64Array,
  k: number,
  seed: number,
): Fold[] {
  const { groupOf, count } = numberGroups(codes);
  const places = new Uint32Array(count);
  permutation(count, createRandom(seed)).forEach((group, place) => {
    places[group] = place;
  });
  const folds: Fold[] = [];
  for (const { early, late } of blocks) {
    const fold = separateGroups(early, late, { groupOf, share: 1 / k, places });
    if (fold.learned.length === 0 || fold.held.length === 0) continue;
    folds.push(fold);
    const isHeld = new Uint8Array(count);
    for (const row of fold.held) isHeld[groupOf[row] as number] = 1;
    for (let group = 0; group < count; group++)
      if (isHeld[group] === 1) places[group] = (places[group] as number) + count;
  }
  return folds;
}

function tooFew(what: 'group' | 'time'): DataError {
  return new DataError(
    `all rows to learn from are of one ${what}, and what is validated must be of another: ` +
      `cross-validation needs two at least; bring more rows, or declare another ${what}, or none`,
  );
}

/** The rows that are not among `held`, ascending. */
function others(rows: number, held: Uint32Array): Uint32Array {
  const isHeld = new Uint8Array(rows);
  for (const row of held) isHeld[row] = 1;
  return Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => isHeld[i] === 0);
}
