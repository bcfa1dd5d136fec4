import { differentiateIn } from './differentiate.ts';
import { type Kernel, kernelOver } from './kernel/kernel.ts';
import { statisticBytes } from './layout.ts';
import { addressOf, BATCH_SIZE, BLOCK, type RowData } from './row-data.ts';
import { measureRows, packRows } from './statistics.ts';

/** What a shard can be told to do; `RowData.batch` says with what. */
export const commands = ['differentiate', 'measure', 'begin', 'split', 'locate', 'finish'] as const;
export type Command = (typeof commands)[number];

/** Rows whose records, of some 32 bytes, fit into the first cache beside a histogram. */
const CACHED_ROWS = 512;

/** Bytes that a shard's kernel wants for its own: an address a column. */
export const scratchBytes = (columns: number) => 4 * columns;

/**
 * The rows of one thread: a range of them, and, while a tree grows, which of them are in which node. Rows of a node
 * always stand in ascending order, and sums are integers, so how many shards there are makes no difference.
 */
export class Shard {
  readonly #data: RowData;
  readonly #kernel: Kernel;
  readonly #differentiate: ReturnType<typeof differentiateIn>;
  readonly #shard: number;
  readonly #first: number;
  readonly #end: number;
  /** Of each node of the tree, where its rows begin and end in the order. */
  #begins = new Uint32Array(256);
  #ends = new Uint32Array(256);
  readonly #scratch: number;

  /** @param scratch the address of `scratchBytes` of this shard's own */
  constructor(data: RowData, shard: number, shards: number, scratch: number) {
    this.#data = data;
    this.#kernel = kernelOver(data.memory);
    this.#differentiate = differentiateIn(data);
    this.#shard = shard;
    const blocks = Math.ceil(data.binned.rows / BLOCK);
    this.#first = Math.floor((blocks * shard) / shards) * BLOCK;
    this.#end = Math.min(Math.floor((blocks * (shard + 1)) / shards) * BLOCK, data.binned.rows);
    this.#scratch = scratch;
  }

  run(command: Command): void {
    this[command]();
  }

  /** Writes the gradients and hessians of all outputs. */
  differentiate(): void {
    this.#eachBlock(BLOCK, (first, count) => this.#differentiate?.(first, count));
  }

  /** Sums the gradients by blocks, so that their fixed point can be chosen. */
  measure(): void {
    this.#eachBlock(BLOCK, (first, count) => measureRows(this.#kernel, this.#data, first, count, first / BLOCK));
  }

  /** Begins a tree: packs the gradients, puts every row into the root, and fills the root's histogram. */
  begin(): void {
    const { order } = this.#data;
    const first = this.#first;
    this.#begins[0] = first;
    this.#ends[0] = this.#end;
    this.#kernel.enumerate(addressOf(order, first), first, this.#end - first);
    const histogram = this.#emptyHistogram(0);
    // Records are still in the first cache when they are added.
    this.#eachBlock(CACHED_ROWS, (first, count) => {
      packRows(this.#kernel, this.#data, first, count);
      this.#addRange(first, count, histogram);
    });
  }

  /** Partitions the rows of some nodes between their children, and fills the histogram of one child each. */
  split(): void {
    const { binned, order, spare, batch } = this.#data;
    const partition = binned.binBytes === 1 ? this.#kernel.partition8 : this.#kernel.partition16;
    for (let k = 0; k < batch.count[0]!; k++) {
      const node = batch.node[k]!;
      const left = batch.left[k]!;
      this.#makeRoom(left + 1);
      const begin = this.#begins[node]!;
      const end = this.#ends[node]!;
      const middle =
        begin +
        partition(
          addressOf(order, begin),
          end - begin,
          addressOf(binned.bins, batch.column[k]! * binned.rows),
          batch.lastBin[k]!,
          batch.alsoBin[k]!,
          addressOf(spare, begin),
        );
      this.#begins[left] = begin;
      this.#ends[left] = middle;
      this.#begins[left + 1] = middle;
      this.#ends[left + 1] = end;
      if (batch.wanted[k]! >= 0) this.#addRows(left + batch.wanted[k]!, this.#emptyHistogram(k));
    }
  }

  /** Tells where the rows of some leaves are. */
  locate(): void {
    const { batch } = this.#data;
    for (let k = 0; k < batch.count[0]!; k++) {
      batch.begins[this.#shard * BATCH_SIZE + k] = this.#begins[batch.node[k]!]!;
      batch.ends[this.#shard * BATCH_SIZE + k] = this.#ends[batch.node[k]!]!;
    }
  }

  /** Adds the values of some leaves to the predictions of their rows. */
  finish(): void {
    const { outputs, order, batch } = this.#data;
    const { predictions } = outputs[batch.output[0]!]!;
    for (let k = 0; k < batch.count[0]!; k++) {
      const node = batch.node[k]!;
      const begin = this.#begins[node]!;
      this.#kernel.addValue(
        addressOf(order, begin),
        this.#ends[node]! - begin,
        batch.value[k]!,
        predictions.byteOffset,
      );
    }
  }
  #eachBlock(size: number, visit: (first: number, count: number) => void): void {
    for (let row = this.#first; row < this.#end; row += size) visit(row, Math.min(size, this.#end - row));
  }

  #emptyHistogram(k: number): number {
    const { binned, layout, batch } = this.#data;
    const histogram = batch.histograms[this.#shard * BATCH_SIZE + k]!;
    this.#kernel.clear(histogram, statisticBytes(layout) * binned.offsets[binned.columns]!);
    return histogram;
  }

  #addRange(first: number, count: number, histogram: number): void {
    const { binned, layout } = this.#data;
    this.#kernel.addRange(
      addressOf(binned.records, first * binned.stride),
      binned.stride,
      count,
      binned.binBytes,
      layout === 'paired',
      binned.columns,
      binned.offsets.byteOffset,
      histogram,
      this.#scratch,
    );
  }

  #addRows(node: number, histogram: number): void {
    const { binned, layout, order } = this.#data;
    const begin = this.#begins[node]!;
    this.#kernel.addRows(
      addressOf(order, begin),
      this.#ends[node]! - begin,
      binned.records.byteOffset,
      binned.stride,
      binned.binBytes,
      layout === 'paired',
      binned.columns,
      binned.offsets.byteOffset,
      histogram,
      this.#scratch,
    );
  }

  #makeRoom(node: number): void {
    if (node < this.#begins.length) return;
    this.#begins = doubled(this.#begins);
    this.#ends = doubled(this.#ends);
  }
}

function doubled(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(2 * values.length);
  grown.set(values);
  return grown;
}
