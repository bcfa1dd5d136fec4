/** The k nearest rows so far, nearest first; of two at the same distance the one with the lower number is nearer. */
export class Nearest {
  readonly distances: Float64Array;
  readonly rows: Uint32Array;
  readonly #last: number;

  constructor(k: number) {
    this.#last = k - 1;
    this.distances = new Float64Array(k);
    this.rows = new Uint32Array(k);
    this.clear();
  }

  clear(): void {
    this.distances.fill(Infinity);
    this.rows.fill(0);
  }

  /** The distance up to which a row may still be one of them. */
  get farthest(): number {
    return this.distances[this.#last]!;
  }

  offer(distance: number, row: number): void {
    const { distances, rows } = this;
    const last = this.#last;
    if (distance > distances[last]! || (distance === distances[last]! && row >= rows[last]!)) return;
    let at = last;
    for (; at > 0; at--) {
      const next = distances[at - 1]!;
      if (next < distance || (next === distance && rows[at - 1]! < row)) break;
      distances[at] = next;
      rows[at] = rows[at - 1]!;
    }
    distances[at] = distance;
    rows[at] = row;
  }
}
