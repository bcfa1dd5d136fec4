import { z } from 'zod';
import { declarationSchema } from '../data/declaration.ts';
import { calibrationSchema } from '../explain/fit-calibration.ts';
import { importanceSchema } from '../explain/importance.ts';
import { thresholdCostsSchema } from '../explain/threshold-costs.ts';
import { chosenSchema } from '../selection/chosen.ts';
import { comparisonSchema } from '../selection/comparison.ts';
import { evaluatedSchema, scoresSchema } from '../selection/evaluated.ts';
import { importedRecordSchema } from '../selection/imported-record.ts';
import { learningCurveSchema } from '../selection/learning-curve.ts';
import { planSchema } from '../selection/plan.ts';
import { partialTrialSchema, recordedTrialSchema } from '../selection/recorded-trial.ts';
import { clusterRecordSchema } from './cluster-record.ts';
import { filesSchema } from './files.ts';

/** The format of the releases that this version writes. It reads those of ./migrations/ too. */
export const RELEASE_FORMAT = 8;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How a target of numbers is distributed among the training rows. */
const targetHistogramSchema = z.object({
  /** The ends of the bins, ascending: one more than there are bins. */
  edges: z.array(z.number()),
  /** The share of the training rows in each, by weight; a few far ones may be in none. */
  shares: z.array(z.number()),
  /** Where the bins have the same width on a logarithmic axis. */
  scale: z.literal('log').optional(),
});

export type TargetHistogram = z.infer<typeof targetHistogramSchema>;

/** What a release says of itself. It holds no time and no machine, so equal training gives equal bytes. */
export const manifestSchema = z.object({
  format: z.literal(RELEASE_FORMAT),
  /** Of Plumbline, and of all whose arithmetic the result depends on. */
  versions: z.record(z.string(), z.string()),
  /** The git commit of the code, ending in -dirty where files differed from it; null outside git. */
  commit: z.string().nullable(),
  /** SHA-256 of all of the code that training depends on; null where an older version did not record it. */
  code: sha256.nullable(),
  seed: z.number(),
  threshold: z.number(),
  dataset: declarationSchema,
  data: z.object({
    /** SHA-256 of the data's file: the accepted rows in declared order, however the file was written. */
    sha256,
    rows: z.number(),
    dropped: z.number(),
    train: z.number(),
    test: z.number(),
    /** Who said which rows to hold out. */
    split: z.enum(['seed', 'given']),
    /** The range of the target in the training rows. */
    target: z
      .object({
        min: z.number(),
        max: z.number(),
        /** Lacking where an older version did not record it. */
        histogram: targetHistogramSchema.optional(),
      })
      .optional(),
    /** Of a target of classes: the share of each among the training rows, by weight, in declared order. */
    shares: z.array(z.number()).optional(),
  }),
  /** The level of interest of a target of two levels, as declared or the rarer one. */
  positive: z.string().optional(),
  folds: z.number(),
  /** How candidates were found; null where an older version did not record it. */
  plan: planSchema.nullable(),
  /** Where its model was trained, if that was elsewhere: nothing is known of its rows then, and those of the release are rows of proof. */
  imported: importedRecordSchema.optional(),
  chosen: chosenSchema,
  /** Why it was chosen, in a sentence; null where an older version did not record it. */
  why: z.string().nullable(),
  holdout: scoresSchema,
  /** What each column is worth to the model, as the held-out rows tell; lacking where an older version did not record it. */
  importance: importanceSchema.optional(),
  /** How its probabilities hold out of fold, and what is done to them; lacking of numbers, and where rows are too few to say. */
  calibration: calibrationSchema.optional(),
  /** What a threshold of the positive class's probability costs, as the held-out rows tell; lacking but of two classes. */
  thresholds: thresholdCostsSchema.optional(),
  baseline: evaluatedSchema,
  /** How it compares with the release that was in use when it was trained; lacking where there was none, or an older version did not compare. */
  champion: comparisonSchema.optional(),
  /** Whether it was released though the gate held it back (--force). */
  forced: z.literal(true).optional(),
  /** The best candidate of each model, best first; those that failed come last. */
  leaderboard: z.array(evaluatedSchema),
  /** Every candidate that was tried in all folds, in the order in which they were proposed; null where an older version did not record it. */
  trials: z.array(recordedTrialSchema).nullable(),
  /** Those that were tried on few rows, or given up after some folds; absent where an older version did not record it. */
  partialTrials: z.array(partialTrialSchema).optional(),
  /** How good the candidate that counts most would be with fewer rows; lacking where that would have taken too long, or an older version did not record it. */
  learningCurve: learningCurveSchema.optional(),
  /** Where it was trained on a cluster: on all rows there, of which the release keeps some. */
  cluster: clusterRecordSchema.optional(),
  files: filesSchema,
});

/** What keeps something from being a manifest, or a part of one: "seed: Invalid input: expected number, received string". */
export function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.')}: ${issue?.message}`;
}

export type Manifest = z.infer<typeof manifestSchema>;
