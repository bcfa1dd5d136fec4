// What the kinds of column have in common that models do not read.

import { z } from 'zod';
import type { ColumnKind } from './column-kind.ts';
import { columnShape } from './column-shape.ts';

/** What a declaration says of a column of any of these kinds. */
export const keptOutShape = {
  ...columnShape,
  reason: z
    .string()
    .min(1)
    .optional()
    .describe('Why it is no feature, in a sentence: "every row has another one", "it is known only after the sale".'),
};

/** A column that takes any text, and why models do not read it. */
export const anyText = (keptOut: string, { reason }: { readonly reason?: string | undefined }) => ({
  keptOut: reason === undefined ? keptOut : `${keptOut}: ${reason}`,
  limits: {},
  allowed: () => 'any text',
  problem: () => ({ many: 'are no text', one: 'is no text' }),
});

/** A column that is not even read: a CSV may lack it, and a table does not have it. */
export const unread = (keptOut: string, column: { readonly reason?: string | undefined }): ColumnKind => ({
  ...anyText(keptOut, column),
  values: 'none',
  parser: () => () => Number.NaN,
  writer: () => () => '',
});
