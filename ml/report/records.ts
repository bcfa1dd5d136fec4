// What training, the release and the image's build wrote down, as far as the report tells of it. It has schemas of its
// own, since a report may be made of files that another version of the code wrote.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../core/errors.ts';

const scores = z.record(z.string(), z.number());
const candidate = {
  model: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
};
const evaluated = z.discriminatedUnion('status', [
  z.object({ status: z.literal('scored'), ...candidate, cv: scores }),
  z.object({ status: z.literal('failed'), ...candidate, reason: z.string() }),
]);

/** Which data set, and its column that is predicted; versions before 0.2 did not say. */
const subject = { dataset: z.string().optional(), target: z.string().optional() };

const trainingSchema = z.object({
  ...subject,
  /** Earlier versions knew no other. */
  task: z.enum(['regression']).default('regression'),
  /** The column by which rows count; earlier versions knew none. */
  weight: z.string().nullish(),
  /** Null where the gate held it back. */
  release: z.string().nullable(),
  /** The folder of the release. */
  path: z.string().nullable(),
  verdict: z.object({ released: z.boolean(), reason: z.string() }),
  /** Null where every model has failed, like `holdout`. */
  chosen: z.string().nullable(),
  holdout: scores.nullable(),
  threshold: z.number(),
  leaderboard: z.array(evaluated),
});

/** What is told of the training that another one is compared with, which may be an earlier version's. */
const earlierSchema = z.object({
  ...subject,
  /** Null where there are no scores, which earlier versions told in other ways. */
  holdout: scores.nullable().catch(null),
});

// A name stands in the report as it is, so it must be one.
const common = { name: z.string().regex(/^\w+$/), title: z.string() };
const columnSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('numeric'),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
    unit: z.string().optional(),
  }),
  z.object({ ...common, kind: z.literal('categorical'), levels: z.array(z.string()) }),
]);

const manifestSchema = z.object({
  commit: z.string().nullable(),
  seed: z.number(),
  folds: z.number(),
  dataset: z.object({
    title: z.string(),
    target: z.string(),
    weight: z.string().optional(),
    columns: z.array(columnSchema),
  }),
  data: z.object({
    sha256: z.hex(),
    rows: z.number(),
    dropped: z.number(),
    train: z.number(),
    test: z.number(),
    split: z.string(),
  }),
});

const preprocessingSchema = z.array(
  z.discriminatedUnion('kind', [
    z.object({
      column: z.string(),
      kind: z.literal('numeric'),
      impute: z.number(),
      mean: z.number(),
      scale: z.number(),
    }),
    z.object({ column: z.string(), kind: z.literal('categorical'), impute: z.number(), levels: z.array(z.string()) }),
  ]),
);

const imageSchema = z.object({
  image: z.string(),
  /** `sha256:…` of its configuration; the same bytes have the same. */
  id: z.string(),
  /** `sha256:…` by which a registry knows it; there once it was pushed. */
  digest: z.string().nullish(),
  bytes: z.number(),
  base_bytes: z.number(),
});

export type Training = z.output<typeof trainingSchema>;
export type EarlierTraining = z.output<typeof earlierSchema>;
type Manifest = z.output<typeof manifestSchema>;
export type ColumnRecord = z.output<typeof columnSchema>;
export type Preprocessing = z.output<typeof preprocessingSchema>;
export type ImageRecord = z.output<typeof imageSchema>;

/**
 * Each is undefined where there is no such file, or an empty one: whatever should have written it did not get there.
 *
 * @throws DataError where one is there that is not what it should be
 */
export const readTraining = (path: string): Training | undefined => read(path, trainingSchema);
export const readEarlierTraining = (path: string): EarlierTraining | undefined => read(path, earlierSchema);
export const readImage = (path: string): ImageRecord | undefined => read(path, imageSchema);

/** What a release says of itself. */
export interface ReleaseRecord {
  readonly manifest: Manifest;
  /** @default - a release that keeps none */
  readonly preprocessing?: Preprocessing | undefined;
}

export function readRelease(folder: string): ReleaseRecord | undefined {
  const manifest = read(join(folder, 'manifest.json'), manifestSchema);
  return manifest && { manifest, preprocessing: read(join(folder, 'preprocess.json'), preprocessingSchema) };
}

function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (text === '') return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ')
        : 'it is not JSON';
    throw new DataError(`${path} is not what it should be: ${reason}`, { cause });
  }
}
