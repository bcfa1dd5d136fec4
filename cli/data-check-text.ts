import type { ColumnCheck, DataCheck } from '../ml/checks/data-check.ts';
import type { CheckName } from '../ml/checks/finding.ts';
import { formatExact, formatShare } from '../ml/core/format-number.ts';
import { textTable } from './output.ts';

/** What only a change of the file or its declaration mends. */
const refusedByTraining: readonly CheckName[] = ['schema', 'ranges', 'levels'];
/** So many columns are told that need no look. */
const MOST_QUIET = 60;

/** What came of checking a CSV, for a terminal: a line for each column, then what is true of the file, then the verdict. */
export function dataCheckText(result: DataCheck): string {
  const { data, rows, against, notes, columns, checks, verdict } = result;
  const beside = against ? `, beside the ${formatExact(against.rows)} rows of release ${against.release}` : '';
  const worth = columns.filter((column) => column.verdict !== 'ok');
  const shown = columns.length > MOST_QUIET ? worth : columns;
  const hidden = columns.length - shown.length;
  const ofFile = checks.flatMap(({ check, findings }) =>
    findings.filter(({ column }) => column === undefined).map(({ message }) => `${check}: ${message}`),
  );
  return [
    `${data}: ${formatExact(rows)} rows${beside}`,
    ...notes.map((note) => `  ${note}`),
    '',
    ...(shown.length > 0 ? [columnTable(shown, against !== null)] : []),
    ...(hidden > 0 ? [`… and ${formatExact(hidden)} columns that are ok`] : []),
    '',
    ...(ofFile.length > 0 ? [...ofFile, ''] : []),
    `Checks: ${checks.map((each) => `${each.check} ${each.verdict ?? 'not compared'}`).join(', ')}`,
    `Verdict: ${verdictInWords(verdict, result)}`,
  ].join('\n');
}

function columnTable(columns: readonly ColumnCheck[], isCompared: boolean): string {
  const header = ['column', 'verdict', 'missing', ...(isCompared ? ['was', 'PSI'] : []), 'why'];
  const share = (value: number | null) => (value === null ? '–' : formatShare(value));
  const lines = columns.flatMap(({ name, verdict, missing, drift, reasons }) => {
    const numbers = [
      share(missing.share),
      ...(isCompared ? [share(missing.before), drift?.psi.toFixed(2) ?? '–'] : []),
    ];
    const first = [name, verdict, ...numbers, reasons[0] ?? ''];
    return [first, ...reasons.slice(1).map((reason) => [...first.slice(0, -1).fill(''), reason])];
  });
  return textTable(header, lines, ['missing', 'was', 'PSI']);
}

/** The verdict, and what to do. */
function verdictInWords(verdict: DataCheck['verdict'], { checks }: DataCheck): string {
  const named = (which: DataCheck['verdict']) =>
    checks
      .filter((each) => each.verdict === which)
      .map(({ check }) => check)
      .join(', ');
  if (verdict === 'ok') return 'ok';
  if (verdict === 'look') return `look (${named('look')}): nothing that fails`;
  const isRefused = checks.some(({ check, verdict }) => verdict === 'fail' && refusedByTraining.includes(check));
  const remedy = isRefused
    ? 'training would refuse it too: mend the file or its declaration'
    : 'mend the file; or, where it is as it should be, let these checks only tell: --fail-on, or plumbline.failOn in package.json';
  return `fail (${named('fail')}): ${remedy}`;
}
