import { type Decided, type DecideOptions, decide } from '../../../../ml/data/inference/decide.ts';
import { summarizeRows, type TableSummary } from '../../../../ml/data/inference/summarize-rows.ts';

/** The cells of columns, by header, one below the other. */
type Columns = Readonly<Record<string, readonly string[]>>;

/** What one pass over some columns has seen. */
export function summaryOf(columns: Columns): Promise<TableSummary> {
  const header = Object.keys(columns);
  const lists = Object.values(columns);
  const length = Math.max(...lists.map((list) => list.length));
  const rows = Array.from({ length }, (_, i) => ({ line: i + 2, cells: lists.map((list) => list[i] ?? '') }));
  return summarizeRows({ name: 'data.csv', place: 'line', header, rows });
}

/** What is decided of some columns, by default with a target that depends on none of them. */
export async function decideRows(columns: Columns, options: Partial<DecideOptions> = {}): Promise<Decided> {
  const length = Math.max(...Object.values(columns).map((list) => list.length));
  const noise = Array.from({ length }, (_, i) => String((i * 7919 + 13) % 1009));
  const other = noise.map((text, i) => String((Number(text) * 31 + i) % 997));
  const withTarget = options.target === undefined ? { ...columns, other, noise } : columns;
  return decide(await summaryOf(withTarget), {
    name: 'data',
    title: 'Data',
    file: 'data.csv',
    target: 'noise',
    ...options,
  });
}

/** So many cells, which texts fill in turns. */
export const inTurns = (count: number, ...texts: readonly string[]): string[] =>
  Array.from({ length: count }, (_, i) => texts[i % texts.length] as string);

/** So many cells by their places. */
export const cells = (count: number, make: (i: number) => string | number): string[] =>
  Array.from({ length: count }, (_, i) => String(make(i)));
