import type { Arena } from '../arena.ts';
import type { Trees } from '../trees.ts';
import { gaussLegendre } from './quadrature.ts';
import { type CoveredTrees, TreePaths } from './tree-paths.ts';

export interface PreparationOptions {
  /** Of each column that trees look at: by which number its contributions are told. @default its own */
  readonly players?: Int32Array | undefined;
  /** What leaves are multiplied by. @default 1 */
  readonly scale?: number;
}

/** Trees as the kernel reads them, in an arena. */
export interface PreparedTrees {
  readonly memory: WebAssembly.Memory;
  /** The address of the trees that have splits, and how many they are. */
  readonly trees: number;
  readonly count: number;
  /** What the kernel wants for its own. */
  readonly scratchBytes: number;
  /** How many splits there are, times the points that each is computed at. */
  readonly work: number;
  /** The mean prediction of the training rows: the sum of the leaves, each by its share of them. */
  readonly base: number;
}

// As kernel.as.ts has them, in bytes.
const TREE = 28;
const SPLIT = 56;
const LEAF = 16;
const HEAD = 16;

/**
 * A product of the shares of so many columns is a polynomial that the quadrature knows exactly. Of more columns on a path, which are all
 * between 0 and 1, what is missing is smaller than rounding.
 */
const MOST_POINTS = 64;

/** Prepares trees for the kernel. */
export function prepareTrees(
  trees: CoveredTrees,
  arena: Arena,
  { players, scale = 1 }: PreparationOptions,
): PreparedTrees {
  const quadratures = new Quadratures(arena);
  const paths = Array.from(trees.roots, (root) => new TreePaths(trees, root, players));
  const grown = paths.filter(({ splits }) => splits.length > 0);
  const headers = arena.uint32((TREE / 4) * grown.length);
  let scratchBytes = 0;
  let work = 0;
  grown.forEach((tree, k) => {
    const points = pointsFor(tree.mostColumns);
    const place = HEAD + 16 * points;
    const splits = arena.take(SPLIT * tree.splits.length);
    const leaves = arena.take(LEAF * tree.leaves.length);
    writeSplits(trees, tree, arena.memory, { at: splits, place, players });
    writeLeaves(trees, tree, arena.memory, { at: leaves, place, scale });
    const bottom = splits + SPLIT * tree.bottom;
    const ends = [splits + SPLIT * tree.splits.length, leaves, leaves + LEAF * tree.leaves.length];
    headers.set([splits, bottom, ...ends, quadratures.of(points), 8 * points], (TREE / 4) * k);
    scratchBytes = Math.max(scratchBytes, place * tree.nodes);
    work += tree.splits.length * points;
  });
  const base = paths.reduce((sum, path) => sum + scale * path.mean, 0);
  return { memory: arena.memory, trees: headers.byteOffset, count: grown.length, scratchBytes, work, base };
}

/** As many as are exact for so many columns, and whole vectors. */
const pointsFor = (columns: number) => Math.min(MOST_POINTS, 2 * Math.ceil(columns / 4));

/** The quadratures of an arena: of each number of points t, 1 − t, and the weights. */
class Quadratures {
  readonly #arena: Arena;
  readonly #addresses = new Map<number, number>();

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  of(count: number): number {
    const known = this.#addresses.get(count);
    if (known !== undefined) return known;
    const { points, weights } = gaussLegendre(count);
    const written = this.#arena.float64(3 * count);
    written.set(points);
    written.set(
      points.map((point) => 1 - point),
      count,
    );
    written.set(weights, 2 * count);
    this.#addresses.set(count, written.byteOffset);
    return written.byteOffset;
  }
}

/** Where something is written, and how many bytes a node takes in the scratch memory. */
interface Place {
  readonly at: number;
  readonly place: number;
}

function writeSplits(
  { feature, threshold, left, missingLeft }: Trees,
  { root, splits, share, ancestor, merged }: TreePaths,
  { buffer }: WebAssembly.Memory,
  { at, place, players }: Place & Pick<PreparationOptions, 'players'>,
): void {
  const words = new Uint32Array(buffer);
  const numbers = new Float64Array(buffer);
  splits.forEach((node, k) => {
    const column = feature[root + node]!;
    const children = left[root + node]! - root;
    const above = ancestor[node]!;
    const number = (at + SPLIT * k) / 8;
    numbers[number] = threshold[root + node]!;
    numbers[number + 1] = share[children]!;
    numbers[number + 2] = share[children + 1]!;
    numbers[number + 3] = merged[above]!;
    const word = 2 * number + 8;
    words[word] = 4 * column;
    words[word + 1] = 16 * (players?.[column] ?? column);
    words[word + 2] = place * node;
    words[word + 3] = place * children;
    words[word + 4] = place * above;
    words[word + 5] = missingLeft[root + node]!;
  });
}

function writeLeaves(
  { threshold }: Trees,
  { root, leaves }: TreePaths,
  { buffer }: WebAssembly.Memory,
  { at, place, scale }: Place & { readonly scale: number },
): void {
  const words = new Uint32Array(buffer);
  const numbers = new Float64Array(buffer);
  leaves.forEach((node, k) => {
    numbers[(at + LEAF * k) / 8] = scale * threshold[root + node]!;
    words[(at + LEAF * k) / 4 + 2] = place * node;
  });
}
