import type { Scores } from '../growing/grow.ts';
import { type Candidate, splitCount } from './candidate.ts';

/**
 * The bins of a leaf. Of each there is the sum of the weighted gradients and of the weights of its rows, by which a place is
 * scored; and, where `width` is 4 and not 2, of the gradients and the weights of other rows, by which leaves are valued.
 */
export interface Histogram {
  readonly stats: Float64Array;
  /** Where the first bin is. */
  from: number;
  readonly width: 2 | 4;
}

/**
 * The sums by which each place is scored where a candidate can be split. Among equally good splits rounding decides, so numbers are
 * added, subtracted and multiplied in the order of the reference.
 *
 * Source: CatBoost 1.2, `CalcScoresForLeaf`.
 */
export class PlaceSums {
  /** Of each place in turn Σ value × gradients, and Σ value² × weight, over all leaves to be. */
  readonly sums = new Float64Array(512);
  readonly #scores = new Float64Array(256);
  /** In the unit of the weights of the leaves that are added next. */
  l2 = 0;
  readonly #cosine: boolean;

  constructor(cosine: boolean) {
    this.#cosine = cosine;
  }

  clear(): void {
    this.sums.fill(0);
  }

  /** The scores of the leaves that were added; the next call overwrites them. */
  scores(candidate: Candidate): Scores {
    const values = this.#scores;
    let highest = -Infinity;
    for (let place = 0; place < splitCount(candidate); place++) {
      const products = this.sums[2 * place]!;
      values[place] = this.#cosine ? products / Math.sqrt(this.sums[2 * place + 1]! + 1e-100) : products;
      highest = Math.max(highest, values[place]!);
    }
    return { values, highest };
  }

  addLeaf(candidate: Candidate, histogram: Histogram): void {
    const { share, oneHot, binCount } = candidate;
    if (share?.of.patterns) this.#addPacked(share.of.patterns, share.member, histogram);
    else if (share?.of.starts) this.#addBundled(candidate, share.of.starts, share.member, histogram);
    else if (oneHot) this.#addLevels(binCount, histogram);
    else if (histogram.width === 2) this.#addBorders(binCount, histogram);
    else this.#addTailedBorders(binCount, histogram);
  }

  // The next two are as the others would be, but with the sides' numbers at hand: here the time goes. Past an empty bin the sides
  // are the same.

