import type { Declaration } from '../../data/declaration.ts';
import { columnOf, type Table, takeRows } from '../../data/table.ts';
import {
  categoryKeys,
  codesOf,
  discreteKeys,
  type Key,
  keyName,
  levelsOf,
  namesOf,
  numbersOf,
} from '../level-codes.ts';
import { shrunkenMeans } from '../shrunken-means.ts';
import { type ColumnRecipe, finiteOrMissing, type LearnedRows } from './column-recipe.ts';

const MOST_COLUMNS = 10;
/** Pairs of a category, or a number of few values, and a number that are tried: the first, in declared order. */
const MOST_PAIRS = 200;

/** What is made of a number and the mean of its group. */
const forms = {
  mean: { title: 'mean of', of: (_value: number, mean: number) => mean },
  difference: { title: 'difference from mean of', of: (value: number, mean: number) => value - mean },
  ratio: { title: 'ratio to mean of', of: (value: number, mean: number) => value / mean },
};
type Form = keyof typeof forms;
const formNames: readonly Form[] = ['mean', 'difference', 'ratio'];

type Aggregate = Key & { readonly number: string; readonly form: Form; readonly means: Float64Array };
type State = { readonly aggregates: readonly Aggregate[] };

/**
 * The mean of a number by category (`shrunkenMeans`), and how far a row's own number is from it: those that explain what single
 * columns do not.
 */
export const groupAggregates: ColumnRecipe<State> = {
  fit(rows) {
    const { declaration } = rows;
    const { table, weights, screening } = rows.some();
    const learned = pairsOf(declaration, table).flatMap(({ key, number }) => {
      const { means, differ } = shrunkenMeans(codesOf(key, table), levelsOf(key), columnOf(table, number), weights);
      return differ ? formNames.map((form): Aggregate => ({ ...key, number, form, means })) : [];
    });
    if (learned.length === 0) return null;
    const proposals = learned.map((aggregate) => ({
      parents: [...aggregate.columns.map(({ name }) => name), aggregate.number],
      valuesAt: (rows: Uint32Array) => valuesOf(aggregate, takeRows(table, rows)),
    }));
    const aggregates = screening
      .choose(proposals, MOST_COLUMNS)
      .map((place) => learnedFrom(rows, learned[place] as Aggregate));
    return aggregates.length === 0 ? null : { aggregates };
  },

  apply: ({ aggregates }, table) =>
    aggregates.map((aggregate) => ({
      name: `${forms[aggregate.form].title} ${aggregate.number} by ${keyName(aggregate)}`,
      from: [...namesOf(aggregate), aggregate.number],
      values: valuesOf(aggregate, table),
    })),
};

function pairsOf(declaration: Declaration, table: Table): { readonly key: Key; readonly number: string }[] {
  const numbers = numbersOf(declaration);
  return [...categoryKeys(declaration), ...discreteKeys(declaration, table)]
    .flatMap((key) => numbers.map(({ name }) => ({ key, number: name })))
    .filter(({ key, number }) => key.columns.every(({ name }) => name !== number))
    .slice(0, MOST_PAIRS);
}

/** The same aggregate with the means of all rows. */
function learnedFrom({ table, weights }: LearnedRows, aggregate: Aggregate): Aggregate {
  const { columns, number } = aggregate;
  const key = { columns };
  const { means } = shrunkenMeans(codesOf(key, table), levelsOf(key), columnOf(table, number), weights);
  return { ...aggregate, means };
}

/** The mean is there where the number is missing too. */
function valuesOf({ number, form, means, ...key }: Aggregate, table: Table): Float64Array {
  const codes = codesOf(key, table);
  const { of } = forms[form];
  return columnOf(table, number).map((value, i) => finiteOrMissing(of(value, means[codes[i] as number] as number)));
}
