import { shortList } from '../core/short-list.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Comparison } from './compare.ts';
import { levelsOf } from './distributed.ts';
import type { Finding } from './finding.ts';
import type { Observation } from './observe.ts';
import { LevelProfile, type Profile } from './profile.ts';
import { shiftInWords, sizeOfShift } from './shift-size.ts';

/** Whether there is something to learn: a target of more than one value, each class with rows; and whether its distribution is what it was. */
export function checkTarget(
  { columns }: Observation,
  declaration: Declaration,
  current: ReadonlyMap<string, Profile>,
  comparison?: Comparison,
): Finding[] {
  const { target } = declaration;
  const reader = columns.get(target);
  if (!reader || reader.rows === 0) return [];
  const finding = (weight: Finding['weight'], message: string): Finding => ({
    check: 'target',
    column: target,
    weight,
    message,
  });
  const findings: Finding[] = [];
  if (reader.lowest === reader.highest)
    findings.push(finding('major', 'it is the same in every row: there is nothing to learn'));
  const profile = current.get(target);
  if (profile instanceof LevelProfile) {
    const absent = (levelsOf(reader.column) ?? []).filter((level) => !profile.counts.has(level));
    if (absent.length > 0) findings.push(finding('minor', `no row is of the class ${shortList(absent)}`));
  }
  const compared = comparison?.columns.get(target);
  const size = compared && sizeOfShift(compared);
  if (compared && size) findings.push(finding(size, `its distribution has shifted: ${shiftInWords(compared, size)}`));
  return findings;
}
