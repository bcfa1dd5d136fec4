import { type Bounds, unbounded } from './monotone.ts';
import type { SplitFinder, Sums } from './split.ts';

/** Which node is split next: the least deep, or the one that takes most off the loss. */
export type GrowPolicy = 'depthwise' | 'lossguide';

/** A table of the nodes of one tree, and which of them wait to be split. */
export class Frontier {
  readonly #policy: GrowPolicy;
  readonly #maxLeaves: number;
  #waiting: number[] = [];
  #leaves = 1;

  /** Of each node: its depth, the address of its histogram, and the split that was found. */
  depth = new Int32Array(256);
  histogram = new Uint32Array(256);
  gain = new Float32Array(256);
  column = new Int32Array(256);
  lastBin = new Int32Array(256);
  missingLeft = new Uint8Array(256);
  /** Of each node: the sums of its gradients and hessians. */
  gradient = new Float64Array(256);
  hessian = new Float64Array(256);
  leftGradient = new Float64Array(256);
  leftHessian = new Float64Array(256);
  /** Of each node: the bounds of its leaves' values. */
  readonly bounds: Bounds[] = [];

  /** @param maxLeaves 0 for as many as there are splits */
  constructor(policy: GrowPolicy, maxLeaves: number) {
    this.#policy = policy;
    this.#maxLeaves = maxLeaves;
  }

  clear(): void {
    this.#waiting = [];
    this.#leaves = 1;
  }

  enter(node: number, depth: number, { gradient, hessian }: Sums, bounds = unbounded): void {
    if (node >= this.depth.length) this.#grow();
    this.depth[node] = depth;
    this.gradient[node] = gradient;
    this.hessian[node] = hessian;
    this.histogram[node] = 0;
    this.bounds[node] = bounds;
  }

  /** Lets a node wait, to be split as was found. */
  push(node: number, { gain, column, lastBin, missingLeft, leftGradient, leftHessian }: SplitFinder): void {
    this.gain[node] = gain;
    this.column[node] = column;
    this.lastBin[node] = lastBin;
    this.missingLeft[node] = missingLeft ? 1 : 0;
    this.leftGradient[node] = leftGradient;
    this.leftHessian[node] = leftHessian;
    this.#waiting.push(node);
  }

  /** The nodes to split next, `most` at most; none once there are enough leaves. */
  take(most: number): number[] {
    // Where the number of leaves is free, every one will be split: the newest first keeps few histograms.
    if (this.#maxLeaves === 0) return this.#waiting.splice(-most);
    const room = this.#maxLeaves - this.#leaves;
    const taken =
      this.#policy === 'depthwise'
        ? this.#waiting.splice(0, Math.min(most, room))
        : this.#waiting.splice(this.#best(), room > 0 ? 1 : 0);
    this.#leaves += taken.length;
    return taken;
  }

  /** The nodes that still wait: they stay leaves. */
  rest(): readonly number[] {
    return this.#waiting;
  }

  /** Where the waiting node with the greatest gain is; of equals the first. */
  #best(): number {
    let best = 0;
    for (let k = 1; k < this.#waiting.length; k++) {
      if (this.gain[this.#waiting[k]!]! > this.gain[this.#waiting[best]!]!) best = k;
    }
    return best;
  }

  #grow(): void {
    const size = 2 * this.depth.length;
    const into = <A extends { set(from: A): void }>(to: A, from: A): A => {
      to.set(from);
      return to;
    };
    this.depth = into(new Int32Array(size), this.depth);
    this.histogram = into(new Uint32Array(size), this.histogram);
    this.gain = into(new Float32Array(size), this.gain);
    this.column = into(new Int32Array(size), this.column);
    this.lastBin = into(new Int32Array(size), this.lastBin);
    this.missingLeft = into(new Uint8Array(size), this.missingLeft);
    this.gradient = into(new Float64Array(size), this.gradient);
    this.hessian = into(new Float64Array(size), this.hessian);
    this.leftGradient = into(new Float64Array(size), this.leftGradient);
    this.leftHessian = into(new Float64Array(size), this.leftHessian);
  }
}
