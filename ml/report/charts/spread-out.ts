export interface Room {
  /** How far places are to be apart. */
  readonly apart: number;
  readonly from: number;
  readonly to: number;
}

/** Places as close as possible to where they should be without being closer to each other than that, in the given order. */
export function spreadOut(places: readonly number[], { apart, from, to }: Room): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number) || a - b);
  const result = places.map((place) => Math.max(from, Math.min(to, place)));
  for (const [k, i] of order.entries()) {
    const before = order[k - 1];
    if (before !== undefined) result[i] = Math.max(result[i] as number, (result[before] as number) + apart);
  }
  // What was pushed out below comes back from there.
  let limit = to;
  for (const i of order.toReversed()) {
    result[i] = Math.min(result[i] as number, limit);
    limit = (result[i] as number) - apart;
  }
  return result;
}
