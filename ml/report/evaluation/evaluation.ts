// How a model did on its held-out rows, without any row of them: what may be shown to everybody who may ask the model. The document
// of the role `evaluation`.

import { z } from 'zod';
import { reliabilitySchema } from '../../explain/reliability.ts';

/** Held-out rows that have something in common. */
const groupSchema = z.object({
  /** The name of the column whose value they share. */
  column: z.string(),
  /** Null where it is not known. */
  value: z.string().nullable(),
  rows: z.number(),
  error: z.number(),
  standardError: z.number(),
  coverage: z.number().optional(),
  isWorse: z.boolean(),
  isMissed: z.boolean(),
});

const ofAll = {
  rows: z.object({ learned: z.number(), held: z.number(), measured: z.number() }),
  /** The share of rows whose interval, or prediction set, holds the truth. */
  coverage: z.number().optional(),
  /** Whom the model is fit for and whom not: paragraphs of Markdown, as the report has them. */
  fitFor: z.array(z.string()),
  /** Of levels and groups; those with the largest errors first. */
  groups: z.array(groupSchema),
  /** Of numbers and dates, a quarter of the rows each. */
  ranges: z.array(groupSchema),
};

const curveSchema = z.array(z.object({ x: z.number(), y: z.number() }));

const numbersSchema = z.object({
  kind: z.literal('number'),
  ...ofAll,
  errors: z.object({
    mean: z.number(),
    half: z.number(),
    most: z.number(),
    always: z.object({ prediction: z.number(), mean: z.number() }),
  }),
  /** How actual values less predictions are distributed: rows in bins. */
  residuals: z.object({
    mean: z.number(),
    deviation: z.number(),
    edges: z.array(z.number()),
    labels: z.array(z.string()).optional(),
    counts: z.array(z.number()),
  }),
  /** Rows by their predictions, about as many in each group: the means of both, and the range of eight of ten actual values. */
  byPrediction: z.array(
    z.object({ rows: z.number(), predicted: z.number(), actual: z.number(), low: z.number(), high: z.number() }),
  ),
  intervals: z
    .object({
      rows: z.number(),
      levels: z.array(
        z.object({ nominal: z.number(), actual: z.number(), standardError: z.number(), width: z.number() }),
      ),
    })
    .optional(),
});

const classesSchema = z.object({
  kind: z.literal('class'),
  ...ofAll,
  accuracy: z.number(),
  always: z.object({ level: z.string(), accuracy: z.number() }),
  logLoss: z.number(),
  ofShares: z.number(),
  /** How many rows of one level were taken for which, by the places of both levels; pairs without rows are left out. */
  confusion: z.array(z.object({ truth: z.int(), predicted: z.int(), rows: z.number() })),
  reliability: reliabilitySchema,
  curves: z.array(
    z.object({
      level: z.string(),
      share: z.number(),
      rocAuc: z.number(),
      averagePrecision: z.number(),
      roc: curveSchema,
      precision: curveSchema,
    }),
  ),
});

export const evaluationSchema = z.discriminatedUnion('kind', [numbersSchema, classesSchema]);

export type Evaluation = z.infer<typeof evaluationSchema>;
export type EvaluatedGroup = z.infer<typeof groupSchema>;
export type PredictionGroup = z.infer<typeof numbersSchema>['byPrediction'][number];
