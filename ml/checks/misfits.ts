import type { Issue } from '../core/errors.ts';
import type { Misfit } from './column-reader.ts';
import type { Finding } from './finding.ts';
import type { Observation } from './observe.ts';

/** What is wrong with cells for one reason, column by column, in the words of ingestion. */
export function misfitFindings({ columns }: Observation, check: Misfit): Finding[] {
  return [...columns.values()].flatMap(({ column: { name }, misfits }) =>
    (misfits.get(check)?.issues() ?? []).map(
      (issue): Finding => ({
        check,
        column: name,
        weight: 'major',
        message: inWords(issue, name),
      }),
    ),
  );
}

/** An issue of a column as a sentence: where it is told by its line, the line alone. */
function inWords({ path, message }: Issue, column: string): string {
  const place = path.replace(new RegExp(`(, )?${column}$`), '');
  return place === '' ? message : `${place}: ${message}`;
}
