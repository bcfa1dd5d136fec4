import { z } from 'zod';

const shape = {
  /** The table. */
  data: z.string(),
  /** What is predicted of it. */
  task: z.enum(['regression', 'binary', 'multiclass']),
  peer: z.string(),
  /** How long the peer might take, in seconds; null for one that is not told. */
  budget: z.number().nullable(),
  /** How long it took from the start of its process to its end. */
  seconds: z.number(),
};

/** R² on the rows that are held out, or of classes the skill in log loss; or why there is none. */
export const measurementSchema = z.union([
  z.object({ ...shape, score: z.number() }),
  z.object({ ...shape, score: z.null(), reason: z.string() }),
]);

export type Measurement = z.infer<typeof measurementSchema>;
