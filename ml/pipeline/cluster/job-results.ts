// What the job that trains on a cluster writes (infra/spark/): a summary, a model of XGBoost, and rows for the release to keep.

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ReleaseError } from '../../core/errors.ts';
import { declarationSchema } from '../../data/declaration.ts';
import { taskKinds } from '../../data/task-kind.ts';
import { firstIssue } from '../../release/manifest.ts';
import { scoresSchema } from '../../selection/evaluated.ts';

const count = z.int().nonnegative();

/** What all training rows have of a column: what one machine learns of its own (`ColumnEncoding`), and the ends of what there is. */
const columnSchema = z.discriminatedUnion('kind', [
  z.object({
    column: z.string(),
    kind: z.literal('numeric'),
    missing: count,
    impute: z.number(),
    mean: z.number(),
    scale: z.number().positive(),
    min: z.number(),
    max: z.number(),
  }),
  z.object({
    column: z.string(),
    kind: z.literal('categorical'),
    missing: count,
    impute: count,
    /** The levels that some row has, ascending, and what the rows of each weigh. */
    seen: z.array(count).min(1),
    weights: z.array(z.number()),
  }),
]);

const summarySchema = z.object({
  format: z.literal(1),
  versions: z.object({ spark: z.string(), xgboost: z.string() }),
  declaration: z.unknown().transform((json, context) => {
    const { $schema, ...declaration } = Object(json) as Record<string, unknown>;
    const parsed = declarationSchema.safeParse(declaration);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: firstIssue(parsed.error) });
    return z.NEVER;
  }),
  task: z.enum(taskKinds),
  settings: z.object({ seed: z.int() }),
  params: z.record(z.string(), z.union([z.number(), z.string()])),
  rounds: z.int().positive(),
  rows: z.object({
    read: count,
    dropped: count,
    weightless: count,
    learn: count,
    stop: count,
    calibrate: count,
    hold: count,
    between: count,
  }),
  columns: z.array(columnSchema),
  holdout: scoresSchema,
});

/** The summary of a job. */
export type JobSummary = z.infer<typeof summarySchema>;
export type JobColumn = JobSummary['columns'][number];

/** The files of a job's results. */
export const resultFiles = { summary: 'results.json', model: 'model.json', rows: 'rows.csv' } as const;

/** Whether a job has written all of its results into a folder. */
export const hasResults = (folder: string): Promise<boolean> =>
  access(join(folder, resultFiles.summary)).then(
    () => true,
    () => false,
  );

/** @throws ReleaseError where the folder holds no results of a job, or another version's */
export async function readSummary(folder: string): Promise<JobSummary> {
  const path = join(folder, resultFiles.summary);
  try {
    const parsed = summarySchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(firstIssue(parsed.error));
  } catch (error) {
    throw new ReleaseError(`${path} is no result of a training on a cluster: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
