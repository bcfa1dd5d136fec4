import type { Column } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import type { Comparison } from './compare.ts';
import type { ColumnCheck } from './data-check.ts';
import { type CheckName, type Finding, verdictOf } from './finding.ts';
import type { Observation } from './observe.ts';

/** What was found, and which checks may fail. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly gating: readonly CheckName[];
}

/** What came of a declared column. */
export function columnCheck(
  column: Column,
  { columns, headerIssues }: Observation,
  comparison: Comparison | undefined,
  { findings, gating }: Judgement,
): ColumnCheck {
  const { name, kind } = column;
  const reader = columns.get(name);
  // What is not even read may well be absent.
  const isNeeded = kindOf(column).values !== 'none' || headerIssues.some(({ path }) => path === name);
  const absent: Finding = { check: 'schema', column: name, weight: 'major', message: 'not in the header, or twice' };
  const own = reader ? findings.filter(({ column }) => column === name) : isNeeded ? [absent] : [];
  const { shift, missing } = comparison?.columns.get(name) ?? {};
  const why = reader && comparison?.incomparable.get(name);
  return {
    name,
    kind,
    verdict: verdictOf(own, gating),
    reasons: [...own.map(({ message }) => message), ...(why === undefined ? [] : [`not compared: ${why}`])],
    missing: {
      share: reader && reader.rows > 0 ? reader.missing / reader.rows : null,
      before: comparison?.columns.has(name) ? (missing?.before ?? 0) : null,
    },
    drift: shift
      ? { psi: shift.psi, chance: shift.chance, test: shift.test, p: shift.p, significant: shift.isSignificant }
      : null,
  };
}
