import { shortList } from '../../core/short-list.ts';
import { type ColumnView, type Deduction, deduced } from './deduction.ts';
import { missingLevels } from './missing-tokens.ts';

/** A yes and its no, in lower case. */
const pairs: readonly (readonly [yes: string, no: string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['true', 'false'],
  ['t', 'f'],
  ['1', '0'],
  ['1.0', '0.0'],
  ['ja', 'nein'],
  ['j', 'n'],
  ['oui', 'non'],
  ['sí', 'no'],
  ['si', 'no'],
  ['sim', 'não'],
  ['да', 'нет'],
  ['on', 'off'],
];

/** A column of yes and no, in whatever words the file has for them; undefined where it is none. */
export function decideYesNo({ counts, summary: { values } }: ColumnView): Deduction | undefined {
  // Each pair may be written in three ways, and several may be mixed.
  if (!values.isExact || values.distinct > 3 * pairs.length) return undefined;
  const missing = missingLevels(counts);
  const texts = [...counts].filter(([text]) => !missing.includes(text)).sort(([, a], [, b]) => b - a);
  const lower = new Set(texts.map(([text]) => text.toLowerCase()));
  const present = pairs.filter(([yes, no]) => lower.has(yes) && lower.has(no));
  const [yeses, noes] = [new Set(present.map(([yes]) => yes)), new Set(present.map(([, no]) => no))];
  const [yes, ...moreYes] = texts.map(([text]) => text).filter((text) => yeses.has(text.toLowerCase()));
  const [no, ...moreNo] = texts.map(([text]) => text).filter((text) => noes.has(text.toLowerCase()));
  if (yes === undefined || no === undefined || 2 + moreYes.length + moreNo.length < texts.length) return undefined;
  const written = shortList([yes, ...moreYes, no, ...moreNo].map((text) => JSON.stringify(text)));
  return deduced(
    {
      kind: 'yes_no',
      yes,
      no,
      ...(moreYes.length > 0 && { yes_texts: moreYes }),
      ...(moreNo.length > 0 && { no_texts: moreNo }),
    },
    `only ${written}`,
    { missing },
  );
}
