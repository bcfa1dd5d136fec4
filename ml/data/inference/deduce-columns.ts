import { namesFor } from './column-names.ts';
import { viewOf } from './column-view.ts';
import { decideColumn } from './decide-column.ts';
import { decideConvention } from './decide-convention.ts';
import { type DayOrder, dayOrderOf, isDayOrderOpen } from './decide-date.ts';
import type { ColumnView, Deduction } from './deduction.ts';
import type { Convention } from './number-forms.ts';
import type { TableSummary } from './summarize-rows.ts';

/** A column, what it is called, and what it is. */
export interface DeducedColumn {
  readonly name: string;
  /** Where it is not the name. */
  readonly header: string | undefined;
  readonly view: ColumnView;
  readonly deduction: Deduction;
}

/** What columns are by themselves, before one of them is the target. */
export interface Deduced {
  readonly convention: Convention;
  readonly columns: readonly DeducedColumn[];
  /** Columns of dates that leave open which of day and month stands first. */
  readonly open: readonly DeducedColumn[];
}

export interface DeduceOptions {
  /** What separates the cells of the file; undefined where nothing does. */
  readonly delimiter?: string | undefined;
  /** Which of day and month stands first where the file leaves it open. @default as other columns of the file, else as decided */
  readonly dayOrder?: DayOrder | undefined;
}

/**
 * Decides what each column is. Numbers are written alike in all of them, and day and month stand alike where one column shows how.
 * Columns without a header are passed over, since nothing could name them.
 */
export function deduceColumns({ columns: all, sample }: TableSummary, { delimiter, dayOrder }: DeduceOptions): Deduced {
  const names = namesFor(all.map(({ header }) => header));
  const columns = all.filter(({ header }) => header.trim() !== '');
  const convention = decideConvention(columns, delimiter);
  const views = columns.map((summary) => viewOf(summary, sample, convention));
  const alone = views.map((view) => decideColumn(view, dayOrder));
  const isOpen = (j: number) => alone[j]?.is.kind === 'date' && isDayOrderOpen(views[j] as ColumnView);
  const shown = new Set(alone.flatMap((each, j) => (isOpen(j) ? [] : (dayOrderOf(each) ?? []))));
  const order = dayOrder ?? (shown.size === 1 ? [...shown][0] : undefined);
  const deduced = views.map((view, j) => ({
    name: names[view.summary.position]?.name as string,
    header: names[view.summary.position]?.header,
    view,
    deduction: isOpen(j) && order !== dayOrder ? decideColumn(view, order) : (alone[j] as Deduction),
  }));
  return { convention, columns: deduced, open: order === undefined ? deduced.filter((_, j) => isOpen(j)) : [] };
}
