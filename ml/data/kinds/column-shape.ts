import { z } from 'zod';
import { cellText } from './cell-text.ts';

export const columnName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case: a letter, then letters, digits and underscores')
  .describe(
    'The name in JSON, form fields and flags: snake_case. CSV headers may differ in case, spaces and punctuation.',
  );

/** Texts that say that a value is not known. */
export const missingList = z
  .array(cellText)
  .refine((texts) => new Set(texts).size === texts.length, 'must not repeat a text')
  .optional();

/** What columns of every kind have. */
export const columnShape = {
  name: columnName,
  header: z
    .string()
    .refine((header) => header.trim() !== '', 'must not be blank')
    .optional()
    .describe('The header in CSV files, where it is not the name: "größe", "1st_flr".'),
  title: z.string().min(1).describe('What people read.'),
  description: z.string().optional().describe('What people read beside the field.'),
  section: z
    .string()
    .min(1)
    .optional()
    .describe('The heading under which the form has the field, with all others of the same section.'),
  missing: missingList.describe(
    'Texts of this column that say that a value is not known, beside the empty cell, in place of those of all columns: [] where "NA" is Namibia.',
  ),
};
