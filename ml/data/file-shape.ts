// How the file of a data set is written, as its declaration says.

import { z } from 'zod';
import { missingList } from './kinds/column-shape.ts';

const oneCharacter = z
  .string()
  .refine(
    (text) => [...text].length === 1 && !/["\r\n]/.test(text),
    'must be one character, and no quote or line break',
  );

/** What of a declaration says how its file is to be read. */
export const fileShape = {
  format: z
    .enum(['csv', 'parquet', 'json', 'ndjson'])
    .optional()
    .describe(
      'What the file is: csv, parquet, json (an array of objects) or ndjson (an object a line), compressed by gzip or not. Default: csv.',
    ),
  encoding: z
    .enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1'])
    .optional()
    .describe('The encoding of its text. Default: utf-8.'),
  delimiter: oneCharacter.optional().describe('What separates its cells: ";" or a tab. Default: a comma.'),
  decimal: z
    .enum(['.', ','])
    .optional()
    .describe('What stands before the decimals of its numbers: "," where it has 1,5. Default: a point.'),
  thousands: z
    .enum(['.', ',', ' ', "'"])
    .optional()
    .describe('What groups the digits of its numbers: "." where it has 1.234.567. Default: nothing.'),
  missing: missingList.describe(
    'Texts that say that a value is not known, in any column, beside the empty cell: "NA", "?", "-999". A column may have its own.',
  ),
};
