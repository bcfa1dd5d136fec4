import type { Trees } from '../trees.ts';
import type { TreePaths } from './tree-paths.ts';
import { LAST, LEAF, SPLIT } from './tree-writer.ts';

/** Of a tree that is a leaf the kernel reads nothing. */
const NOWHERE = -1;

/** The leaves of prepared trees which say a number for each of several outputs: the kernel reads those of one at a time. */
export class LeafValues {
  readonly #nodes: number[] = [];
  /** Where the kernel reads a leaf's value, among the float64s of its memory. */
  readonly #places: number[] = [];
  /** The share of the training rows that a leaf has. */
  readonly #shares: number[] = [];

  /**
   * Notes the leaves of a tree.
   *
   * @param lastsAt the addresses of its splits whose children are leaves, @param leavesAt and of its other leaves
   */
  add({ left }: Trees, paths: TreePaths, lastsAt: number, leavesAt: number): void {
    const { root, lasts, leaves } = paths;
    lasts.forEach((last, k) => {
      const child = left[root + last]! - root;
      const place = (lastsAt + LAST * k + SPLIT) / 8;
      this.#add(paths, child, place);
      this.#add(paths, child + 1, place + 1);
    });
    leaves.forEach((leaf, k) => {
      this.#add(paths, leaf, (leavesAt + LEAF * k) / 8);
    });
    if (lasts.length === 0) this.#add(paths, 0, NOWHERE);
  }

  /** Has the kernel read these values, by node. */
  write({ buffer }: WebAssembly.Memory, valueAt: (node: number) => number): void {
    const numbers = new Float64Array(buffer);
    this.#nodes.forEach((node, k) => {
      if (this.#places[k] !== NOWHERE) numbers[this.#places[k]!] = valueAt(node);
    });
  }

  /** The sum of these values, each by its share of the training rows. */
  mean(valueAt: (node: number) => number): number {
    return this.#nodes.reduce((sum, node, k) => sum + this.#shares[k]! * valueAt(node), 0);
  }

  #add({ root, reached }: TreePaths, leaf: number, place: number): void {
    this.#nodes.push(root + leaf);
    this.#places.push(place);
    this.#shares.push(reached[leaf]!);
  }
}
