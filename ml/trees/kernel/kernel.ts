import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports; arrays are addresses in the memory, in bytes. */
export interface Kernel {
  addRows16(...args: number[]): number;
  addRows32(...args: number[]): number;
  pack(gradients: number, weights: number, count: number, scale: number, bits: bigint, packed: number): void;
  unpack(histogram: number, count: number, scale: number, bits: bigint, pairs: number): void;
  clear(histogram: number, count: number): void;
  add(histogram: number, other: number, count: number): void;
  subtract(histogram: number, other: number, count: number): void;
  partition8(...args: number[]): number;
  partition16(...args: number[]): number;
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function kernelOver(memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}
