// What becomes of a model's probabilities last, in the document of the model.

import { z } from 'zod';
import type { Calibration } from '../estimators/calibration/calibrate.ts';

const numbers = z.instanceof(Float64Array);

export const calibrationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sigmoid'), slope: z.number(), offsets: numbers, floor: z.number() }),
  z.object({ kind: z.literal('isotonic'), curves: z.array(z.object({ from: numbers, to: numbers })).min(1) }),
]) satisfies z.ZodType<Calibration>;
