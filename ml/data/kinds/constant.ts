import { z } from 'zod';
import { defineKind } from './column-kind.ts';
import { keptOutShape, unread } from './kept-out.ts';

const schema = z.strictObject({ ...keptOutShape, kind: z.literal('constant') });

/** A column that has the same value in all rows, or none: there is nothing to learn from it. */
export const constant = defineKind({ name: 'constant', schema, roles: [] }, (column) => unread('a constant', column));
