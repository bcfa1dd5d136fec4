import { type DeducedColumn, type DeduceOptions, deduceColumns } from './deduce-columns.ts';
import { isKeptOut } from './deduction.ts';
import { saysTarget } from './header-hints.ts';
import type { TableSummary } from './summarize-rows.ts';

/** A column that somebody may want to predict. */
export interface TargetCandidate {
  readonly header: string;
  /** "its name; whole numbers from 1 to 5". */
  readonly reason: string;
}

const MOST = 12;

/** The columns that may be predicted, the likeliest first. */
export function targetCandidates(summary: TableSummary, options: DeduceOptions): TargetCandidate[] {
  const { columns } = deduceColumns(summary, options);
  const last = columns.at(-1);
  const likelihood = (column: DeducedColumn) => (saysTarget(column.view.words) ? 2 : 0) + (column === last ? 1 : 0);
  return columns
    .filter(({ deduction: { is } }) => !isKeptOut(is) && is.kind !== 'date')
    .toSorted((a, b) => likelihood(b) - likelihood(a))
    .slice(0, MOST)
    .map((column) => {
      const hints = [
        ...(saysTarget(column.view.words) ? ['its name'] : []),
        ...(column === last ? ['the last column'] : []),
        column.deduction.why,
      ];
      return { header: column.view.summary.header, reason: hints.join('; ') };
    });
}
