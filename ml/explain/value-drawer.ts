import { permutation, type Random } from '../core/random.ts';
import type { FeatureColumn } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { rangeOf } from '../data/range.ts';

/**
 * Draws a value of a column for each row, whatever its other columns are: one that another row has; or, of every other row's
 * number, any between the smallest and the largest, so that a gap is noticed as well as a combination.
 */
export function valueDrawer(column: FeatureColumn, values: Float64Array, random: Random): (row: number) => number {
  const order = permutation(values.length, random);
  const taken = (row: number) => values[order[row] as number] as number;
  if (kindOf(column).levels) return taken;
  const known = values.filter((value) => !Number.isNaN(value));
  const { min, max } = rangeOf(known);
  const round = rounding(known);
  return (row) => {
    const value = taken(row);
    // Half of them: a row is drawn either way as a whole, so that its values may all lie in gaps.
    if (row % 2 === 0 || Number.isNaN(value)) return value;
    return Math.min(max, Math.max(min, round(min + random.uniform() * (max - min))));
  };
}

/** Numbers have at most so many decimals, or any. */
const MOST_DECIMALS = 3;

/** Rounds a number to as many decimals as all values have: it must not be told from them by its digits. */
function rounding(values: Float64Array): (value: number) => number {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const unit = 10 ** decimals;
    if (values.every((value) => Math.round(value * unit) / unit === value))
      return (value) => Math.round(value * unit) / unit;
  }
  return (value) => value;
}
