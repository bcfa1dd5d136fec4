import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports. Arrays are addresses in bytes. */
export interface ObliviousKernel {
  /** Does the task at an address: a `Kind`, and the arguments of the function that does it. */
  run(task: number): void;
  addAnswers(answers: number, rows: number, bins: number, shift: number, bin: number, oneHot: boolean): void;
  // biome-ignore format: as the kernel has them
  groupRows(
    rows: number, answers: number, categories: number, count: number, slots: number, mask: number, groupOf: number, keys: number, sizes: number,
  ): number;
  // biome-ignore format: as the kernel has them
  takeRows(gradients: number, sampling: number, weights: number, count: number, rows: number, pairs: number, total: number): number;
  // biome-ignore format: as the kernel has them
  describeRows(order: number, rows: number, groupOf: number, isHigh: number, frequencies: number, counts: number, bins: number, words: number): void;
}

/** What threads may do side by side: in the kernel, the functions of `run`. */
export const Kind = {
  score: 0,
  partition: 1,
  draw: 2,
  place: 3,
  update: 4,
  countByKey: 5,
  sortByKey: 6,
  derive: 7,
  updateOdds: 8,
} as const;

/** How a level's histograms are had: each from its rows; the larger child's from its parent's; or one at a time, not kept. */
export const How = { fromRows: 0, fromParents: 1, oneByOne: 2 } as const;

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function obliviousKernelOver(memory: WebAssembly.Memory): ObliviousKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ObliviousKernel;
}
