// How the file of a data set is written, as its declaration says.

import { z } from 'zod';
import { missingList } from './kinds/column-shape.ts';
import { readingShape } from './sources/reading.ts';

/** What of a declaration says how its file is to be read. */
export const fileShape = {
  ...readingShape,
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
