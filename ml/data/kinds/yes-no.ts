import { z } from 'zod';
import { cellText } from './cell-text.ts';
import { defineKind, type FeatureKind } from './column-kind.ts';
import { columnShape } from './column-shape.ts';
import { codeParser, codeReader, codesWithMissing, levelProblem, levelWriter } from './levels.ts';

const furtherTexts = (word: string) =>
  z
    .array(cellText)
    .optional()
    .describe(`Further texts that mean ${word}: "Yes" and "YES", where the file is not of one mind.`);

const schema = z
  .strictObject({
    ...columnShape,
    kind: z.literal('yes_no'),
    yes: cellText.describe('The text that means yes: "Y".'),
    no: cellText.describe('The text that means no: "N".'),
    yes_texts: furtherTexts('yes'),
    no_texts: furtherTexts('no'),
  })
  .superRefine(({ yes, no, yes_texts = [], no_texts = [] }, context) => {
    const texts = [yes, no, ...yes_texts, ...no_texts];
    const twice = texts.find((text, i) => texts.indexOf(text) !== i);
    if (twice === undefined) return;
    const path = [twice === no && twice === yes ? 'no' : yes_texts.includes(twice) ? 'yes_texts' : 'no_texts'];
    context.addIssue({ code: 'custom', path, message: `must not name ${JSON.stringify(twice)} twice` });
  });

/** Texts that mean yes and no in any column that does not give them another meaning, as JSON's values do. */
const always = [
  ['false', 0],
  ['true', 1],
] as const;

/** A column of yes and no: to models a category of two levels, no and yes, by the texts of the file. */
export const yesNo = defineKind({ name: 'yes_no', schema, roles: ['target'] }, (column): FeatureKind => {
  const { yes, no, yes_texts = [], no_texts = [] } = column;
  const levels = [no, yes];
  const codes = new Map<string, number>([
    ...always,
    ...[no, ...no_texts].map((text) => [text, 0] as const),
    ...[yes, ...yes_texts].map((text) => [text, 1] as const),
  ]);
  const allowed = () => `yes or no: ${yes} or ${no}, or true or false`;
  return {
    values: 'codes',
    levels,
    positive: yes,
    limits: {},
    allowed,
    parser: (reading) => codeParser(codesWithMissing(codes, column, reading)),
    problem: (text) => levelProblem(text, allowed()),
    writer: () => levelWriter(levels),
    valueReader: (reading) => {
      const read = codeReader(codesWithMissing(codes, column, reading));
      // A file's 1 and 0 may well be sent as numbers.
      return (value) => read(typeof value === 'boolean' || typeof value === 'number' ? String(value) : value);
    },
    fromText: (text) => text,
    example: () => true,
    jsonSchema: () => ({ enum: [true, false, yes, ...yes_texts, no, ...no_texts, null] }),
    control: () => ({
      control: 'radio',
      options: [
        { value: yes, label: 'Yes' },
        { value: no, label: 'No' },
      ],
    }),
  };
});
