import { z } from 'zod';
import { columnShape } from './column-shape.ts';

export const categoricalSchema = z.strictObject({
  ...columnShape,
  kind: z.literal('categorical'),
  levels: z
    .array(
      z
        .string()
        .min(1)
        .refine((level) => level === level.trim(), 'must not start or end with a space')
        // An accented letter is one character or two, and looks the same.
        .normalize('NFC'),
    )
    .min(2)
    .refine((levels) => new Set(levels).size === levels.length, 'must not repeat a level')
    .describe('Every value that is allowed.'),
});
