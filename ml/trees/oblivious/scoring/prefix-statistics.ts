import type { Scores, SplitStatistics } from '../growing/grow.ts';
import { binOf, type Candidate, type SharedBins, type Split } from './candidate.ts';
import { type Histogram, PlaceSums } from './place-sums.ts';

/**
 * A model of the first rows in an order, or one output of it. The leaves of its trees are estimated from the rows of the `body`; those
 * of the tail, from there to before `end`, have no part in it, and show how well it does.
 */
export interface Prefix {
  readonly body: number;
  readonly end: number;
  /** The mean weight of the body's rows. */
  readonly meanWeight: number;
  /** For each row of the prefix its weight × the negative gradient of the loss. */
  readonly residuals: Float64Array;
}

/** Up to so many rows equally good splits are common. */
const FEW_ROWS = 512;

/** Whether sums are to be made as in the reference: where rounding may decide, since rows are few and scores have no noise. */
export const isExact = (rows: number, randomStrength: number) => rows <= FEW_ROWS && randomStrength === 0;

/** The reference keeps histograms for the next level where trees have fewer leaves than this, over all prefixes. */
const KEPT_LEAVES = 640;

export interface PrefixOptions {
  /** In means of the weights of a prefix's body. */
  readonly l2: number;
  readonly cosine: boolean;
  readonly depth: number;
  readonly randomStrength: number;
}

/** A leaf that has rows of the sample. */
interface Leaf {
  readonly leaf: number;
  /** In the order of the fold. */
  readonly rows: Uint32Array;
  /** On the level above, which of the leaves it was part of; and on this level the other part, −1 if that has no rows. */
  readonly parent: number;
  sibling: number;
  /** Whether its histograms are those of its parent less its sibling's: the side of the split that has more rows. */
  readonly isRest: boolean;
}

/** What a histogram is of: the bins of a column, or of several in one. */
type Histogrammed = Candidate | SharedBins;

/** The histograms of a column: of each leaf and prefix, one after another. */
interface Kept {
  tree: number;
  level: number;
  stats: Float64Array;
  /** Of the level above. */
  above: Float64Array;
}

/**
 * The statistics of Ordered boosting, and of Plain boosting of few rows without noise. A split's leaves are valued by the body of
 * each prefix, and scored by how well these values fit the gradients of its tail, which they have not seen; in Plain boosting
 * all rows do both. Among few rows equally good splits are common, and without noise rounding decides which is the best: sums
 * are made as the reference makes them.
 *
 * Source: Prokhorenkova et al. 2018, section 4; CatBoost 1.2, `CalcStatsAndScores`.
 */
export class PrefixStatistics implements SplitStatistics {
  readonly #options: PrefixOptions;
  /** Where in the order of the fold each row stands. */
  readonly #place: Uint32Array;
  readonly #kept = new WeakMap<Histogrammed, Kept>();
  readonly #places: PlaceSums;
  /** A histogram that is not kept. */
  #spare = new Float64Array();
  #prefixes: readonly Prefix[] = [];
  readonly #weights: Float64Array;
  #sampling: Float64Array = new Float64Array();
  #width: 2 | 4 = 2;
  #leaves: readonly Leaf[] = [];
  #taken: ReadonlySet<number> = new Set();
  #tree = 0;
  #level = 0;

  /** @param weights of the rows */
  constructor(weights: Float64Array, options: PrefixOptions) {
    this.#options = options;
    this.#weights = weights;
    this.#places = new PlaceSums(options.cosine);
    this.#place = new Uint32Array(weights.length);
  }

  /** Begins a tree: rows whose sampling weight is 0 are left out. */
  begin(order: Uint32Array, prefixes: readonly Prefix[], sampling: Float64Array): void {
    this.#prefixes = prefixes;
    this.#sampling = sampling;
    this.#width = isWhole(prefixes[0]!) ? 2 : 4;
    for (let at = 0; at < order.length; at++) this.#place[order[at]!] = at;
    const rows = order.filter((row) => sampling[row]! > 0);
    const root = { leaf: 0, rows, parent: -1, sibling: -1, isRest: false };
    this.#setLeaves(rows.length > 0 ? [root] : []);
    this.#tree += 1;
    this.#level = 0;
  }

