// The kinds that a column may have.

import { z } from 'zod';
import { categoricalSchema } from './categorical.ts';
import { dateSchema } from './date.ts';
import { identifierSchema } from './identifier.ts';
import { numericSchema } from './numeric.ts';

export const columnSchema = z.discriminatedUnion('kind', [
  numericSchema,
  categoricalSchema,
  dateSchema,
  identifierSchema,
]);

/** A column of any kind; its `name` is the one on the wire. */
export type Column = z.infer<typeof columnSchema>;
