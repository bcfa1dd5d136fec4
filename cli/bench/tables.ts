import type { FamilyRow } from '../../bench/random/report.ts';
import { type Row, verdict } from '../../bench/table.ts';
import { textTable } from '../output.ts';

/** What was measured, for people. */
export function printRows(rows: readonly Row[]): string {
  const header = ['work', 'unit', 'ours', 'theirs', 'ratio', 'target', 'holds'];
  const cells = rows.map(({ work, unit, ours, theirs, ratio, target, holds }) => [
    work,
    unit,
    ...[ours, theirs, ratio].map((value) => (value === null ? '–' : String(value))),
    `≤ ${target}`,
    verdict(holds),
  ]);
  return textTable(header, cells, ['ours', 'theirs', 'ratio', 'target']);
}

/** What came of random problems, for people. */
export function printFamilies(rows: readonly FamilyRow[]): string {
  const header = ['family', 'problems', 'agreed', 'left out', 'disagreed', 'largest difference', 'of mean R²'];
  const cells = rows.map((row) => [
    row.family,
    ...[row.problems, row.agreed, row.left_out, row.disagreed].map(String),
    row.largest?.toExponential(1) ?? '–',
    row.largest_r2?.toFixed(3) ?? '–',
  ]);
  return textTable(header, cells, header.slice(1));
}
