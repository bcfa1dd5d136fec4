import { z } from 'zod';
import { type ColumnKind, defineKind } from './column-kind.ts';
import { anyText, keptOutShape } from './kept-out.ts';
import { missingTexts } from './reading.ts';
import { TextNumbers } from './text-numbers.ts';

const schema = z.strictObject({ ...keptOutShape, kind: z.literal('identifier') });

/** A column whose texts name something, and mean nothing by themselves: it is no feature, and may tell groups. */
export const identifier = defineKind(
  { name: 'identifier', schema, roles: ['group'] },
  (column): ColumnKind => ({
    ...anyText('an identifier', column),
    values: 'texts',
    parser(reading, texts = new TextNumbers()) {
      const missing = missingTexts(column, reading);
      if (missing.size === 1) return texts.numberOf;
      return (text) => (missing.has(text.trim()) ? Number.NaN : texts.numberOf(text));
    },
    writer: (texts) => (code) => texts.at(code) as string,
  }),
);
