import { z } from 'zod';
import { defineKind } from './column-kind.ts';
import { keptOutShape, unread } from './kept-out.ts';

const schema = z.strictObject({ ...keptOutShape, kind: z.literal('text') });

/** A column of free text, which no model here reads. */
export const text = defineKind({ name: 'text', schema, roles: [] }, (column) => unread('free text', column));
