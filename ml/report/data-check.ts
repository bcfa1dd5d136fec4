// What came of checking a CSV, as Markdown for the summary of a job.

import type { ColumnCheck, DataCheck } from '../checks/data-check.ts';
import { formatShare } from '../core/format-number.ts';
import { code, count, decimals, plain, table } from './markdown.ts';

/** Nobody reads more; those that need a look come first. */
const MOST_COLUMNS = 40;
const LONGEST_REASON = 300;
const marks = { ok: 'ok', look: '**look**', fail: '**fail**' } as const;

export function dataCheckMarkdown({ data, rows, against, notes, columns, checks, verdict }: DataCheck): string {
  const worst = (one: ColumnCheck) => ['fail', 'look', 'ok'].indexOf(one.verdict);
  const shown = [...columns].sort((a, b) => worst(a) - worst(b)).slice(0, MOST_COLUMNS);
  const left = columns.length - shown.length;
  const beside = against ? `, beside the ${count(against.rows)} rows of release ${code(against.release)}` : '';
  const ofFile = checks.flatMap(({ check, findings }) =>
    findings
      .filter(({ column }) => column === undefined)
      .map(({ message }) => `- ${check}: ${plain(message, LONGEST_REASON)}`),
  );
  return [
    `### Data check: ${marks[verdict]}`,
    `${plain(data)}: ${count(rows)} rows${beside}.`,
    ...notes.map((note) => `- ${plain(note, LONGEST_REASON)}`),
    table(
      checks.map(({ check }) => ({ title: check })),
      [checks.map((each) => (each.verdict === null ? 'not compared' : marks[each.verdict]))],
    ),
    ...(ofFile.length > 0 ? [ofFile.join('\n')] : []),
    columnTable(shown),
    ...(left > 0 ? [`… and ${count(left)} more columns.`] : []),
  ].join('\n\n');
}

function columnTable(columns: readonly ColumnCheck[]): string {
  const share = (value: number | null) => (value === null ? '–' : formatShare(value));
  return table(
    [
      { title: 'column' },
      { title: 'verdict' },
      { title: 'missing', align: 'right' },
      { title: 'was', align: 'right' },
      { title: 'PSI', align: 'right' },
      { title: 'why' },
    ],
    columns.map(({ name, verdict, missing, drift, reasons }) => [
      code(name),
      marks[verdict],
      share(missing.share),
      share(missing.before),
      decimals(drift?.psi, 2),
      reasons.map((reason) => plain(reason, LONGEST_REASON)).join('<br>'),
    ]),
  );
}
