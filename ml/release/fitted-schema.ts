// What a fit is in the documents of a release: what zod knows of it, since only its estimator knows its state.

import { z } from 'zod';
import type { PlainData } from '../core/plain-data.ts';
import { taskKinds } from '../data/task-kind.ts';
import type { FittedModel } from '../estimators/model.ts';
import type { Preprocessor } from '../features/preprocess.ts';
import { recipeSchema } from '../features/recipe.ts';
import { paramsSchema } from '../selection/evaluated.ts';

const learned = { column: z.string(), impute: z.number(), missing: z.enum(['imputed', 'kept']) };
const categorical = { ...learned, kind: z.literal('categorical'), levels: z.array(z.string()) };
const columnsSchema = z.array(
  z.discriminatedUnion('as', [
    z.object({
      ...learned,
      kind: z.literal('numeric'),
      as: z.enum(['raw', 'scaled']),
      mean: z.number(),
      scale: z.number(),
    }),
    z.object({ ...categorical, as: z.literal('codes') }),
    z.object({ ...categorical, as: z.literal('one-hot'), seen: z.array(z.number()) }),
  ]),
);

/** What a recipe or an estimator alone knows. */
const stateSchema = z.custom<PlainData>((state) => state !== undefined);

export const preprocessorSchema = z.object({
  recipes: z.array(z.object({ recipe: z.string(), state: stateSchema })),
  columns: columnsSchema,
  target: z.object({ shift: z.number(), lowest: z.number(), highest: z.number(), factor: z.number() }).nullable(),
}) satisfies z.ZodType<Preprocessor>;

/** A fit but for its preprocessor. */
export const fittedShape = {
  estimator: z.string(),
  /** Releases of formats before 7 were of numbers alone. */
  task: z.enum(taskKinds).default('regression'),
  params: paramsSchema,
  features: z.array(recipeSchema),
  state: stateSchema,
};

/** A fit that shares its preprocessor with no other. */
export const fittedSchema = z.object({
  ...fittedShape,
  preprocessor: preprocessorSchema,
}) satisfies z.ZodType<FittedModel>;
