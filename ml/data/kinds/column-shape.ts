import { z } from 'zod';

export const columnName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case: a letter, then letters, digits and underscores')
  .describe(
    'The name in JSON, form fields and flags: snake_case. CSV headers may differ in case, spaces and punctuation.',
  );

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
};
