import { Derived } from '../../core/derived.ts';
import { floatBelow } from '../float-below.ts';
import type { Trees } from '../trees.ts';
import { memoryFor, type PredictionMemory } from './prediction-memory.ts';

/** Trees as the kernel reads them: plain numbers, so that a worker can be handed them. */
export interface TreeRecords {
  /** The address of the trees, and how many they are. */
  readonly trees: number;
  readonly count: number;
  /** The address of the first node. */
  readonly nodes: number;
  /** What leads from the address of a node to that of its value. */
  readonly values: number;
  /** Whether the place of a column takes 16 bits. */
  readonly isWide: boolean;
  readonly columns: number;
  /** How many keys a row has. */
  readonly rowKeys: number;
  /** Where missing values go: left, right, or (2) each way at some node. */
  readonly missing: 0 | 1 | 2;
}

export interface PlacedTrees {
  readonly memory: PredictionMemory;
  readonly records: TreeRecords;
}

// As kernel.as.ts has them, in bytes.
export const TREE = 8;
const NODE = 8;
const LEAF_KEY = 0x7fff_ffff;

/** More nodes are summed where they lie: their records would take 128 MB. */
const MOST_NODES = 2 ** 23;

const placed = new Derived<Trees, PlacedTrees | null>();

/** Trees in a memory, for rows of so many columns: made once; null where the records of nodes have no room for them. */
export function placeTrees(trees: Trees, columns: number): PlacedTrees | null {
  return placed.of(trees, [columns], () => writeTrees(trees, columns));
}

function writeTrees(trees: Trees, columns: number): PlacedTrees | null {
  const { roots, feature, threshold, left } = trees;
  const nodes = feature.length;
  const shape = shapeOf(trees, columns);
  const isWide = shape.rowKeys > 256;
  const bits = isWide ? 16 : 8;
  if (nodes > MOST_NODES || shape.rowKeys > 2 ** 16 || shape.farthest >= 2 ** (32 - bits)) return null;
  const memory = memoryFor(2 * NODE * nodes);
  const records = memory.arena.int32(2 * nodes);
  const values = memory.arena.float64(nodes);
  values.set(threshold);
  for (let node = 0; node < nodes; node++) {
    const column = feature[node]!;
    if (column < 0) {
      records[2 * node] = LEAF_KEY;
      continue;
    }
    const place = shape.missing === 2 && trees.missingLeft[node] === 0 ? columns + column : column;
    records[2 * node] = keyOf(threshold[node]!);
    records[2 * node + 1] = ((left[node]! - node) << bits) | place;
  }
  const headers = memory.arena.uint32(2 * roots.length);
  roots.forEach((root, tree) => {
    headers[2 * tree] = records.byteOffset + NODE * root;
    headers[2 * tree + 1] = shape.heights[root]!;
  });
  return {
    memory,
    records: {
      trees: headers.byteOffset,
      count: roots.length,
      nodes: records.byteOffset,
      values: values.byteOffset - records.byteOffset,
      isWide,
      columns,
      rowKeys: shape.rowKeys,
      missing: shape.missing,
    },
  };
}

/** How far a left child is from its node at most, how many steps lead from each node to its deepest leaf, and what rows are to have. */
function shapeOf({ feature, left, missingLeft }: Trees, columns: number) {
  const heights = new Uint32Array(feature.length);
  const goes = [false, false];
  let farthest = 0;
  // Children stand behind their parents.
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node]! < 0) continue;
    const child = left[node]!;
    heights[node] = 1 + Math.max(heights[child]!, heights[child + 1]!);
    farthest = Math.max(farthest, child - node);
    goes[1 - missingLeft[node]!] = true;
  }
  const missing = goes[0] && goes[1] ? 2 : goes[0] ? 0 : 1;
  return { heights, farthest, missing, rowKeys: missing === 2 ? 2 * columns : columns } as const;
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The key of the largest float32 up to a threshold: float32 values exceed both or neither. */
function keyOf(threshold: number): number {
  const nearest = Math.fround(threshold);
  // 0 is added, since −0 and 0 are equal.
  single[0] = (nearest > threshold ? floatBelow(nearest) : nearest) + 0;
  return bits[0]! ^ ((bits[0]! >> 31) & LEAF_KEY);
}
