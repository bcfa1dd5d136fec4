/** Rows whose values lie next to each other. */
export interface QuantileGroup {
  /** The smallest and the largest value. */
  readonly from: number;
  readonly to: number;
  /** Places in the values. */
  readonly rows: readonly number[];
}

/** Of few different values, those of fewer rows are joined with those beside them. */
const SMALLEST_SHARE = 0.01;

/**
 * Rows in groups of about the same size by a number, ascending. Rows of one value are in one group, so that there may be fewer; of
 * few different values, each that is not rare is a group.
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
  const groups =
    runs.length <= most ? withoutRare(runs, order.length * SMALLEST_SHARE) : joined(runs, order.length / most);
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
    current.push(...run);
    if (sharesIn(before + current.length) === sharesIn(before)) continue;
    groups.push(current);
    before += current.length;
    current = [];
  }
  return withRest(groups, current);
}

/** Runs of so many rows; shorter ones together with those that follow. */
function withoutRare(runs: readonly (readonly number[])[], smallest: number): number[][] {
  const groups: number[][] = [];
  let current: number[] = [];
  for (const run of runs) {
    current.push(...run);
    if (current.length < smallest) continue;
    groups.push(current);
    current = [];
  }
  return withRest(groups, current);
}

/** What is left at the end belongs to the last group. */
function withRest(groups: number[][], rest: readonly number[]): number[][] {
  const last = groups.at(-1);
  if (rest.length === 0) return groups;
  return last ? [...groups.slice(0, -1), [...last, ...rest]] : [[...rest]];
}