  scores(candidate: Candidate): Scores {
    const column = candidate.share?.of ?? candidate;
    const size = this.#width * column.binCount;
    const keeps = this.#keeps() && !candidate.isForgotten;
    if (this.#spare.length < size) this.#spare = new Float64Array(size);
    const stats = keeps ? this.#histograms(column) : this.#spare;
    const histogram: Histogram = { stats, from: 0, width: this.#width };
    this.#places.clear();
    for (let i = 0; i < this.#prefixes.length; i++) {
      this.#places.l2 = this.#options.l2 * this.#prefixes[i]!.meanWeight;
      for (let at = 0; at < this.#leaves.length; at++) {
        if (keeps) histogram.from = (at * this.#prefixes.length + i) * size;
        // Without rows that score it a leaf adds nothing.
        else if (!this.#sum(column, this.#leaves[at]!.rows, this.#prefixes[i]!, stats.fill(0, 0, size), 0)) continue;
        this.#places.addLeaf(candidate, histogram);
      }
    }
    return this.#places.scores(candidate);
  }

  split({ candidate, right }: Split): void {
    const sides = [0, 1].map((side) =>
      this.#leaves.map(({ rows }) => rows.filter((row) => right[binOf(candidate, row)] === side)),
    ) as [Uint32Array[], Uint32Array[]];
    const [onLeft, onRight] = sides.map((leaves) => leaves.reduce((sum, rows) => sum + rows.length, 0));
    const rest = onRight! <= onLeft! ? 0 : 1;
    const leaves = sides.flatMap((rowsOf, side) =>
      rowsOf.map((rows, parent) => ({
        leaf: this.#leaves[parent]!.leaf + side * 2 ** this.#level,
        rows,
        parent,
        sibling: -1,
        isRest: side === rest,
      })),
    );
    this.#setLeaves(leaves.filter(({ rows }) => rows.length > 0));
    this.#level += 1;
  }

  isTaken(leaf: number): boolean {
    return this.#taken.has(leaf);
  }

  #setLeaves(leaves: readonly Leaf[]): void {
    const partOf = new Map<number, number>();
    leaves.forEach(({ parent }, at) => {
      const other = partOf.get(parent);
      if (other === undefined) partOf.set(parent, at);
      else [leaves[at]!.sibling, leaves[other]!.sibling] = [other, at];
    });
    this.#leaves = leaves;
    this.#taken = new Set(leaves.map(({ leaf }) => leaf));
  }

  #keeps(): boolean {
    const { depth, randomStrength } = this.#options;
    return isExact(this.#place.length, randomStrength) && 2 ** depth * this.#prefixes.length < KEPT_LEAVES;
  }

  /** Makes the histograms of all leaves and prefixes, by subtraction where those of the level above have been made. */
  #histograms(column: Histogrammed): Float64Array {
    let kept = this.#kept.get(column);
    if (kept?.tree === this.#tree && kept.level === this.#level) return kept.stats;
    const subtracts = kept?.tree === this.#tree && kept.level === this.#level - 1;
    kept ??= { tree: 0, level: 0, stats: new Float64Array(), above: new Float64Array() };
    [kept.tree, kept.level, kept.stats, kept.above] = [this.#tree, this.#level, kept.above, kept.stats];
    this.#kept.set(column, kept);
    const each = this.#width * column.binCount;
    const size = each * this.#prefixes.length;
    if (kept.stats.length < size * this.#leaves.length) kept.stats = new Float64Array(size * this.#leaves.length);
    const { stats, above } = kept;
    this.#leaves.forEach(({ rows, isRest }, at) => {
      if (subtracts && isRest) return;
      stats.fill(0, at * size, (at + 1) * size);
      this.#prefixes.forEach((prefix, i) => {
        this.#sum(column, rows, prefix, stats, at * size + i * each);
      });
    });
    if (!subtracts) return stats;
    this.#leaves.forEach(({ parent, sibling, isRest }, leaf) => {
      if (!isRest) return;
      const to = leaf * size;
      if (sibling < 0) stats.set(above.subarray(parent * size, (parent + 1) * size), to);
      else for (let i = 0; i < size; i++) stats[to + i] = above[parent * size + i]! - stats[sibling * size + i]!;
    });
    return stats;
  }

  /** Adds the histogram of a prefix within a leaf to `stats`, from `from` on; returns whether there are rows that score it. */
  #sum(column: Histogrammed, rows: Uint32Array, prefix: Prefix, stats: Float64Array, from: number): boolean {
    const { end, residuals } = prefix;
    const [words, shift, mask] = 'bins' in column ? [column.bins, 0, 0xffff] : [column.words, column.shift, 255];
    const body = isWhole(prefix) ? 0 : prefix.body;
    let scores = false;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const place = this.#place[row]!;
      if (place >= end) break;
      const at = from + this.#width * ((words[row]! >>> shift) & mask);
      if (place < body) {
        stats[at + 2]! += residuals[row]!;
        stats[at + 3]! += this.#weights[row]!;
      } else {
        stats[at]! += this.#sampling[row]! * residuals[row]!;
        stats[at + 1]! += this.#sampling[row]! * this.#weights[row]!;
        scores = true;
      }
    }
    return scores;
  }
}

/** Whether a prefix has no tail: all its rows value the leaves, and score them. */
const isWhole = ({ body, end }: Prefix) => body === end;
