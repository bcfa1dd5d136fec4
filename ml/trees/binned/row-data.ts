import type { Arena } from '../arena.ts';
import type { Binned } from './binning.ts';
import { type LossOfRows, paddedLength } from './compiled-loss.ts';
import type { Layout } from './layout.ts';

/** How many splits are made, or leaves applied, between two barriers of the threads. */
export const BATCH_SIZE = 64;
/** Rows whose gradients are summed at a time. Shards begin and end with a block, so that sums do not depend on them. */
export const BLOCK = 4096;

/** What the trees of an output are grown on, and what they have come to. */
export interface OutputRows {
  /** Of the loss, in each row. */
  readonly gradients: Float32Array;
  /** The same; undefined where every hessian is 1. */
  readonly hessians: Float32Array | undefined;
  /** Of each row: the caller's start, and the trees' values since. */
  readonly predictions: Float32Array;
}

/** All that the threads share while trees grow: views of one memory, so that it may be handed to a worker. */
export interface RowData {
  readonly memory: WebAssembly.Memory;
  readonly binned: Binned;
  readonly layout: Layout;
  /** 1 for a row that the tree learns from; 0 for one that only follows the others. */
  readonly drawn: Uint8Array;
  readonly outputs: readonly OutputRows[];
  /** The bytes from an array of an output to that of the next. */
  readonly outputBytes: number;
  readonly loss: LossOfRows | undefined;
  /** Row numbers, those of a node side by side within each shard. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  /** Of each block of drawn rows: the sum of absolute gradients, their number, the sum of hessians, their number. */
  readonly totals: Float64Array;
  /** What gradients and hessians are multiplied by, and how many low bits of an integer that holds both are the hessian's. */
  readonly scales: Float64Array;
  readonly batch: Batch;
}

/** What the shards are to do next, from whoever grows the tree: splits, or leaves. */
interface Batch {
  /** The output that the tree is of. */
  readonly output: Int32Array;
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
  /** For each shard, the addresses of the histograms that it fills: shard × BATCH_SIZE. */
  readonly histograms: Uint32Array;
  /** The shards' answer, in the same places: where the rows of a leaf begin and end in the order. */
  readonly begins: Uint32Array;
  readonly ends: Uint32Array;
}

interface RowDataOptions {
  readonly layout: Layout;
  readonly outputs: number;
  /** What is copied. */
  readonly loss?: LossOfRows | undefined;
  readonly shards: number;
}

export function createRowData(
  binned: Binned,
  arena: Arena,
  { layout, outputs, loss, shards }: RowDataOptions,
): RowData {
  const { rows } = binned;
  const length = paddedLength(rows);
  const ofOutputs = () => {
    const all = arena.float32(outputs * length);
    return (output: number) => all.subarray(output * length, output * length + rows);
  };
  const [gradients, hessians, predictions] = [ofOutputs(), layout === 'counted' ? undefined : ofOutputs(), ofOutputs()];
  return {
    memory: arena.memory,
    binned,
    layout,
    drawn: arena.uint8(rows).fill(1),
    outputs: Array.from({ length: outputs }, (_, output) => ({
      gradients: gradients(output),
      hessians: hessians?.(output),
      predictions: predictions(output),
    })),
    outputBytes: 4 * length,
    loss: loss && copyLoss(loss, arena),
    order: arena.uint32(rows),
    spare: arena.uint32(rows),
    totals: arena.float64(4 * Math.ceil(rows / BLOCK)),
    scales: arena.float64(3),
    batch: {
      output: arena.int32(1),
      count: arena.int32(1),
      node: arena.int32(BATCH_SIZE),
      left: arena.int32(BATCH_SIZE),
      column: arena.int32(BATCH_SIZE),
      lastBin: arena.int32(BATCH_SIZE),
      alsoBin: arena.int32(BATCH_SIZE),
      wanted: arena.int32(BATCH_SIZE),
      value: arena.float32(BATCH_SIZE),
      histograms: arena.uint32(shards * BATCH_SIZE),
      begins: arena.uint32(shards * BATCH_SIZE),
      ends: arena.uint32(shards * BATCH_SIZE),
    },
  };
}

function copyLoss({ module, name, targets, factors }: LossOfRows, arena: Arena): LossOfRows {
  const copy = (values: Float32Array) => {
    const copied = arena.float32(paddedLength(values.length)).subarray(0, values.length);
    copied.set(values);
    return copied;
  };
  return { module, name, targets: copy(targets), factors: factors && copy(factors) };
}

/** The address of an element, for the kernel. */
export function addressOf(
  array: { readonly byteOffset: number; readonly BYTES_PER_ELEMENT: number },
  at: number,
): number {
  return array.byteOffset + at * array.BYTES_PER_ELEMENT;
}
