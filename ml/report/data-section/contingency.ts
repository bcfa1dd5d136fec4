/**
 * Cramér's V of two lists of codes of one length, corrected for what chance alone would come to: 0 to 1; NaN where one of
 * them does not vary.
 *
 * Source: Bergsma 2013, Journal of the Korean Statistical Society 42(3).
 */
export function cramersV(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const [rows, columns] = [countsOf(x), countsOf(y)];
  const [r, c] = [rows.size, columns.size];
  if (r < 2 || c < 2) return Number.NaN;
  const cells = new Map<number, number>();
  const width = Math.max(...columns.keys()) + 1;
  for (let i = 0; i < n; i++) add(cells, (x[i] as number) * width + (y[i] as number));
  // The sum over all cells of observed² / expected, whose empty ones add nothing, is χ² + n.
  let sum = 0;
  for (const [key, count] of cells) {
    const [row, column] = [rows.get(Math.floor(key / width)) as number, columns.get(key % width) as number];
    sum += (count * count) / (row * column);
  }
  const phi2 = Math.max(0, sum - 1 - ((r - 1) * (c - 1)) / (n - 1));
  const smaller = Math.min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1;
  return smaller > 0 ? Math.min(1, Math.sqrt(phi2 / smaller)) : 0;
}

/** How often each code occurs. */
function countsOf(codes: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const code of codes) add(counts, code);
  return counts;
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
