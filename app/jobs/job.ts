import { z } from 'zod';

const text = (meaning: string) => z.string().describe(meaning);
const count = (meaning: string) => z.int().min(0).describe(meaning);
const moment = (meaning: string) => z.iso.datetime().describe(meaning);

const problems = z.array(
  z.object({
    path: text('Where: a line, a column, or both; empty where it is the file as a whole.'),
    message: text('What is wrong, and what is allowed.'),
  }),
);

/** What is asked of each row beside its prediction. */
const jobOptionsSchema = z.object({
  interval: z
    .boolean()
    .describe('How sure each prediction is: of a number an interval, of a class the set of those that it could be.'),
  contributions: z.boolean().describe('What each prediction is made of, and what of the row was not learned from.'),
});

export type JobOptions = z.infer<typeof jobOptionsSchema>;

/** What became of a file. */
const jobResultSchema = z.object({
  url: text('Where the CSV is.'),
  bytes: count('How long it is.'),
  rows: count('Rows of the file, and of the result.'),
  predicted: count('How many of them have a prediction.'),
  columns: z
    .object({
      prediction: z.string(),
      problem: text('The column that says why a row has no prediction; empty where it has one.'),
      added: z
        .record(z.string(), z.string())
        .describe('What else was added, by the names that columns have where the file has none that reads alike.'),
    })
    .describe('The columns that the result has more than the file.'),
  problems: problems.describe('The first reasons why rows have no prediction, by column and kind.'),
});

export type JobResult = z.infer<typeof jobResultSchema>;

/** Why a job came to nothing. `interrupted`: the server ended meanwhile, more than once; sending the file again helps. */
const failures = ['invalid-file', 'interrupted', 'too-large', 'too-long', 'no-room', 'internal-error'] as const;

const jobFailureSchema = z.object({
  reason: z.enum(failures).describe('Of which kind it is; programs branch on it.'),
  detail: text('What is wrong, and what to do.'),
  problems: problems.optional(),
});

export type JobFailure = z.infer<typeof jobFailureSchema>;

/** A batch, as its owner sees it. Fields may come, and none goes. */
export const jobSchema = z
  .object({
    id: text('Its id, which nobody guesses.'),
    status: z
      .enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
      .describe('The last three are for good; until then ask again.'),
    file: z.object({ name: z.string(), format: z.enum(['csv', 'parquet']), bytes: z.int() }),
    options: jobOptionsSchema,
    created: moment('When its file was there.'),
    started: moment('When the first row was read.').optional(),
    ended: moment('When it came to an end.').optional(),
    expires: moment('When its files are removed: an hour after it ended.').optional(),
    progress: z.object({
      rows: count('Rows that were read so far.'),
      share: z.number().min(0).max(1).nullable().describe('Of all; null where nobody knows how many there are.'),
    }),
    release: text('The id of the release that answers, once it runs: it stays the same to its end.').optional(),
    result: jobResultSchema.optional(),
    failure: jobFailureSchema.optional(),
  })
  .describe('A file of rows that are predicted.');

export type Job = z.infer<typeof jobSchema>;

/** What is kept of a job in its folder. */
export const jobRecordSchema = jobSchema.extend({
  /** Whose it is; null where whoever knows its id may see it. */
  owner: z.string().nullable(),
  /** How many rows its file has, about; null where nobody knows. */
  expectedRows: z.int().nullable(),
});

export type JobRecord = z.infer<typeof jobRecordSchema>;

/** What its owner sees of a job. */
export function jobOf({ owner, expectedRows, ...job }: JobRecord): Job {
  return job;
}
