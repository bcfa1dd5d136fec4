import { z } from 'zod';
import { clip, shortList } from '../../core/short-list.ts';
import { cellText } from './cell-text.ts';
import { defineKind, type FeatureKind } from './column-kind.ts';
import { columnShape } from './column-shape.ts';
import { codeParser, codeReader, codesWithMissing, levelProblem, levelWriter } from './levels.ts';
import type { CellReading } from './reading.ts';

/** So much of a text that is not listed is told. */
const SHOWN = 40;

const schema = z
  .strictObject({
    ...columnShape,
    kind: z.literal('categorical'),
    levels: z
      .array(cellText)
      .min(2)
      .refine((levels) => new Set(levels).size === levels.length, 'must not repeat a level')
      .describe('Every value that is allowed.'),
    titles: z
      .record(cellText, z.string().min(1))
      .optional()
      .describe('What people read in the place of a level: {"T2": "Terminal 2"}. Files and programs have the level.'),
    other: cellText
      .optional()
      .describe('The level as which a text is read that is not listed, in the rows that models learn from.'),
    unseen: z
      .enum(['refuse', 'other'])
      .optional()
      .describe(
        'What becomes of a text that is not listed where a prediction is asked for: it is refused, or read as the level that "other" names. Default: refuse.',
      ),
  })
  .superRefine(({ levels, titles = {}, other, unseen }, context) => {
    const refuse = (at: string, message: string) => context.addIssue({ code: 'custom', path: [at], message });
    const known = new Set(levels);
    const untitled = Object.keys(titles).find((level) => !known.has(level));
    if (untitled !== undefined) refuse('titles', `must name levels alone, and ${JSON.stringify(untitled)} is none`);
    if (other !== undefined && !levels.includes(other)) refuse('other', 'must be one of the levels');
    if (other === undefined && unseen === 'other')
      refuse('unseen', 'needs "other", the level that such a text is read as');
  });

export type CategoricalColumn = z.infer<typeof schema>;

/** A column of a few texts; a table holds the index of each among its levels. */
export const categorical = defineKind(
  { name: 'categorical', schema, roles: ['target', 'group'] },
  (column): FeatureKind => {
    const { levels, titles = {}, other, unseen } = column;
    const titleOf = (level: string) => (Object.hasOwn(titles, level) ? (titles[level] as string) : level);
    const codes = new Map(levels.map((level, code) => [level, code]));
    const otherCode = other === undefined ? undefined : codes.get(other);
    const otherOf = ({ purpose }: CellReading) => (purpose !== 'serving' || unseen === 'other' ? otherCode : undefined);
    const allowed = () => `one of: ${shortList(levels)}${unseen === 'other' ? `, or any other text, as ${other}` : ''}`;
    return {
      values: 'codes',
      levels,
      limits: {},
      allowed,
      parser: (reading) => codeParser(codesWithMissing(codes, column, reading), otherOf(reading)),
      problem: (text) => levelProblem(text, allowed()),
      writer: () => levelWriter(levels),
      valueReader: (reading) => codeReader(codesWithMissing(codes, column, reading), otherOf(reading)),
      fromText: (text) => text,
      ...(unseen === 'other' && {
        unlisted(reading: CellReading) {
          const parse = codeParser(codesWithMissing(codes, column, reading));
          return (value: unknown) =>
            typeof value === 'string' && parse(value) === undefined
              ? `${clip(value.trim(), SHOWN)} is not listed, and is taken as ${other}`
              : undefined;
        },
      }),
      example: () => levels[0] ?? null,
      jsonSchema: () =>
        unseen === 'other' ? { type: ['string', 'null'], examples: levels } : { enum: [...levels, null] },
      control: () => ({
        control: 'select',
        options: levels.map((level) => ({ value: level, label: titleOf(level) })),
      }),
    };
  },
);
