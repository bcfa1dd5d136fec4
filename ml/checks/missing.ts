import { formatShare } from '../core/format-number.ts';
import type { Declaration } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import type { ColumnReader } from './column-reader.ts';
import type { ColumnComparison, Comparison } from './compare.ts';
import type { Finding } from './finding.ts';
import type { Observation } from './observe.ts';

/** By so much, as a share of all rows, more or fewer values are missing where that is worth a look, or a failure. */
const MODERATE = 0.05;
const MAJOR = 0.2;
/** Where there is nothing to compare with, a column that lacks more than that is worth a look. */
const MOST = 0.5;

/** Whether values are there that each row needs, and as many of the others as there were. */
export function checkMissing(observation: Observation, declaration: Declaration, comparison?: Comparison): Finding[] {
  const needed = [declaration.weight, declaration.time];
  return [...observation.columns.values()].flatMap((reader) => {
    const { name } = reader.column;
    // What is not even read may lack what it will.
    if (kindOf(reader.column).values === 'none') return [];
    if (name === declaration.target) return targetFindings(name, observation);
    const told = needed.includes(name) ? neededFinding(reader) : undefined;
    return told ?? columnFindings(reader, comparison);
  });
}

/** By how much another share of a column's values is missing; undefined where that is chance, or little. */
export function sizeOfMissing({ missing }: ColumnComparison): Finding['weight'] | undefined {
  if (!missing?.isSignificant) return undefined;
  const difference = Math.abs(missing.now - missing.before);
  if (difference >= MAJOR) return 'major';
  return difference >= MODERATE ? 'minor' : undefined;
}

const finding = (column: string, weight: Finding['weight'], message: string): Finding[] => [
  { check: 'missing', column, weight, message },
];

function targetFindings(name: string, { rows, dropped }: Observation): Finding[] {
  if (dropped === 0) return [];
  if (dropped === rows) return finding(name, 'major', 'empty in every row: there is nothing to learn from');
  const share = dropped / rows;
  return share > MOST ? finding(name, 'minor', `${formatShare(share)} of the rows have none, and are left out`) : [];
}

/** Of a column that says how much a row counts, or when it was. */
function neededFinding({ column, missing, rows }: ColumnReader): Finding[] | undefined {
  if (missing === 0) return undefined;
  return finding(column.name, 'major', `${missing} of ${rows} rows have none, and each row needs one`);
}

function columnFindings({ column: { name }, missing, rows }: ColumnReader, comparison?: Comparison): Finding[] {
  if (rows === 0) return [];
  if (missing === rows) return finding(name, 'major', 'empty in every row; take it out of the declaration');
  const compared = comparison?.columns.get(name);
  if (!compared)
    return missing / rows > MOST
      ? finding(name, 'minor', `${formatShare(missing / rows)} of its values are missing`)
      : [];
  const size = sizeOfMissing(compared);
  if (size === undefined || !compared.missing) return [];
  const { now, before } = compared.missing;
  return finding(name, size, `${formatShare(now)} of its values are missing, and ${formatShare(before)} were`);
}
