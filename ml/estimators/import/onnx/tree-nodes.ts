import { damaged } from './damaged.ts';

/** The nodes of one tree, by their place among them, where a file has those of all trees in lists. */
export class TreeNodes {
  readonly #at: Uint32Array;
  /** Of each node its place; undefined where nodes are numbered by their places, as they are mostly. */
  readonly #places: ReadonlyMap<number, number> | undefined;

  /**
   * @param at where in the lists each node is
   * @param ids of all nodes of the lists, the number by which its tree knows it
   * @throws DataError where a number is there twice
   */
  constructor(at: Uint32Array, ids: readonly number[]) {
    this.#at = at;
    if (at.every((node, place) => ids[node] === place)) return;
    this.#places = new Map(Array.from(at, (node, place) => [ids[node]!, place]));
    if (this.#places.size < at.length) throw damaged('a tree has a node twice');
  }

  get size(): number {
    return this.#at.length;
  }

  /** Where in the lists a node is. */
  at(place: number): number {
    return this.#at[place]!;
  }

  /** The place of a node by its number; −1 where there is none. */
  placeOf(id: number): number {
    if (this.#places) return this.#places.get(id) ?? -1;
    return Number.isInteger(id) && id >= 0 && id < this.#at.length ? id : -1;
  }
}

/** The nodes of each tree. @param trees of each node its tree */
export function nodesByTree(trees: readonly number[], ids: readonly number[]): ReadonlyMap<number, TreeNodes> {
  const counts = new Map<number, number>();
  for (const tree of trees) counts.set(tree, (counts.get(tree) ?? 0) + 1);
  const order = new Uint32Array(trees.length);
  const next = new Map<number, number>();
  let from = 0;
  for (const [tree, count] of counts) {
    next.set(tree, from);
    from += count;
  }
  trees.forEach((tree, at) => {
    const place = next.get(tree)!;
    order[place] = at;
    next.set(tree, place + 1);
  });
  return new Map(
    Array.from(counts, ([tree, count]) => {
      const end = next.get(tree)!;
      return [tree, new TreeNodes(order.subarray(end - count, end), ids)];
    }),
  );
}
