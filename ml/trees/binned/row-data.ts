import type { Arena } from '../arena.ts';
import type { Binned } from './binning.ts';

/** Splits that are made, or leaves that are applied, between two meetings of the threads. */
export const BATCH = 64;
/** Rows whose gradients are summed at a time. Shards begin and end with a block, so that sums do not depend on them. */
export const BLOCK = 4096;

/** All that the threads share while trees grow: views of one memory, so that it may be handed to a worker. */
export interface RowData {
  readonly memory: WebAssembly.Memory;
  readonly binned: Binned;
  /** How often each row counts; 0 for one that only follows the others. */
  readonly weights: Uint16Array;
  readonly targets: Float32Array;
  /** Of half the squared error, turned downhill: what is missing of each target. */
  readonly gradients: Float32Array;
  /** The sum of the trees so far. */
  readonly predictions: Float32Array;
  /** Each row's gradient and weight in one integer. */
  readonly packed: Float64Array;
  /** Row numbers, those of a node side by side within each shard. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  readonly plan: Plan;
}

/** What the shards are to do next, from whoever grows the tree. */
interface Plan {
  /** The shards' answer: of each block of rows the sum of the absolute gradients times the weights, and that of the weights. */
  readonly totals: Float64Array;
  /** How gradients are packed: their factor, and the bits of the weights below them. */
  readonly packing: Float64Array;
  /** How many entries of the following count. */
  readonly count: Int32Array;
  /** Of a split, or of a leaf. */
  readonly node: Int32Array;
  /** The left child of a split; the right one is the next. */
  readonly left: Int32Array;
  readonly column: Int32Array;
  /** The last bin that goes left, and another one (that of missing values), or −1. */
  readonly lastBin: Int32Array;
  readonly alsoBin: Int32Array;
  /** The child whose histogram is wanted: 0 the left one, 1 the right one; −1 for none. */
  readonly wanted: Int32Array;
  /** The value of a leaf. */
  readonly value: Float32Array;
  /** For each shard, the addresses of the histograms that it fills: shard × BATCH. */
  readonly histograms: Uint32Array;
}

export function createRowData(binned: Binned, arena: Arena, shards: number): RowData {
  const { rows } = binned;
  return {
    memory: arena.memory,
    binned,
    weights: arena.uint16(rows).fill(1),
    targets: arena.float32(rows),
    gradients: arena.float32(rows),
    predictions: arena.float32(rows),
    packed: arena.float64(rows),
    order: arena.uint32(rows),
    spare: arena.uint32(rows),
    plan: {
      totals: arena.float64(2 * Math.ceil(rows / BLOCK)),
      packing: arena.float64(2),
      count: arena.int32(1),
      node: arena.int32(BATCH),
      left: arena.int32(BATCH),
      column: arena.int32(BATCH),
      lastBin: arena.int32(BATCH),
      alsoBin: arena.int32(BATCH),
      wanted: arena.int32(BATCH),
      value: arena.float32(BATCH),
      histograms: arena.uint32(shards * BATCH),
    },
  };
}
