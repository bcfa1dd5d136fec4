import { z } from 'zod';

const formats = ['csv', 'parquet', 'json', 'ndjson'] as const;
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1'] as const;

export type Format = (typeof formats)[number];
export type Encoding = (typeof encodings)[number];

/** What a declaration says of how its file is written. */
export const readingShape = {
  format: z
    .enum(formats)
    .optional()
    .describe(
      'The format of the file: csv, parquet, json (an array of objects) or ndjson (an object on each line). Default: csv. A file that is packed by gzip is unpacked while it is read.',
    ),
  encoding: z.enum(encodings).optional().describe('The encoding of a file of text. Default: utf-8.'),
  delimiter: z
    .string()
    .refine(
      (text) => text.length === 1 && !/["\r\n\0\ufeff]/.test(text),
      'must be one character, and no quote or line break',
    )
    .optional()
    .describe('The character between the cells of a CSV: ";", "|", a tab ("\\t"). Default: a comma.'),
  header_row: z
    .int()
    .min(1)
    .optional()
    .describe(
      'The line of a CSV that holds the header, from 1; what stands above it is passed over. Default: the first that is not blank.',
    ),
  headers: z
    .literal('none')
    .optional()
    .describe('Says of a CSV that it has no header: its columns are then called column_1, column_2 and so on.'),
};

/** How a file is read; what is absent has its default. */
export type Reading = z.infer<z.ZodObject<typeof readingShape>>;
