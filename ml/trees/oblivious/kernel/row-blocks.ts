/** Threads take rows in blocks of so many: a multiple of what a vector instruction takes. */
const BLOCK = 8192;

/** Consecutive rows: the first, and the one past the last. */
export interface RowBlock {
  readonly first: number;
  readonly end: number;
}

/** @param size how many rows a block has at least: where more is kept for each block, fewer of them are better */
export function blocksOf(rows: number, size = 1): RowBlock[] {
  const each = Math.max(BLOCK, size);
  return Array.from({ length: Math.ceil(rows / each) }, (_, block) => ({
    first: block * each,
    end: Math.min((block + 1) * each, rows),
  }));
}
