import { z } from 'zod';
import { scoresSchema } from '../selection/evaluated.ts';

/** What a release records of a training on a cluster, whose rows it keeps some of. */
export const clusterRecordSchema = z.object({
  /** Of Spark and XGBoost there. */
  versions: z.record(z.string(), z.string()),
  /** All rows there, by what was done with them. */
  rows: z.object({
    read: z.int(),
    /** Learned from; said when to stop; said how far predictions are off; held out; on neither side. */
    learn: z.int(),
    stop: z.int(),
    calibrate: z.int(),
    hold: z.int(),
    between: z.int(),
  }),
  /** What the model scores on all rows that were held out there. */
  holdout: scoresSchema,
});

export type ClusterRecord = z.infer<typeof clusterRecordSchema>;
