// How the kernel takes matrices.

export const BYTES = 8;

export const inFours = (count: number): number => 4 * Math.ceil(count / 4);

/** The numbers of a row: whole fours, and an odd number of them, since rows a power of two apart would share few places in the cache. */
export const strideOf = (columns: number): number => 4 * (Math.ceil(columns / 4) | 1);

/** Columns × outputs, row-major, as the kernel multiplies with them: of the first four outputs those of each column, then of the next four. */
export function packFours(from: Float64Array, outputs: number, to: Float64Array): void {
  const columns = from.length / outputs;
  for (let j = 0, at = 0; j < columns; j++)
    for (let k = 0; k < outputs; k++, at++) to[((k >> 2) * columns + j) * 4 + (k & 3)] = from[at]!;
}
