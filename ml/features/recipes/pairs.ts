import { columnOf, type Table, takeRows } from '../../data/table.ts';
import { numbersOf } from '../level-codes.ts';
import { type ColumnRecipe, finiteOrMissing } from './column-recipe.ts';

const MOST_COLUMNS = 10;
/** Columns whose pairs are tried: the first, in declared order, where there are more. */
const MOST_OPERANDS = 30;

const operations = {
  sum: { sign: '+', of: (a: number, b: number) => a + b },
  difference: { sign: '−', of: (a: number, b: number) => a - b },
  product: { sign: '×', of: (a: number, b: number) => a * b },
  ratio: { sign: '/', of: (a: number, b: number) => a / b },
};
type Operation = keyof typeof operations;
const symmetric: readonly Operation[] = ['sum', 'difference', 'product', 'ratio'];

type Pair = { readonly operation: Operation; readonly a: string; readonly b: string };
type State = { readonly pairs: readonly Pair[] };

/** Sums, differences, products and ratios of two numbers: those that explain what single columns do not. */
export const pairs: ColumnRecipe<State> = {
  fit({ declaration, some }) {
    const names = numbersOf(declaration).map(({ name }) => name);
    const tried = pairsOf(names.slice(0, MOST_OPERANDS));
    if (tried.length === 0) return null;
    const { table, screening } = some();
    const proposals = tried.map((pair) => ({
      parents: [pair.a, pair.b],
      valuesAt: (rows: Uint32Array) => valuesOf(pair, takeRows(table, rows)),
    }));
    const chosen = screening.choose(proposals, MOST_COLUMNS).map((place) => tried[place] as Pair);
    return chosen.length === 0 ? null : { pairs: chosen };
  },

  apply: ({ pairs }, table) =>
    pairs.map((pair) => ({
      name: `${pair.a} ${operations[pair.operation].sign} ${pair.b}`,
      from: [pair.a, pair.b],
      values: valuesOf(pair, table),
    })),
};

function pairsOf(names: readonly string[]): Pair[] {
  return names.flatMap((a, i) =>
    names
      .slice(i + 1)
      .flatMap((b): Pair[] => [
        ...symmetric.map((operation) => ({ operation, a, b })),
        { operation: 'ratio', a: b, b: a },
      ]),
  );
}

function valuesOf({ operation, a, b }: Pair, table: Table): Float64Array {
  const { of } = operations[operation];
  const other = columnOf(table, b);
  return columnOf(table, a).map((value, i) => finiteOrMissing(of(value, other[i] as number)));
}
