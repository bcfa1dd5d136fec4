/** What a picture has of a line where it has far more points than pixels. */
const ENOUGH = 200;

/**
 * As many points as can be seen: of each pixel along, the first, the lowest, the highest and the last.
 *
 * @param points in ascending order of x
 */
export function thinned<P extends { readonly x: number; readonly y: number }>(
  points: readonly P[],
  place: (x: number) => number,
): readonly P[] {
  if (points.length <= ENOUGH) return points;
  const kept: P[] = [];
  for (let start = 0; start < points.length; ) {
    const pixel = Math.floor(place((points[start] as P).x) / 2);
    let end = start + 1;
    while (end < points.length && Math.floor(place((points[end] as P).x) / 2) === pixel) end++;
    kept.push(...extremes(points.slice(start, end)));
    start = end;
  }
  return kept;
}

function extremes<P extends { readonly y: number }>(points: readonly P[]): P[] {
  let [lowest, highest] = [0, 0];
  for (const [i, { y }] of points.entries()) {
    if (y < (points[lowest] as P).y) lowest = i;
    if (y > (points[highest] as P).y) highest = i;
  }
  const places = new Set([0, lowest, highest, points.length - 1].sort((a, b) => a - b));
  return [...places].map((place) => points[place] as P);
}
