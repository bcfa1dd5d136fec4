import type { Column } from '../data/declaration.ts';
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
  { name, kind }: Column,
  { columns }: Observation,
  comparison: Comparison | undefined,
  { findings, gating }: Judgement,
): ColumnCheck {
  const reader = columns.get(name);
  const own: Finding[] = reader
    ? findings.filter(({ column }) => column === name)
    : [{ check: 'schema', column: name, weight: 'major', message: 'not in the header, or twice' }];
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
