/** Sums of weights that differ by less, as a share of them, are equal: three of 0.1 are half of six. */
const ROUNDING = 1e-12;

/**
 * The weighted median of a growing set of rows' targets, and their absolute error from it, in O(log n) a row: sums over
 * the targets in order, in a binary indexed tree. Half the weight may be reached just between two targets; the median is
 * then their mean.
 *
 * Source: Fenwick 1994; scikit-learn 1.9, `WeightedFenwickTree`.
 */
export class RunningMedian {
  weight = 0;
  #y: Float64Array = new Float64Array();
  /** The place of a row's target among those of its node, in order; equal targets share one. */
  readonly #place: Uint32Array;
  /** The targets in order. */
  readonly #sorted: Float64Array;
  /** The weight at each place: a difference of sums would be rounded, and not 0 where none is in. */
  readonly #own: Float64Array;
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  #size = 0;
  #top = 0;
  #sum = 0;
  #value = 0;
  #error = 0;
  #isStale = true;

  constructor(rows: number) {
    this.#place = new Uint32Array(rows);
    this.#sorted = new Float64Array(rows);
    this.#own = new Float64Array(rows);
    this.#weights = new Float64Array(rows + 1);
    this.#sums = new Float64Array(rows + 1);
  }

  /** Begins with the targets of all rows. */
  begin(y: Float64Array): void {
    this.#y = y;
  }

  /** Prepares for the rows of a node, from `start` to before `end` of a list in the order of targets; none is in yet. */
  enter(byTarget: Uint32Array, start: number, end: number): void {
    this.#size = 0;
    for (let at = start; at < end; at++) {
      const target = this.#y[byTarget[at]!]!;
      if (at === start || target !== this.#sorted[this.#size - 1]) this.#sorted[this.#size++] = target;
      this.#place[byTarget[at]!] = this.#size - 1;
    }
    this.#top = 2 ** Math.floor(Math.log2(this.#size));
    this.clear();
  }

  clear(): void {
    this.#own.fill(0, 0, this.#size);
    this.#weights.fill(0, 0, this.#size + 1);
    this.#sums.fill(0, 0, this.#size + 1);
    this.weight = 0;
    this.#sum = 0;
    this.#isStale = true;
  }

  add(row: number, weight: number): void {
    const weighted = weight * this.#y[row]!;
    const place = this.#place[row]!;
    this.#own[place]! += weight;
    for (let at = place + 1; at <= this.#size; at += at & -at) {
      this.#weights[at]! += weight;
      this.#sums[at]! += weighted;
    }
    this.weight += weight;
    this.#sum += weighted;
    this.#isStale = true;
  }

  get value(): number {
    this.#find();
    return this.#value;
  }

  /** The weighted sum of the distances from the median; 0 of no rows. */
  get error(): number {
    this.#find();
    return this.#error;
  }

  #find(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    const half = this.weight / 2;
    const slack = ROUNDING * half;
    let at = 0;
    let weight = 0;
    let sum = 0;
    for (let step = this.#top; step > 0; step >>= 1) {
      const next = at + step;
      // Places whose weight does not reach half lie before the median.
      if (next > this.#size || weight + this.#weights[next]! >= half - slack) continue;
      at = next;
      weight += this.#weights[next]!;
      sum += this.#sums[next]!;
    }
    const own = at < this.#size ? this.#own[at]! : 0;
    const target = this.#sorted[Math.min(at, this.#size - 1)]!;
    if (weight + own > half + slack || this.weight === 0) {
      this.#value = target;
    } else {
      // Half the weight ends with this target, which lies below the median then.
      this.#value = (target + this.#nextIn(at)) / 2;
      weight += own;
      sum += own * target;
    }
    this.#error = this.#sum - sum - this.#value * (this.weight - weight) + (this.#value * weight - sum);
  }

  /** The next greater target that is in; the same where there is none. */
  #nextIn(place: number): number {
    let next = place + 1;
    while (next < this.#size && this.#own[next] === 0) next += 1;
    return this.#sorted[next < this.#size ? next : place]!;
  }
}