  #addBorders(binCount: number, { stats, from }: Histogram): void {
    const { sums } = this;
    const l2 = this.l2;
    const cosine = this.#cosine;
    const end = from + 2 * binCount;
    let rightGradients = 0;
    let rightWeights = 0;
    for (let at = from; at < end; at += 2) {
      rightGradients += stats[at]!;
      rightWeights += stats[at + 1]!;
    }
    let leftGradients = 0;
    let leftWeights = 0;
    let ofLeft = 0;
    let ofRight = 0;
    let squares = 0;
    for (let at = from, place = 0; at < end - 2; at += 2, place += 2) {
      const gradients = stats[at]!;
      const weights = stats[at + 1]!;
      if (gradients !== 0 || weights !== 0 || place === 0) {
        leftGradients += gradients;
        leftWeights += weights;
        rightGradients -= gradients;
        rightWeights -= weights;
        const left = leftWeights > 0 ? leftGradients * (1 / (leftWeights + l2)) : 0;
        const right = rightWeights > 0 ? rightGradients * (1 / (rightWeights + l2)) : 0;
        ofLeft = left * leftGradients;
        ofRight = right * rightGradients;
        squares = left * left * leftWeights + right * right * rightWeights;
      }
      sums[place] = cosine ? sums[place]! + (ofLeft + ofRight) : sums[place]! + ofRight + ofLeft;
      sums[place + 1] = sums[place + 1]! + squares;
    }
  }

  #addTailedBorders(binCount: number, { stats, from }: Histogram): void {
    const { sums } = this;
    const l2 = this.l2;
    const cosine = this.#cosine;
    const end = from + 4 * binCount;
    let rightGradients = 0;
    let rightWeights = 0;
    let rightBody = 0;
    let rightRows = 0;
    for (let at = from; at < end; at += 4) {
      rightGradients += stats[at]!;
      rightWeights += stats[at + 1]!;
      rightBody += stats[at + 2]!;
      rightRows += stats[at + 3]!;
    }
    let leftGradients = 0;
    let leftWeights = 0;
    let leftBody = 0;
    let leftRows = 0;
    let ofLeft = 0;
    let ofRight = 0;
    let squares = 0;
    for (let at = from, place = 0; at < end - 4; at += 4, place += 2) {
      const gradients = stats[at]!;
      const weights = stats[at + 1]!;
      const body = stats[at + 2]!;
      const rows = stats[at + 3]!;
      if (gradients !== 0 || weights !== 0 || body !== 0 || rows !== 0 || place === 0) {
        leftGradients += gradients;
        leftWeights += weights;
        leftBody += body;
        leftRows += rows;
        rightGradients -= gradients;
        rightWeights -= weights;
        rightBody -= body;
        rightRows -= rows;
        const left = leftRows > 0 ? leftBody * (1 / (leftRows + l2)) : 0;
        const right = rightRows > 0 ? rightBody * (1 / (rightRows + l2)) : 0;
        ofLeft = left * leftGradients;
        ofRight = right * rightGradients;
        squares = left * left * leftWeights + right * right * rightWeights;
      }
      sums[place] = cosine ? sums[place]! + (ofLeft + ofRight) : sums[place]! + ofRight + ofLeft;
      sums[place + 1] = sums[place + 1]! + squares;
    }
  }

  #addLevels(binCount: number, histogram: Histogram): void {
    const left = new Side(histogram);
    for (let bin = 0; bin < binCount; bin++) left.add(bin);
    const right = new Side(histogram);
    for (let bin = 0; bin < binCount; bin++) {
      left.remove(bin);
      right.set(bin);
      this.#add(bin, right, left);
      left.add(bin);
    }
  }

  #addPacked(patterns: Uint8Array, member: number, histogram: Histogram): void {
    const left = new Side(histogram);
    const right = new Side(histogram);
    patterns.forEach((pattern, bin) => {
      (((pattern >> member) & 1) === 1 ? right : left).add(bin);
    });
    this.#add(0, right, left);
  }

  #addBundled({ oneHot, binCount }: Candidate, starts: readonly number[], member: number, histogram: Histogram): void {
    const all = new Side(histogram);
    all.add(starts.at(-1)!);
    const parts = starts.slice(1).map((end, part) => {
      const sum = new Side(histogram);
      for (let bin = starts[part]!; bin < end; bin++) sum.add(bin);
      all.addSide(sum);
      return sum;
    });
    const own = parts[member]!;
    const left = new Side(histogram);
    left.setDifference(all, own);
    const first = starts[member]!;
    if (!oneHot) {
      for (let place = 0; place < binCount - 1; place++) {
        if (place > 0) {
          left.add(first + place - 1);
          own.remove(first + place - 1);
        }
        this.#add(place, own, left);
      }
      return;
    }
    // The reference may split by bin 0 of two, but never scores it.
    if (binCount > 2) this.#add(0, left, own);
    const right = new Side(histogram);
    for (let bin = 1; bin < binCount; bin++) {
      right.set(first + bin - 1);
      left.setDifference(all, right);
      this.#add(bin, right, left);
    }
  }

  #add(place: number, right: Side, left: Side): void {
    const { sums } = this;
    const [a, b] = [left.value(this.l2), right.value(this.l2)];
    const [ofLeft, ofRight] = [a * left.stats[0]!, b * right.stats[0]!];
    if (this.#cosine) sums[2 * place]! += ofLeft + ofRight;
    else sums[2 * place] = sums[2 * place]! + ofRight + ofLeft;
    sums[2 * place + 1]! += a * a * left.stats[1]! + b * b * right.stats[1]!;
  }
}

/** The sum of some bins. */
class Side {
  readonly stats: Float64Array;
  readonly #histogram: Histogram;

  constructor(histogram: Histogram) {
    this.#histogram = histogram;
    this.stats = new Float64Array(histogram.width);
  }

  add(bin: number): void {
    const { stats, from, width } = this.#histogram;
    for (let i = 0; i < width; i++) this.stats[i]! += stats[from + bin * width + i]!;
  }

  remove(bin: number): void {
    const { stats, from, width } = this.#histogram;
    for (let i = 0; i < width; i++) this.stats[i]! -= stats[from + bin * width + i]!;
  }

  set(bin: number): void {
    const { stats, from, width } = this.#histogram;
    for (let i = 0; i < width; i++) this.stats[i] = stats[from + bin * width + i]!;
  }

  addSide(side: Side): void {
    for (let i = 0; i < this.stats.length; i++) this.stats[i]! += side.stats[i]!;
  }

  setDifference(all: Side, less: Side): void {
    for (let i = 0; i < this.stats.length; i++) this.stats[i] = all.stats[i]! - less.stats[i]!;
  }

  value(l2: number): number {
    const { stats } = this;
    const rows = stats[stats.length - 1]!;
    return rows > 0 ? stats[stats.length - 2]! * (1 / (rows + l2)) : 0;
  }
}
