/** A column that a level of a tree may be split by, as bins. */
export interface Candidate {
  /** The bin of each training row. */
  readonly bins: Uint8Array;
  readonly binCount: number;
  /** Whether a split takes one bin from all others, not those above a border from those below. */
  readonly oneHot: boolean;
}

/** A candidate and where it is split: rows of a higher bin (one-hot: of the next bin) go right. */
export interface Split<C extends Candidate = Candidate> {
  readonly candidate: C;
  /** Of a border: the bin below it. Of a one-hot split: the bin that goes right. */
  readonly bin: number;
}

/** In how many places a candidate can be split. */
export const splitCount = ({ binCount, oneHot }: Candidate) => (oneHot ? binCount : binCount - 1);

/** Adds a level to the leaf of each row: bit `level` is set where the row goes right. */
export function descend(leafOf: Uint16Array, { candidate, bin }: Split, level: number): void {
  const { bins, oneHot } = candidate;
  const bit = 1 << level;
  if (oneHot) for (let i = 0; i < leafOf.length; i++) leafOf[i]! |= bins[i]! === bin ? bit : 0;
  else for (let i = 0; i < leafOf.length; i++) leafOf[i]! |= bins[i]! > bin ? bit : 0;
}
