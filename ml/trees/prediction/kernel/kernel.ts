import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, where the arguments are explained. Arrays are addresses in bytes. */
export interface PredictionKernel {
  toKeys(from: number, to: number, rows: number, columns: number, missing: number): void;
  // biome-ignore format: as the kernel has them
  addTrees(
    trees: number, treeCount: number, treeBytes: number, values: number, isWide: boolean, isSingle: boolean, rows: number, rowCount: number, rowBytes: number, sums: number,
  ): void;
  // biome-ignore format: as the kernel has them
  findLeaves(
    trees: number, treeCount: number, treeBytes: number, nodes: number, isWide: boolean, rows: number, rowCount: number, rowBytes: number, leaves: number,
  ): void;
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function predictionKernelOver(memory: WebAssembly.Memory): PredictionKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as PredictionKernel;
}
