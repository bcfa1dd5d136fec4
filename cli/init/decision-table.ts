import type { Decision } from '../../ml/data/inference/decision.ts';
import { hanging, wrapText } from '../wrap-text.ts';

/** Reasons have a column of their own where so many characters are left for it. */
const NARROWEST_REASON = 30;
const LONGEST_NAME = 32;
/** Of a wide table not every column is shown. */
const MOST_SHOWN = 200;

/** What was decided of each column, with the reason: a table, or on a narrow terminal one column below the other. */
export function decisionTable(decisions: readonly Decision[], width: number): string {
  const shown = decisions.slice(0, MOST_SHOWN);
  const rows = shown.map(({ column, kind, role, reason, look }) => ({
    name: look.length > 0 ? `${column} *` : column,
    kind: role === null ? kind : `${kind}, ${role}`,
    reason,
  }));
  const names = Math.min(LONGEST_NAME, Math.max(6, ...rows.map(({ name }) => name.length)));
  const kinds = Math.max(4, ...rows.map(({ kind }) => kind.length));
  const left = width - names - kinds - 4;
  const rest = decisions.length > shown.length ? [`… and ${decisions.length - shown.length} more columns`] : [];
  if (left < NARROWEST_REASON)
    return [...rows.map(({ name, kind, reason }) => `${name}: ${kind}\n${hanging('  ', reason, width)}`), ...rest].join(
      '\n',
    );
  const line = (name: string, kind: string, reason: string) => {
    const [first = '', ...more] = wrapText(reason, left);
    // A longer name has a line of its own.
    const begin = name.length > names ? `${name}\n${' '.repeat(names)}` : name.padEnd(names);
    const indent = ' '.repeat(names + kinds + 4);
    return [`${begin}  ${kind.padEnd(kinds)}  ${first}`.trimEnd(), ...more.map((text) => `${indent}${text}`)].join(
      '\n',
    );
  };
  return [
    line('column', 'kind', 'why'),
    ...rows.map(({ name, kind, reason }) => line(name, kind, reason)),
    ...rest,
  ].join('\n');
}
