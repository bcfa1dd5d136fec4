import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, where the arguments are explained. Arrays are addresses in bytes. */
export interface Kernel {
  // biome-ignore-start format: as the kernel has them
  addRange(
    records: number,
    stride: number,
    count: number,
    binBytes: number,
    isPaired: boolean,
    columns: number,
    offsets: number,
    histogram: number,
    firsts: number,
  ): void;
  addRows(
    rows: number,
    count: number,
    records: number,
    stride: number,
    binBytes: number,
    isPaired: boolean,
    columns: number,
    offsets: number,
    histogram: number,
    firsts: number,
  ): number;
  measure(values: number, drawn: number, count: number, sums: number): void;
  packGradients(
    gradients: number,
    drawn: number,
    count: number,
    scale: number,
    bits: bigint,
    records: number,
    stride: number,
  ): void;
  packPairs(
    gradients: number,
    hessians: number,
    drawn: number,
    count: number,
    gradientScale: number,
    hessianScale: number,
    records: number,
    stride: number,
  ): void;
  packTogether(
    gradients: number,
    hessians: number,
    drawn: number,
    first: number,
    count: number,
    gradientScale: number,
    hessianScale: number,
    records: number,
    stride: number,
  ): void;
  unpackTogether(
    histogram: number,
    count: number,
    gradientScale: number,
    hessianScale: number,
    bits: bigint,
    pairs: number,
  ): void;
  unpackPairs(histogram: number, count: number, gradientScale: number, hessianScale: number, pairs: number): void;
  // biome-ignore-end format: as the kernel has them
  clear(histogram: number, bytes: number): void;
  add(histogram: number, other: number, bytes: number): void;
  subtract(histogram: number, other: number, bytes: number): void;
  addValue(rows: number, count: number, value: number, predictions: number): void;
  enumerate(rows: number, first: number, count: number): void;
  partition8(rows: number, count: number, bins: number, last: number, also: number, spare: number): number;
  partition16(rows: number, count: number, bins: number, last: number, also: number, spare: number): number;
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function kernelOver(memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}
