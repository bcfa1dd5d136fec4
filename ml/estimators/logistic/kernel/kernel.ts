import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, where the arguments are explained. Arrays are addresses in bytes. */
export interface ProductKernel {
  // biome-ignore-start format: as the kernel has them
  scaleRows(x: number, rows: number, stride: number, factors: number, to: number): void;
  multiply(
    x: number,
    rows: number,
    stride: number,
    columns: number,
    coefficients: number,
    outputs: number,
    margins: number,
  ): void;
  addProducts(
    left: number,
    leftStride: number,
    leftColumns: number,
    right: number,
    rightStride: number,
    rightColumns: number,
    rows: number,
    products: number,
    productStride: number,
    isTriangle: boolean,
  ): void;
  // biome-ignore-end format: as the kernel has them
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function productKernelOver(memory: WebAssembly.Memory): ProductKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ProductKernel;
}
