// Points in hexagons, of which each says how many it holds. Source: Carr, Littlefield, Nicholson and Littlefield 1987, JASA 82(398).

export interface Hexagon {
  /** Of its middle. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

/** The hexagons, with corners above and below, that hold at least one point; row by row. */
export function hexagonsOf(points: Iterable<readonly [x: number, y: number]>, radius: number): Hexagon[] {
  const width = Math.sqrt(3) * radius;
  const height = 1.5 * radius;
  const counts = new Map<number, { column: number; row: number; count: number }>();
  for (const [x, y] of points) {
    const { column, row } = nearest(x / width, y / height, height / width);
    // No picture has a hundred thousand columns.
    const key = row * 100_000 + 2 * column;
    const cell = counts.get(key);
    if (cell) cell.count++;
    else counts.set(key, { column, row, count: 1 });
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([, { column, row, count }]) => ({ x: column * width, y: row * height, count }));
}

/** The middles of every second row are half a column further on: the nearer of the two rows around a point has its hexagon. */
function nearest(x: number, y: number, ratio: number): { column: number; row: number } {
  const candidates = [Math.floor(y), Math.floor(y) + 1].map((row) => {
    const shift = row % 2 === 0 ? 0 : 0.5;
    const column = Math.round(x - shift) + shift;
    return { column, row, distance: (x - column) ** 2 + ((y - row) * ratio) ** 2 };
  });
  const [upper, lower] = candidates as [(typeof candidates)[0], (typeof candidates)[0]];
  return upper.distance <= lower.distance ? upper : lower;
}
