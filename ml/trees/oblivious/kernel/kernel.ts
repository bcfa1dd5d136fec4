import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, where the arguments are explained. Arrays are addresses in bytes. */
export interface ObliviousKernel {
  // biome-ignore format: as the kernel has them
  scoreLevel(bins: number, binCount: number, oneHot: number, rows: number, pairs: number, starts: number, ends: number, totals: number, leaves: number, how: number, histograms: number, l2: number, scores: number): void;
  sample(gradients: number, weights: number, count: number, rows: number, pairs: number): number;
  sumLeaves(pairs: number, starts: number, ends: number, leaves: number, totals: number): void;
  // biome-ignore format: as the kernel has them
  part(rows: number, pairs: number, from: number, to: number, bins: number, right: number, spareRows: number, sparePairs: number): number;
  descend(leaves: number, count: number, bins: number, bin: number, oneHot: number, bit: number): void;
  measure(gradients: number, count: number, lambda: number, sizes: number): number;
  weigh(sizes: number, uniform: number, count: number, threshold: number, weights: number): void;
}

/** How a level's histograms are had: each from its rows; the larger child's from its parent's; or one at a time, not kept. */
export const How = { fromRows: 0, fromParents: 1, oneByOne: 2 } as const;

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function obliviousKernelOver(memory: WebAssembly.Memory): ObliviousKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ObliviousKernel;
}
