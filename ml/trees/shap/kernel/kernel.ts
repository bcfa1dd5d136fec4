import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, where the arguments are explained. Arrays are addresses in bytes. */
export interface ShapKernel {
  // biome-ignore format: as the kernel has them
  explain(
    trees: number, treeCount: number, rows: number, rowCount: number, rowBytes: number, sums: number, sumBytes: number, scratch: number,
  ): void;
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function shapKernelOver(memory: WebAssembly.Memory): ShapKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ShapKernel;
}
