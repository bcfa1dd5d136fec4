import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, where the arguments are explained. Arrays are addresses in bytes. */
export interface Kernel {
  // biome-ignore format: as the kernel has them
  residuals(targets: number, predictions: number, weights: number, count: number, gradients: number, sums: number): void;
  addValue(rows: number, count: number, value: number, predictions: number): void;
  // biome-ignore format: as the kernel has them
  pack(gradients: number, weights: number, first: number, count: number, scale: number, bits: bigint, packed: number, order: number): void;
  // biome-ignore format: as the kernel has them
  addRows16(rows: number, count: number, places: number, columns: number, gradients: number, histogram: number, ahead: number): number;
  // biome-ignore format: as the kernel has them
  addRows32(rows: number, count: number, places: number, columns: number, gradients: number, histogram: number, ahead: number): number;
  unpack(histogram: number, count: number, scale: number, bits: bigint, pairs: number): void;
  clear(histogram: number, count: number): void;
  add(histogram: number, other: number, count: number): void;
  subtract(histogram: number, other: number, count: number): void;
  partition8(rows: number, count: number, bins: number, last: number, also: number, spare: number): number;
  partition16(rows: number, count: number, bins: number, last: number, also: number, spare: number): number;
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function kernelOver(memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}
