import { shortList } from '../core/short-list.ts';
import type { Finding } from './finding.ts';
import { misfitFindings } from './misfits.ts';
import type { Observation } from './observe.ts';

/** Whether the file has the columns that are declared, each row as many cells, and each cell a value of its column's kind. */
export function checkSchema(observation: Observation): Finding[] {
  const { headerIssues, undeclared, unreadable, columns, rows } = observation;
  const major = (message: string): Finding => ({ check: 'schema', weight: 'major', message });
  const header = headerIssues.map(({ path, message }) => major(path === '' ? message : `${path}: ${message}`));
  const unknown: Finding[] =
    undeclared.length === 0 || headerIssues.length > 0
      ? []
      : [{ check: 'schema', weight: 'minor', message: `no column is declared for: ${shortList(undeclared)}` }];
  const broken = unreadable.log
    .issues()
    .map(({ path, message }) => major(path === '' ? message : `${path}: ${message}`));
  const empty = rows === 0 && columns.size > 0 ? [major('a header and no rows')] : [];
  return [...header, ...unknown, ...broken, ...empty, ...misfitFindings(observation, 'schema')];
}
