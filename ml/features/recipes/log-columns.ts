import { columnOf } from '../../data/table.ts';
import { numbersOf } from '../level-codes.ts';
import { logShift } from '../log-shift.ts';
import { type ColumnRecipe, finiteOrMissing } from './column-recipe.ts';

type Logarithm = {
  readonly column: string;
  readonly shift: number;
  /** The smallest value that was learned from; below it there is no logarithm to trust. */
  readonly lowest: number;
};
type State = { readonly logarithms: readonly Logarithm[] };

/** The logarithm of each number that is skewed to the right. Values below those that were learned from are taken for the smallest. */
export const logColumns: ColumnRecipe<State> = {
  fit({ declaration, table, weights }) {
    const logarithms = numbersOf(declaration).flatMap(({ name }): Logarithm[] => {
      const values = columnOf(table, name);
      const shift = logShift(values, weights);
      return shift === null ? [] : [{ column: name, shift, lowest: lowestOf(values, weights, shift) }];
    });
    return logarithms.length === 0 ? null : { logarithms };
  },

  apply: ({ logarithms }, table) =>
    logarithms.map(({ column, shift, lowest }) => ({
      name: `log of ${column}`,
      from: [column],
      values: columnOf(table, column).map((value) => finiteOrMissing(Math.log(Math.max(value, lowest) + shift))),
    })),
};

/** The smallest value that has a logarithm, of rows that count. */
function lowestOf(values: Float64Array, weights: Float64Array | undefined, shift: number): number {
  let lowest = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < lowest && value + shift > 0 && weights?.[i] !== 0) lowest = value;
  }
  return lowest;
}
