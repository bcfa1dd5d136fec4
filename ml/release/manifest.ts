import { z } from 'zod';
import { declarationSchema } from '../data/declaration.ts';

/** The format of releases that this version writes and reads. */
export const RELEASE_FORMAT = 3;

const params = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]));
const scores = { r2: z.number(), rmse: z.number(), mae: z.number() };
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const candidate = { model: z.string(), params };
const scored = z.object({ status: z.literal('scored'), ...candidate, cv: z.object({ ...scores, r2_sd: z.number() }) });
const failed = z.object({ status: z.literal('failed'), ...candidate, reason: z.string() });
const evaluated = z.discriminatedUnion('status', [scored, failed]);

/** What a release says of itself. It holds no time and no machine, so equal training gives equal bytes. */
export const manifestSchema = z.object({
  format: z.literal(RELEASE_FORMAT),
  /** Of Plumbline, and of all whose arithmetic the result depends on. */
  versions: z.record(z.string(), z.string()),
  /** The git commit of the code, ending in -dirty where files differed from it; null outside git. */
  commit: z.string().nullable(),
  /** SHA-256 of all of the code that training depends on. */
  code: sha256,
  seed: z.number(),
  threshold: z.number(),
  dataset: declarationSchema,
  data: z.object({
    /** SHA-256 of data.csv: the accepted rows in declared order, however the file was written. */
    sha256,
    rows: z.number(),
    dropped: z.number(),
    train: z.number(),
    test: z.number(),
    /** Who said which rows to hold out. */
    split: z.enum(['seed', 'given']),
    /** The range of the target in the training rows. */
    target: z.object({ min: z.number(), max: z.number() }).optional(),
  }),
  folds: z.number(),
  chosen: z.object({ model: z.string(), params }),
  holdout: z.object(scores),
  baseline: evaluated,
  /** Every candidate, best first; those that failed come last. */
  leaderboard: z.array(evaluated),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256 })),
});

export type Manifest = z.infer<typeof manifestSchema>;
/** A candidate that could not be fitted or scored, and why. */
export type Failed = z.infer<typeof failed>;
/** A candidate that was tried: its mean scores over the folds, or why it failed. */
export type Evaluated = z.infer<typeof evaluated>;
