/** Rows whose values lie next to each other. */
export interface QuantileGroup {
  /** The smallest and the largest value. */
  readonly from: number;
  readonly to: number;
  /** Places in the values. */
  readonly rows: readonly number[];
}

/**
 * Rows in groups of about the same size by a number, ascending. Rows of one value are in one group, so that there may be fewer; of
 * few different values, each is a group.
 *
 * @param values those that are NaN are in no group
 */
export function quantileGroups(values: Float64Array, most: number): QuantileGroup[] {
  const order = [...values.keys()]
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number));
  const runs: number[][] = [];
  for (const row of order) {
    const run = runs.at(-1);
    if (run && values[run[0] as number] === values[row]) run.push(row);
    else runs.push([row]);
  }
  const groups = runs.length <= most ? runs : joined(runs, order.length / most);
  return groups.map((rows) => ({
    from: values[rows[0] as number] as number,
    to: values[rows.at(-1) as number] as number,
    rows,
  }));
}

/** Runs after each other, until a group has as many rows as its share. */
function joined(runs: readonly (readonly number[])[], size: number): number[][] {
  const groups: number[][] = [];
  // Half a row, since shares are no whole numbers of rows.
  const sharesIn = (rows: number) => Math.floor((rows + 0.5) / size);
  let before = 0;
  let current: number[] = [];
  for (const run of runs) {
    current = current.concat(run);
    if (sharesIn(before + current.length) === sharesIn(before)) continue;
    groups.push(current);
    before += current.length;
    current = [];
  }
  return current.length > 0 ? [...groups, current] : groups;
}
