import { shortList } from '../../core/short-list.ts';
import type { Decision } from './decision.ts';
import type { Convention } from './number-forms.ts';

/** Of a wide table not all is told. */
const MOST = 40;

const keptOut: readonly Decision['kind'][] = ['identifier', 'constant', 'text', 'leaking'];

/** What init assumed and dropped, in sentences that go with the declaration. */
export function assumptions(
  decisions: readonly Decision[],
  look: readonly string[],
  { decimal, thousands }: Convention,
  missing: readonly string[],
): string[] {
  const numbers =
    decimal === '.' && thousands === undefined
      ? []
      : [
          `Numbers are written with a decimal ${decimal === ',' ? 'comma' : 'point'}${thousands === undefined ? '' : `, and ${JSON.stringify(thousands)} between thousands`}.`,
        ];
  const quoted = shortList(missing.map((text) => JSON.stringify(text)));
  const unknown = missing.length === 0 ? [] : [`${quoted} ${missing.length === 1 ? 'is' : 'are'} read as not known.`];
  const dropped = decisions
    .filter(({ kind, role }) => keptOut.includes(kind) && role === null)
    .map(({ column, reason }) => `${column} is left out: ${reason}.`);
  const looked = decisions.flatMap(({ column, look }) => look.map((sentence) => `${column}: ${sentence}.`));
  const roles = decisions.flatMap(({ column, role, reason }) =>
    role === 'group' || role === 'time' ? [`${column} is the ${role}: ${reason}.`] : [],
  );
  const all = [...look.map((sentence) => `${sentence}.`), ...numbers, ...unknown, ...roles, ...dropped, ...looked];
  return all.length > MOST ? [...all.slice(0, MOST), `… and ${all.length - MOST} more.`] : all;
}
