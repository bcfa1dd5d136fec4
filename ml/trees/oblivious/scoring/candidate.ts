/** The bins of several columns in one, as the reference makes a histogram of them. */
export interface SharedBins {
  readonly bins: Uint16Array;
  readonly binCount: number;
  /** Of a pack: for each of its bins, a bit for each column that has bin 1 there. */
  readonly patterns?: Uint8Array;
  /** Of a bundle: where the bins of each column but its bin 0 start, and where the last ones end; bin 0 of all is the last. */
  readonly starts?: readonly number[];
}

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

/** A numeric column, which splits at its borders. */
export interface NumberCandidate extends Candidate {
  readonly kind: 'number';
  readonly column: number;
  readonly borders: Float32Array;
}

/** A categorical column of few levels, a split of which takes one level from the others. */
export interface LevelCandidate extends Candidate {
  readonly kind: 'level';
  readonly column: number;
  /** The level of each bin, the most frequent one first: of two, a split takes the other, so an unseen level goes with it. */
  readonly levels: Int32Array;
}

/** A column that is split by its own bins. */
export type ColumnCandidate = NumberCandidate | LevelCandidate;

/** A categorical column of many levels, which only splits by statistics of its levels. */
export interface Category {
  readonly column: number;
  /** The level of each training row. */
  readonly codes: Int32Array;
  /** How many codes there can be: the levels, and one for a missing value, which is a level of its own. */
  readonly size: number;
}

export interface Columns {
  readonly candidates: readonly ColumnCandidate[];
  readonly categories: readonly Category[];
}

/** A split that looks at one value of a row. */
export type Test = Split<ColumnCandidate>;

/**
 * Categories taken together, with the answers to some tests: rows that agree in all of them are of one group. With one
 * category and no test, the groups are its levels.
 *
 * Source: Prokhorenkova et al. 2018, section 4, "Feature combinations".
 */
export interface Projection {
  /** By column. */
  readonly categories: readonly Category[];
  /** Of numbers, then of levels, each in the order of the tree's splits: as in the reference, another order is another projection. */
  readonly tests: readonly Test[];
  /** How many groups there could be. */
  readonly size: number;
  /** Equal for equal projections. */
  readonly key: string;
}

/** A number that stands for a row's group: how often the target is high in it, or how many rows it has. */
export interface StatisticCandidate extends Candidate {
  readonly kind: 'statistic';
  readonly projection: Projection;
  /** Which of the borders of the targets it is about. */
  readonly border: number;
  /** Which of a projection’s statistics it is: an index of `PRIORS`, or `FREQUENCY`. */
  readonly statistic: number;
  /** How many groups the projection has in training. */
  readonly groups: number;
}

/** Whatever a tree may be split by. */
export type AnyCandidate = ColumnCandidate | StatisticCandidate;

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
