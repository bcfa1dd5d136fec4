import type { SharedBins } from '../quantization/shared-bins.ts';

/** A column that a level of a tree may be split by, as bins. */
export interface Candidate {
  /** For each training row the bins of up to four columns, a byte each; they are the kernel's. */
  readonly words: Uint32Array;
  /** From which bit on the byte of this column is. */
  readonly shift: number;
  readonly binCount: number;
  /** Whether a split takes one bin from all others, not those above a border from those below. */
  readonly oneHot: boolean;
  /** Whether its histogram is never had from those of the level above: the reference forgets those of single categories. */
  readonly isForgotten?: boolean;
  /** Candidates that follow each other with the same number share the noise of what they compete by: the reference has them as one. */
  readonly ensemble?: number;
  /** Where rows are few: the histogram that the reference scores it from, and which of the columns there it is. */
  readonly share?: { readonly of: SharedBins; readonly member: number };
}

/** How many columns share a word. */
export const COLUMNS_IN_WORD = 4;

/** The bin of a row. */
export const binOf = ({ words, shift }: Pick<Candidate, 'words' | 'shift'>, row: number) =>
  (words[row]! >>> shift) & 255;

/** A candidate and where it is split: rows of a higher bin (one-hot: of that bin) go right. */
export interface Split<C extends Candidate = Candidate> {
  readonly candidate: C;
  /** Of a border, the bin below it; of a one-hot split, the bin that goes right. */
  readonly bin: number;
  /** For each bin 1 if its rows go right, else 0: looked up, since a branch would be mispredicted at every other row. */
  readonly right: Uint8Array;
}

export function splitAt<C extends Candidate>(candidate: C, bin: number): Split<C> {
  const { binCount, oneHot } = candidate;
  const right = new Uint8Array(256).fill(1, oneHot ? bin : bin + 1, oneHot ? bin + 1 : binCount);
  return { candidate, bin, right };
}

/** In how many places a candidate can be split. */
export const splitCount = ({ binCount, oneHot }: Candidate) => (oneHot ? binCount : binCount - 1);

/** Sets the leaf of each row: bit i is set where the row goes right at split i. */
export function setLeaves(leafOf: Uint16Array, splits: readonly Split[]): void {
  leafOf.fill(0);
  splits.forEach(({ candidate: { words, shift }, right }, level) => {
    for (let i = 0; i < leafOf.length; i++) leafOf[i]! |= right[(words[i]! >>> shift) & 255]! << level;
  });
}
