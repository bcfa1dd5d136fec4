import { DataError } from '../../core/errors.ts';
import { formatShare } from '../../core/format-number.ts';
import type { Reading } from '../sources/reading.ts';
import { assumptions } from './assumptions.ts';
import { titleOf } from './column-names.ts';
import { decideTarget, type WantedTask } from './decide-target.ts';
import type { Decision } from './decision.ts';
import { type DeducedColumn, type DeduceOptions, deduceColumns } from './deduce-columns.ts';
import { type Deduction, isKeptOut } from './deduction.ts';
import type { Draft, DraftColumn } from './draft.ts';
import { findColumn } from './find-column.ts';
import { keepOutLeaks } from './leaks/keep-out-leaks.ts';
import { missingOf, sharedMissing } from './missing-lists.ts';
import { rolesOf, type WantedRoles } from './roles.ts';
import type { TableSummary } from './summarize-rows.ts';

/** What somebody said of the data set. */
export interface DecideOptions extends DeduceOptions, WantedRoles {
  readonly name: string;
  readonly title: string;
  /** What the declaration calls the file, and how it is read. */
  readonly file: string;
  readonly reading?: Reading | undefined;
  /** The header or the name of the column to predict. */
  readonly target: string;
  readonly task?: WantedTask | undefined;
  readonly positive?: string | undefined;
}

export interface Decided {
  readonly declaration: Draft;
  readonly decisions: readonly Decision[];
  /** What somebody should look at that is of no single column. */
  readonly look: readonly string[];
}

/**
 * Decides what the columns of a table are, and which are kept from the models: a declaration, with a reason for each column.
 *
 * @throws ParamError where an option names no column. @throws DataError where the target cannot be predicted
 */
export function decide(summary: TableSummary, options: DecideOptions): Decided {
  const { convention, columns } = deduceColumns(summary, options);
  const at = (given: string, option: string) =>
    findColumn(
      given,
      option,
      columns.map(({ view }) => view.summary.header),
      columns.map(({ name }) => name),
    );
  const target = at(options.target, '--target');
  if (columns.length < 2)
    throw new DataError(`${summary.name} has one column alone: there is nothing to predict it from`);
  const withTarget = columns.map((column, j) =>
    j === target ? { ...column, deduction: decideTarget(column.view, options.task) } : column,
  );
  const { roles, deduced: withRoles } = rolesOf(withTarget, target, options, at);
  const taken = new Set([...roles.keys()]);
  const all = keepOutLeaks(withRoles, target, taken);
  checkFeatures(summary.name, all, taken);
  const missing = sharedMissing(all.map(({ deduction }) => deduction));
  const nameOf = (role: string) =>
    [...roles].filter(([, each]) => each === role).map(([j]) => all[j]?.name as string)[0];
  const decisions = all.map(({ name, view, deduction }, j) => ({
    column: name,
    header: view.summary.header,
    kind: deduction.is.kind,
    role: roles.get(j) ?? null,
    reason: deduction.why,
    look: deduction.look,
  }));
  const look = lookAt(summary, all[target] as DeducedColumn);
  const [group, time, weight] = [nameOf('group'), nameOf('time'), nameOf('weight')];
  const assumed = assumptions(decisions, look, convention, missing);
  const declaration: Draft = {
    name: options.name,
    title: options.title,
    file: options.file,
    ...options.reading,
    ...(convention.decimal === ',' && { decimal: convention.decimal }),
    ...(convention.thousands !== undefined && { thousands: convention.thousands }),
    ...(missing.length > 0 && { missing }),
    target: nameOf('target') as string,
    ...(options.positive !== undefined && { positive: options.positive }),
    ...(weight !== undefined && { weight }),
    ...(group !== undefined && { group }),
    ...(time !== undefined && { time }),
    ...(assumed.length > 0 && { assumed }),
    columns: all.map((column) => draftColumn(column, missing)),
  };
  return { declaration, decisions, look };
}

function draftColumn({ name, header, view, deduction }: DeducedColumn, shared: readonly string[]): DraftColumn {
  const missing = missingOf(view, deduction, shared);
  const { is } = deduction;
  const title =
    titleOf(is.kind === 'numeric' && is.unit !== undefined ? view.header.text : view.summary.header) || name;
  return { name, ...(header !== undefined && { header }), title, ...is, ...(missing && { missing }) };
}

/** @throws DataError where nothing is left to predict from, with the reason for each column */
function checkFeatures(file: string, columns: readonly DeducedColumn[], taken: ReadonlySet<number>): void {
  const others = columns.filter((_, j) => !taken.has(j));
  if (others.some(({ deduction }) => !isKeptOut(deduction.is))) return;
  const issues = others.map(({ name, deduction }) => ({ path: name, message: `is kept out: ${deduction.why}` }));
  throw new DataError(`${file} has no column to predict from`, { issues });
}

/** In a table of few columns, some rows are alike by chance. */
const REPEATED_ROWS = 0.01;

/** What somebody should know of the rows. */
function lookAt({ rows, duplicates, columns }: TableSummary, target: DeducedColumn): string[] {
  const { view, deduction, name } = target;
  const without = withoutValue(view.summary.empty, view.counts, deduction);
  const some = (count: number) =>
    `${count.toLocaleString('en')} of ${rows.toLocaleString('en')} rows (${formatShare(count / rows)})`;
  const unnamed = columns.filter(({ header, empty }) => header.trim() === '' && empty < rows);
  return [
    ...unnamed.map(({ position }) => `column ${position + 1} has no header, and is passed over`),
    ...(without > 0 ? [`${some(without)} have no ${name}: nothing is learned from them`] : []),
    ...(duplicates >= REPEATED_ROWS * rows
      ? [`${some(duplicates)} are like an earlier row: where that is no coincidence, the scores promise too much`]
      : []),
  ];
}

const withoutValue = (empty: number, counts: ReadonlyMap<string, number>, { missing }: Deduction): number =>
  missing.reduce((sum, text) => sum + (counts.get(text) ?? 0), empty);
