import type { Split } from './split.ts';

interface Separation {
  /** The number of each row's group. */
  readonly groupOf: Uint32Array;
  /** The share of the later rows that is to be held. */
  readonly share: number;
  /** Of groups that are alike, one with a lower place is held first; by the number of the group, of each of them. */
  readonly places: ArrayLike<number>;
}

/** A group with rows on both sides of a cut, how many, and which of them are kept. */
interface Straddler {
  readonly group: number;
  early: number;
  late: number;
  isHeld: boolean;
}

/** So much of the earlier rows is learned from, where groups allow it. */
const LEARNED_SHARE = 0.5;

/**
 * Learns from earlier rows and holds later ones, with no group on both sides. A group that has rows before and after the
 * cut keeps those of the side where it has more, and its others are on neither. Then groups change sides, first those that
 * lose clearly less by it, until the wanted share of the later rows is held, and half of the earlier ones is learned.
 *
 * @param late each later than all of `early`
 * @returns one side is empty where all rows are of one group
 */
export function separateGroups(early: Uint32Array, late: Uint32Array, { groupOf, share, places }: Separation): Split {
  const straddlers = straddlersOf(early, late, groupOf, places.length);
  let learned = early.length;
  let held = late.length;
  for (const { isHeld, early, late } of straddlers) {
    if (isHeld) learned -= early;
    else held -= late;
  }
  const hold = (group: Straddler) => {
    group.isHeld = true;
    learned -= group.early;
    held += group.late;
  };
  const learn = (group: Straddler) => {
    group.isHeld = false;
    learned += group.early;
    held -= group.late;
  };
  const [wantedLearned, wantedHeld] = [LEARNED_SHARE * early.length, share * late.length];
  const place = ({ group }: Straddler) => places[group] as number;
  const byLoss = straddlers.toSorted((a, b) => lossOf(a) - lossOf(b) || place(a) - place(b));
  for (const group of byLoss)
    if (held < wantedHeld && !group.isHeld && learned - group.early >= wantedLearned) hold(group);
  for (const group of byLoss.toReversed())
    if (learned < wantedLearned && group.isHeld && held - group.late >= wantedHeld) learn(group);
  // Large groups may leave a side without any row.
  const cheapest = (loss: (group: Straddler) => number) =>
    straddlers.toSorted((a, b) => loss(a) - loss(b) || place(a) - place(b))[0];
  const toHold = held === 0 ? cheapest(({ early }) => early) : undefined;
  if (toHold && toHold.early < learned) hold(toHold);
  const toLearn = learned === 0 ? cheapest(({ late }) => late) : undefined;
  if (toLearn && toLearn.late < held) learn(toLearn);

  const [isHeld, isLearned] = [new Uint8Array(places.length), new Uint8Array(places.length)];
  for (const straddler of straddlers) (straddler.isHeld ? isHeld : isLearned)[straddler.group] = 1;
  return {
    learned: early.filter((row) => isHeld[groupOf[row] as number] === 0).sort(),
    held: late.filter((row) => isLearned[groupOf[row] as number] === 0).sort(),
  };
}

/**
 * How many rows are lost for each that is gained by holding a group, as a power of two: groups of about the same loss are alike. Else
 * those that are held would be those with the shortest past, which are not like others.
 */
const lossOf = ({ early, late }: Straddler) => Math.round(Math.log2(early / late));

/** Of many groups most are on one side, and no object is made of those. */
function straddlersOf(early: Uint32Array, late: Uint32Array, groupOf: Uint32Array, groups: number): Straddler[] {
  const [inEarly, inLate] = [early, late].map((rows) => countByGroup(rows, groupOf, groups)) as [
    Uint32Array,
    Uint32Array,
  ];
  const straddlers: Straddler[] = [];
  for (let group = 0; group < groups; group++) {
    const [early, late] = [inEarly[group] as number, inLate[group] as number];
    if (early > 0 && late > 0) straddlers.push({ group, early, late, isHeld: late > early });
  }
  return straddlers;
}

function countByGroup(rows: Uint32Array, groupOf: Uint32Array, groups: number): Uint32Array {
  const counts = new Uint32Array(groups);
  for (const row of rows) {
    const group = groupOf[row] as number;
    counts[group] = (counts[group] as number) + 1;
  }
  return counts;
}
