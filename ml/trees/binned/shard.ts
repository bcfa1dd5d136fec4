import { type Kernel, kernelOver } from './kernel/kernel.ts';
import { BATCH, BLOCK, type RowData } from './row-data.ts';

/** What a shard can be told to do; `RowData.plan` says with what. */
export const commands = ['differentiate', 'begin', 'split', 'finish'] as const;
export type Command = (typeof commands)[number];

/**
 * The rows of one thread: a range of them, and, while a tree grows, which of them are in which node. Rows of a node
 * always stand in ascending order, and sums are integers, so how many shards there are makes no difference.
 */
export class Shard {
  readonly #data: RowData;
  readonly #kernel: Kernel;
  readonly #shard: number;
  readonly #first: number;
  readonly #end: number;
  /** Of each node of the tree, where its rows begin and end in the order. */
  #begins = new Uint32Array(256);
  #ends = new Uint32Array(256);
  /** Where the kernel keeps what it has fetched ahead. */
  readonly #ahead: number;

  /** @param ahead the address of 512 bytes of this shard's own */
  constructor(data: RowData, shard: number, shards: number, ahead: number) {
    this.#data = data;
    this.#kernel = kernelOver(data.memory);
    this.#shard = shard;
    const blocks = Math.ceil(data.binned.rows / BLOCK);
    this.#first = Math.floor((blocks * shard) / shards) * BLOCK;
    this.#end = Math.min(Math.floor((blocks * (shard + 1)) / shards) * BLOCK, data.binned.rows);
    this.#ahead = ahead;
  }

  run(command: Command): void {
    this[command]();
  }

  /** Finds what the predictions lack. */
  differentiate(): void {
    const { targets, predictions, weights, gradients, plan } = this.#data;
    for (let row = this.#first; row < this.#end; row += BLOCK) {
      this.#kernel.residuals(
        addressOf(targets, row),
        addressOf(predictions, row),
        addressOf(weights, row),
        Math.min(BLOCK, this.#end - row),
        addressOf(gradients, row),
        addressOf(plan.totals, (2 * row) / BLOCK),
      );
    }
  }

  /** Begins a tree: packs the gradients, puts every row into the root, and fills the root's histogram. */
  begin(): void {
    const { gradients, weights, packed, order, plan } = this.#data;
    const first = this.#first;
    this.#kernel.pack(
      addressOf(gradients, first),
      addressOf(weights, first),
      first,
      this.#end - first,
      plan.packing[0]!,
      BigInt(plan.packing[1]!),
      addressOf(packed, first),
      addressOf(order, first),
    );
    this.#begins[0] = first;
    this.#ends[0] = this.#end;
    this.#fill(0, 0);
  }

  /** Parts the rows of some nodes between their children, and fills the histogram of one child each. */
  split(): void {
    const { binned, order, spare, plan } = this.#data;
    const part = binned.bins.BYTES_PER_ELEMENT === 1 ? this.#kernel.partition8 : this.#kernel.partition16;
    for (let k = 0; k < plan.count[0]!; k++) {
      const node = plan.node[k]!;
      const left = plan.left[k]!;
      this.#makeRoom(left + 1);
      const begin = this.#begins[node]!;
      const end = this.#ends[node]!;
      const middle =
        begin +
        part(
          addressOf(order, begin),
          end - begin,
          addressOf(binned.bins, plan.column[k]! * binned.rows),
          plan.lastBin[k]!,
          plan.alsoBin[k]!,
          addressOf(spare, begin),
        );
      this.#begins[left] = begin;
      this.#ends[left] = middle;
      this.#begins[left + 1] = middle;
      this.#ends[left + 1] = end;
      if (plan.wanted[k]! >= 0) this.#fill(left + plan.wanted[k]!, k);
    }
  }

  /** Adds the values of some leaves to the predictions of their rows. */
  finish(): void {
    const { predictions, order, plan } = this.#data;
    for (let k = 0; k < plan.count[0]!; k++) {
      const node = plan.node[k]!;
      const begin = this.#begins[node]!;
      this.#kernel.addValue(addressOf(order, begin), this.#ends[node]! - begin, plan.value[k]!, predictions.byteOffset);
    }
  }

  #fill(node: number, k: number): void {
    const { binned, order, packed, plan } = this.#data;
    const histogram = plan.histograms[this.#shard * BATCH + k]!;
    const begin = this.#begins[node]!;
    const add = binned.places.BYTES_PER_ELEMENT === 2 ? this.#kernel.addRows16 : this.#kernel.addRows32;
    this.#kernel.clear(histogram, binned.offsets[binned.columns]!);
    add(
      addressOf(order, begin),
      this.#ends[node]! - begin,
      binned.places.byteOffset,
      binned.columns,
      packed.byteOffset,
      histogram,
      this.#ahead,
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

/** The address of an element, for the kernel. */
function addressOf(array: { readonly byteOffset: number; readonly BYTES_PER_ELEMENT: number }, at: number): number {
  return array.byteOffset + at * array.BYTES_PER_ELEMENT;
}
