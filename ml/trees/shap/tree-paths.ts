import type { Trees } from '../trees.ts';

/** Trees that know the weight of the training rows in each of their nodes. */
export type CoveredTrees = Trees & { readonly cover: Float32Array };

export interface PreparationOptions {
  /** Of each column that trees look at: by which number its contributions are told. @default its own */
  readonly players?: Int32Array | undefined;
  /** What leaves are multiplied by. @default 1 */
  readonly scale?: number;
}

/** What a tree's splits share with those above them. Nodes are numbered from the root on. */
export class TreePaths {
  readonly root: number;
  /** Parents before their children, but for those whose children are both leaves. */
  readonly splits: readonly number[];
  /** Those. */
  readonly lasts: readonly number[];
  /** The leaves of other splits. */
  readonly leaves: readonly number[];
  /** Of the root and each child of `splits`: its place among these, a right child behind its left one. */
  readonly place: Int32Array;
  readonly places: number;
  /** Of each split the shares of its rows that go left and right. */
  readonly share: Float64Array;
  /** Of each split the child of the nearest split above that asks for the same player; 0 where there is none. */
  readonly ancestor: Int32Array;
  /** Of each node the share of rows that all splits above it send here which ask for the same player as the last of them. */
  readonly merged: Float64Array;
  /** Of each node the share of all rows that reach it. */
  readonly reached: Float64Array;
  /** The most players on a path. */
  readonly mostColumns: number;
  /** The mean of the leaves by the training rows in them. */
  readonly mean: number;

  constructor({ feature, left, cover, threshold }: CoveredTrees, root: number, players: Int32Array | undefined) {
    const playerAt = (node: number) => {
      const column = feature[root + node]!;
      return players && column >= 0 ? players[column]! : column;
    };
    const nodes = countNodes(feature, left, root);
    const parent = new Int32Array(nodes);
    const count = new Int32Array(nodes);
    const reached = new Float64Array(nodes).fill(1);
    this.root = root;
    this.reached = reached;
    this.share = new Float64Array(nodes);
    this.ancestor = new Int32Array(nodes);
    this.merged = new Float64Array(nodes).fill(1);
    this.place = new Int32Array(nodes);
    const splits: number[] = [];
    const lasts: number[] = [];
    const leaves: number[] = [];
    let places = 1;
    let mean = 0;
    let most = 0;
    for (let node = 0; node < nodes; node++) {
      if (feature[root + node]! < 0) {
        mean += reached[node]! * threshold[root + node]!;
        most = Math.max(most, count[node]!);
        continue;
      }
      const children = left[root + node]! - root;
      const isLast = feature[root + children]! < 0 && feature[root + children + 1]! < 0;
      (isLast ? lasts : splits).push(node);
      let above = node;
      while (above > 0 && playerAt(parent[above]!) !== playerAt(node)) above = parent[above]!;
      this.ancestor[node] = above;
      for (const child of [children, children + 1]) {
        // Where no row was, a split says nothing of how many go where.
        const share = cover[root + node]! > 0 ? cover[root + child]! / cover[root + node]! : 0.5;
        parent[child] = node;
        count[child] = count[node]! + (above === 0 ? 1 : 0);
        this.share[child] = share;
        this.merged[child] = share * this.merged[above]!;
        reached[child] = share * reached[node]!;
        if (isLast) continue;
        this.place[child] = places++;
        if (feature[root + child]! < 0) leaves.push(child);
      }
    }
    this.splits = splits;
    this.lasts = lasts;
    this.places = places;
    this.leaves = leaves;
    this.mostColumns = most;
    this.mean = mean;
  }
}

/** How many nodes a tree has: they lie side by side, a split's children after it. */
function countNodes(feature: Int32Array, left: Int32Array, root: number): number {
  let end = root + 1;
  for (let node = root; node < end; node++) if (feature[node]! >= 0) end = Math.max(end, left[node]! + 2);
  return end - root;
}
