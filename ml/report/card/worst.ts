import { type Column, featuresOf } from '../../data/declaration.ts';
import { cellWriter, columnOf } from '../../data/table.ts';
import type { Manifest } from '../../release/manifest.ts';
import type { HeldOut } from './held-out.ts';

const WORST = 5;
const COLUMNS = 3;

/** A row that the model is far off at. */
export interface WorstRow {
  /** In the release's file of held-out rows, where the header is line 1. */
  readonly line: number;
  readonly prediction: number;
  readonly truth: number;
  readonly interval: readonly [number, number] | undefined;
  /** Its values in the columns that matter most; null where one is not known. */
  readonly values: readonly { readonly column: Column; readonly text: string | null }[];
}

/** The rows with the largest errors, the largest first. */
export function worstOf(held: HeldOut, { dataset, importance }: Manifest): WorstRow[] {
  const { table, truth, predictions, errors, intervals } = held;
  const features = featuresOf(dataset);
  const ranked = importance?.columns.flatMap(({ column }) => features.filter(({ name }) => name === column));
  const columns = (ranked ?? features).slice(0, COLUMNS).map((column) => {
    const write = cellWriter(column, table);
    const values = columnOf(table, column.name);
    return { column, textAt: (row: number) => write(values[row] as number) || null };
  });
  const order = Uint32Array.from(errors.keys()).sort((a, b) => (errors[b] as number) - (errors[a] as number));
  return [...order.subarray(0, WORST)].map((row) => ({
    line: (table.chosen?.[row] ?? row) + 2,
    prediction: predictions[row] as number,
    truth: truth[row] as number,
    interval: intervals && [intervals.low[row] as number, intervals.high[row] as number],
    values: columns.map(({ column, textAt }) => ({ column, text: textAt(row) })),
  }));
}
