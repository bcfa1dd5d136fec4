import { z } from 'zod';
import { defineKind } from './column-kind.ts';
import { keptOutShape, unread } from './kept-out.ts';

const schema = z.strictObject({ ...keptOutShape, kind: z.literal('leaking') });

/** A column that tells the target, and is not known when a prediction is asked for: a model of it would be worth nothing in use. */
export const leaking = defineKind({ name: 'leaking', schema, roles: [] }, (column) =>
  unread('a leak of the target', column),
);
