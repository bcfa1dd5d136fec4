import { featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { columnOf, type Table } from '../../data/table.ts';
import type { ColumnRecipe, DerivedColumn } from './column-recipe.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365.2425;

/** What is made of days since 1970-01-01 (UTC). */
const parts = {
  year: (days: number) => dateOf(days).getUTCFullYear(),
  month: (days: number) => dateOf(days).getUTCMonth() + 1,
  'day of month': (days: number) => dateOf(days).getUTCDate(),
  /** From 1, a Monday. */
  weekday: (days: number) => ((((Math.floor(days) + 3) % 7) + 7) % 7) + 1,
  hour: (days: number) => (days - Math.floor(days)) * 24,
  // The end of a cycle lies beside its beginning.
  'sine of year': (days: number) => Math.sin((2 * Math.PI * days) / YEAR_DAYS),
  'cosine of year': (days: number) => Math.cos((2 * Math.PI * days) / YEAR_DAYS),
  'sine of day': (days: number) => Math.sin(2 * Math.PI * days),
  'cosine of day': (days: number) => Math.cos(2 * Math.PI * days),
};
type Part = keyof typeof parts;
const partNames = Object.keys(parts) as Part[];

type DatePart = { readonly date: string; readonly part: Part };
/** The days from one date to another. */
type Distance = { readonly from: string; readonly to: string };
type State = { readonly parts: readonly DatePart[]; readonly distances: readonly Distance[] };

/** Parts of each date that are not the same in all rows, and the days between two dates. */
export const dateParts: ColumnRecipe<State> = {
  fit({ declaration, table }) {
    const dates = featuresOf(declaration).filter((column) => kindOf(column).values === 'days');
    const state = {
      parts: dates.flatMap(({ name }) => partNames.map((part): DatePart => ({ date: name, part }))),
      distances: dates.flatMap(({ name: from }, i) =>
        dates.slice(i + 1).map(({ name: to }): Distance => ({ from, to })),
      ),
    };
    const varying = {
      parts: state.parts.filter((part) => varies(partOf(part, table).values)),
      distances: state.distances.filter((distance) => varies(distanceOf(distance, table).values)),
    };
    return varying.parts.length + varying.distances.length === 0 ? null : varying;
  },

  apply: ({ parts, distances }, table) => [
    ...parts.map((part) => partOf(part, table)),
    ...distances.map((distance) => distanceOf(distance, table)),
  ],
};

function partOf({ date, part }: DatePart, table: Table): DerivedColumn {
  const of = parts[part];
  const values = columnOf(table, date).map((days) => (Number.isNaN(days) ? Number.NaN : of(days)));
  return { name: `${part} of ${date}`, from: [date], values };
}

function distanceOf({ from, to }: Distance, table: Table): DerivedColumn {
  const starts = columnOf(table, from);
  return {
    name: `days from ${from} to ${to}`,
    from: [from, to],
    values: columnOf(table, to).map((end, i) => end - (starts[i] as number)),
  };
}

/** Whether known values differ by more than rounding: that of the time of day is not exact. */
function varies(values: Float64Array): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least > 1e-6;
}

const dateOf = (days: number) => new Date(days * DAY_MS);
