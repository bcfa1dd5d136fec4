import type { Trees } from '../trees.ts';

import type { PreparationOptions, TreePaths } from './tree-paths.ts';

// As kernel.as.ts has them, in bytes.
export const SPLIT = 56;
export const LAST = 72;
export const LEAF = 16;
export const HEAD = 16;

interface WriterOptions extends PreparationOptions {
  readonly scale: number;
  /** How many bytes a node takes in the scratch memory. */
  readonly placeBytes: number;
}

/** Writes a tree as the kernel reads it. */
export class TreeWriter {
  readonly #trees: Trees;
  readonly #paths: TreePaths;
  readonly #options: WriterOptions;
  readonly #words: Uint32Array;
  readonly #numbers: Float64Array;

  constructor(trees: Trees, paths: TreePaths, { buffer }: WebAssembly.Memory, options: WriterOptions) {
    this.#trees = trees;
    this.#paths = paths;
    this.#options = options;
    this.#words = new Uint32Array(buffer);
    this.#numbers = new Float64Array(buffer);
  }

  /** Splits that have one below them. @param at the address */
  writeSplits(at: number): void {
    const { splits } = this.#paths;
    for (let k = 0; k < splits.length; k++) this.#writeSplit(splits[k]!, at + SPLIT * k);
  }

  /** Splits whose children are leaves, with their values. */
  writeLasts(at: number): void {
    const { lasts } = this.#paths;
    for (let k = 0; k < lasts.length; k++) {
      const left = this.#leftOf(lasts[k]!);
      this.#writeSplit(lasts[k]!, at + LAST * k);
      this.#numbers[(at + LAST * k + SPLIT) / 8] = this.#valueOf(left);
      this.#numbers[(at + LAST * k + SPLIT) / 8 + 1] = this.#valueOf(left + 1);
    }
  }

  /** The leaves of other splits. */
  writeLeaves(at: number): void {
    const { leaves, place } = this.#paths;
    for (let k = 0; k < leaves.length; k++) {
      this.#numbers[(at + LEAF * k) / 8] = this.#valueOf(leaves[k]!);
      this.#words[(at + LEAF * k) / 4 + 2] = this.#options.placeBytes * place[leaves[k]!]!;
    }
  }

  #writeSplit(node: number, at: number): void {
    const { feature, threshold, missingLeft } = this.#trees;
    const { root, share, ancestor, merged, place } = this.#paths;
    const { placeBytes, players } = this.#options;
    const column = feature[root + node]!;
    const left = this.#leftOf(node);
    const number = at / 8;
    this.#numbers[number] = threshold[root + node]!;
    this.#numbers[number + 1] = share[left]!;
    this.#numbers[number + 2] = share[left + 1]!;
    this.#numbers[number + 3] = merged[ancestor[node]!]!;
    const word = 2 * number + 8;
    this.#words[word] = 4 * column;
    this.#words[word + 1] = 16 * (players?.[column] ?? column);
    this.#words[word + 2] = placeBytes * place[node]!;
    this.#words[word + 3] = placeBytes * place[left]!;
    this.#words[word + 4] = placeBytes * place[ancestor[node]!]!;
    this.#words[word + 5] = missingLeft[root + node]!;
  }

  #leftOf(node: number): number {
    return this.#trees.left[this.#paths.root + node]! - this.#paths.root;
  }

  #valueOf(leaf: number): number {
    return this.#options.scale * this.#trees.threshold[this.#paths.root + leaf]!;
  }
}
