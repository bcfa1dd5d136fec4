import type { Arena } from '../arena.ts';
import type { LeafValues } from './leaf-values.ts';
import { gaussLegendre } from './quadrature.ts';
import { type CoveredTrees, type PreparationOptions, TreePaths } from './tree-paths.ts';
import { HEAD, LAST, LEAF, SPLIT, TreeWriter } from './tree-writer.ts';

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

// As kernel.as.ts has it, in bytes.
const TREE = 32;

/**
 * A product of the shares of so many columns is a polynomial that the quadrature knows exactly. Of more columns on a path, which are all
 * between 0 and 1, what is missing is smaller than rounding.
 */
const MOST_POINTS = 64;

/** Prepares trees for the kernel. @param leafValues where leaves are noted, if they say several numbers */
export function prepareTrees(
  trees: CoveredTrees,
  arena: Arena,
  { players, scale = 1 }: PreparationOptions,
  leafValues?: LeafValues,
): PreparedTrees {
  const quadratures = new Quadratures(arena);
  const headers = arena.uint32((TREE / 4) * trees.roots.length);
  let count = 0;
  let scratchBytes = 0;
  let work = 0;
  let base = 0;
  for (const root of trees.roots) {
    const tree = new TreePaths(trees, root, players);
    base += scale * tree.mean;
    const { splits, lasts, leaves } = tree;
    if (lasts.length === 0) {
      leafValues?.add(trees, tree, 0, 0);
      continue;
    }
    const points = pointsFor(tree.mostColumns);
    const placeBytes = HEAD + 16 * points;
    const sizes = [SPLIT * splits.length, LAST * lasts.length, LEAF * leaves.length];
    const firsts = sizes.map((bytes) => arena.take(bytes)) as [number, number, number];
    // Made now: what is taken may grow the memory, whose views then end too early.
    const writer = new TreeWriter(trees, tree, arena.memory, { placeBytes, players, scale });
    writer.writeSplits(firsts[0]);
    writer.writeLasts(firsts[1]);
    writer.writeLeaves(firsts[2]);
    leafValues?.add(trees, tree, firsts[1], firsts[2]);
    const ends = firsts.flatMap((first, part) => [first, first + sizes[part]!]);
    headers.set([...ends, quadratures.of(points), 8 * points], (TREE / 4) * count++);
    scratchBytes = Math.max(scratchBytes, placeBytes * tree.places);
    work += (splits.length + lasts.length) * points;
  }
  return { memory: arena.memory, trees: headers.byteOffset, count, scratchBytes, work, base };
}

/** As many as are exact for so many columns, and whole vectors. */
const pointsFor = (columns: number) => Math.min(MOST_POINTS, 2 * Math.ceil(columns / 4));

/** The quadratures of an arena: of each number of points these, and their weights. */
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
    const written = this.#arena.float64(2 * count);
    written.set(points);
    written.set(weights, count);
    this.#addresses.set(count, written.byteOffset);
    return written.byteOffset;
  }
}
