import { readFileSync } from 'node:fs';

/** What kernel.as.ts exports, whose files explain the arguments. Arrays are addresses in bytes. */
export interface ExactKernel {
  growTree(task: number, seed: number): number;
  takeRows(from: number, count: number, isIn: number, to: number): number;
  // biome-ignore-start format: as the kernel has them
  enterNode(rows: number, from: number, to: number, pairs: number, y: number, nodePairs: number, sums: number): void;
  countPlaces(
    rows: number,
    from: number,
    to: number,
    nodePairs: number,
    starts: number,
    places: number,
    size: number,
    counts: number,
    sums: number,
  ): void;
  countRanks(
    rows: number,
    from: number,
    to: number,
    nodePairs: number,
    ranks: number,
    isWide: boolean,
    size: number,
    counts: number,
    sums: number,
  ): void;
  sumClasses(rows: number, from: number, to: number, pairs: number, classes: number, sums: number): number;
  countClasses(
    rows: number,
    from: number,
    to: number,
    pairs: number,
    classes: number,
    ranks: number,
    isWide: boolean,
    size: number,
    counts: number,
    sums: number,
  ): void;
  countPlaceClasses(
    rows: number,
    from: number,
    to: number,
    pairs: number,
    classes: number,
    starts: number,
    places: number,
    node: number,
    counts: number,
    sums: number,
  ): void;
  scan(
    list: number,
    from: number,
    to: number,
    ranks: number,
    isWide: boolean,
    pairs: number,
    total: number,
    minLeaf: number,
    best: number,
  ): number;
  scanGini(
    list: number,
    from: number,
    to: number,
    ranks: number,
    isWide: boolean,
    pairs: number,
    total: number,
    minLeaf: number,
    best: number,
  ): number;
  scanClasses(
    list: number,
    from: number,
    to: number,
    ranks: number,
    isWide: boolean,
    pairs: number,
    classes: number,
    minLeaf: number,
    sums: number,
    ofRight: number,
    best: number,
  ): number;
  rangeOfValues(rows: number, from: number, to: number, values: number, range: number): void;
  sumUpTo(
    rows: number,
    from: number,
    to: number,
    nodePairs: number,
    values: number,
    threshold: number,
    sum: number,
  ): number;
  sumClassesUpTo(
    rows: number,
    from: number,
    to: number,
    pairs: number,
    classes: number,
    values: number,
    threshold: number,
    sums: number,
  ): number;
  markRight(rows: number, from: number, to: number, ranks: number, isWide: boolean, rank: number, marks: number): void;
  // biome-ignore-end format: as the kernel has them
  partition(list: number, from: number, to: number, marks: number, spare: number): number;
}

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The kernel over a memory. */
export function exactKernelOver(memory: WebAssembly.Memory): ExactKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ExactKernel;
}
