import type { Arena } from '../arena.ts';
import { type Kernel, kernelOver } from './kernel/kernel.ts';
import { statisticBytes } from './layout.ts';
import { BATCH_SIZE, type RowData } from './row-data.ts';
import { unpackSums } from './statistics.ts';

/** Histograms by their addresses; 0 is none. They are summed, subtracted and read here, whatever their layout. */
export class Histograms {
  readonly #arena: Arena;
  readonly #kernel: Kernel;
  readonly #data: RowData;
  readonly #shards: number;
  readonly #bytes: number;
  readonly #free: number[] = [];
  /** Of the histogram that was read last: the sums of gradients and hessians of each entry, side by side. */
  readonly pairs: Float64Array;

  constructor(data: RowData, arena: Arena, shards: number) {
    const entries = data.binned.offsets.at(-1)!;
    this.#arena = arena;
    this.#kernel = kernelOver(arena.memory);
    this.#data = data;
    this.#shards = shards;
    this.#bytes = statisticBytes(data.layout) * entries;
    this.pairs = arena.float64(2 * entries);
    const { histograms } = data.batch;
    // The first shard fills those that nodes keep; those of the others are added to them.
    for (let at = BATCH_SIZE; at < histograms.length; at++) histograms[at] = this.take();
  }

  take(): number {
    return this.#free.pop() ?? this.#arena.take(this.#bytes);
  }

  release(histogram: number): void {
    if (histogram !== 0) this.#free.push(histogram);
  }

  /** Adds what the other shards have summed; returns the histogram. */
  merged(k: number): number {
    const { histograms } = this.#data.batch;
    const histogram = histograms[k]!;
    for (let shard = 1; shard < this.#shards; shard++) {
      this.#kernel.add(histogram, histograms[shard * BATCH_SIZE + k]!, this.#bytes);
    }
    return histogram;
  }

  /** Takes a child's histogram off its parent's, which becomes the other child's, to the last bit. */
  subtract(parent: number, child: number): void {
    this.#kernel.subtract(parent, child, this.#bytes);
  }

  /** Reads a histogram into `pairs`. */
  read(histogram: number): void {
    unpackSums(this.#kernel, this.#data, histogram, this.pairs);
  }
}
