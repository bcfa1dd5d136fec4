import { dayUnder } from './date-formats.ts';
import type { ColumnView, Deduction } from './deduction.ts';

/** A column in the rows that were drawn: numbers (of a date, days), or texts that are only the same or not. */
export interface SampleValues {
  /** A number for each row; of texts one for each different text. NaN is not known. */
  readonly values: Float64Array;
  /** How many different texts; undefined where values are numbers. */
  readonly texts: number | undefined;
}

/** A column's values in the rows that were drawn. */
export function sampleValues({ sample, numberIn }: ColumnView, { is, missing }: Deduction): SampleValues {
  const absent = new Set(['', ...missing]);
  const read = (parse: (text: string) => number | undefined) =>
    Float64Array.from(sample, (text) => (absent.has(text) ? Number.NaN : (parse(text) ?? Number.NaN)));
  if (is.kind === 'numeric') return { values: read(numberIn), texts: undefined };
  if (is.kind === 'date') return { values: read((text) => dayUnder(text, is.format)), texts: undefined };
  const numbers = new Map<string, number>();
  const values = read((text) => {
    const key = text.normalize();
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  return { values, texts: numbers.size };
}

/** The numbers of a column in the rows that were drawn, a yes as 1 and a no as 0; undefined where it has none. */
export function numericValues(view: ColumnView, deduction: Deduction): Float64Array | undefined {
  const { is, missing } = deduction;
  if (is.kind === 'numeric') return sampleValues(view, deduction).values;
  if (is.kind !== 'yes_no') return undefined;
  const yes = new Set([is.yes, ...(is.yes_texts ?? [])]);
  const absent = new Set(['', ...missing]);
  return Float64Array.from(view.sample, (text) => (absent.has(text) ? Number.NaN : yes.has(text.normalize()) ? 1 : 0));
}
