import type { DeducedColumn } from './deduce-columns.ts';
import { type Deduction, deduced, isKeptOut } from './deduction.ts';
import { saysAfterwards } from './header-hints.ts';
import { leakOf } from './leaks.ts';
import { sampleValues } from './sample-values.ts';

/**
 * Columns with what gives the target away: a column that says it in other words is kept out, unless nothing else were left to predict
 * from; of one that nearly says it, or whose name speaks of what comes afterwards, somebody is told.
 *
 * @param taken places of columns that are no features
 */
export function keepOutLeaks(
  columns: readonly DeducedColumn[],
  target: number,
  taken: ReadonlySet<number>,
): DeducedColumn[] {
  const { view, deduction } = columns[target] as DeducedColumn;
  const wanted = sampleValues(view, deduction);
  const isFeature = (column: DeducedColumn, j: number) => !taken.has(j) && !isKeptOut(column.deduction.is);
  const leaks = columns.map((column, j) =>
    isFeature(column, j) ? leakOf(sampleValues(column.view, column.deduction), wanted) : undefined,
  );
  const isLeft = columns.some((column, j) => isFeature(column, j) && !leaks[j]?.isCopy);
  return columns.map((column, j) => {
    const leak = leaks[j];
    if (!isFeature(column, j)) return column;
    if (leak?.isCopy && isLeft)
      return { ...column, deduction: deduced({ kind: 'leaking', reason: leak.reason }, leak.reason) };
    // A day predicts what changes slowly.
    const nearly =
      leak && column.deduction.is.kind !== 'date'
        ? [`${leak.reason}; make it "kind": "leaking" if it is known only once the target is`]
        : [];
    const hinted =
      saysAfterwards(column.view.words) && !leak
        ? ['its name sounds like what is known only afterwards; leave it out if so']
        : [];
    return { ...column, deduction: withLook(column.deduction, [...nearly, ...hinted]) };
  });
}

const withLook = (deduction: Deduction, look: readonly string[]): Deduction =>
  look.length === 0 ? deduction : { ...deduction, look: [...deduction.look, ...look] };
