import { type Column, featuresOf } from '../../data/declaration.ts';
import { cellWriter, columnOf } from '../../data/table.ts';
import type { Manifest } from '../../release/manifest.ts';
import type { HeldOut, HeldOutClasses, HeldOutNumbers } from './held-out.ts';

/** How many rows are told of, with how many of their values. */
interface Extent {
  readonly rows: number;
  readonly columns: number;
}

const SHORT: Extent = { rows: 5, columns: 3 };

/** A row that the model is far off at. */
interface WorstRow {
  /** In the release's file of held-out rows, where the header is line 1. */
  readonly line: number;
  /** Its values in the columns that matter most; null where one is not known. */
  readonly values: readonly { readonly column: Column; readonly text: string | null }[];
}

export interface WorstNumber extends WorstRow {
  readonly prediction: number;
  readonly truth: number;
  readonly interval: readonly [number, number] | undefined;
}

export interface WorstClass extends WorstRow {
  /** Levels, and what the model gave them. */
  readonly prediction: string;
  readonly probability: number;
  readonly truth: string;
  readonly ofTruth: number;
  readonly set: readonly string[] | undefined;
}

/** The rows with the largest errors, the largest first. */
export function worstNumbers(held: HeldOutNumbers, manifest: Manifest, extent = SHORT): WorstNumber[] {
  const { truth, predictions, intervals } = held;
  return worstOf(held, manifest, extent, (row) => ({
    prediction: predictions[row] as number,
    truth: truth[row] as number,
    interval: intervals && [intervals.low[row] as number, intervals.high[row] as number],
  }));
}

/** The rows whose true class was given least, the least first. */
export function worstClasses(
  held: HeldOutClasses,
  levels: readonly string[],
  manifest: Manifest,
  extent = SHORT,
): WorstClass[] {
  const { truth, predicted, probabilities, sets } = held;
  const given = (row: number, code: number) => probabilities.values[row * probabilities.outputs + code] as number;
  return worstOf(held, manifest, extent, (row) => {
    const [said, was] = [predicted[row] as number, truth[row] as number];
    return {
      prediction: levels[said] as string,
      probability: given(row, said),
      truth: levels[was] as string,
      ofTruth: given(row, was),
      set: sets?.[row],
    };
  });
}

function worstOf<T>(
  { table, places, errors }: HeldOut,
  { dataset, importance }: Manifest,
  extent: Extent,
  tell: (row: number) => T,
): (WorstRow & T)[] {
  const features = featuresOf(dataset);
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const ranked = importance?.columns.flatMap(({ column }) => byName.get(column) ?? []);
  const columns = (ranked ?? features).slice(0, extent.columns).map((column) => {
    const write = cellWriter(column, table);
    const values = columnOf(table, column.name);
    return { column, textAt: (row: number) => write(values[row] as number) || null };
  });
  const order = Uint32Array.from(errors.keys()).sort((a, b) => (errors[b] as number) - (errors[a] as number));
  return [...order.subarray(0, extent.rows)].map((row) => ({
    line: (places[row] as number) + 2,
    values: columns.map(({ column, textAt }) => ({ column, text: textAt(row) })),
    ...tell(row),
  }));
}
