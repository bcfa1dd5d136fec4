// The model of a release, as its documents hold it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ReleaseError } from '../core/errors.ts';
import { fromJson, type PlainData } from '../core/plain-data.ts';
import { type Model, partsOf, sharePreprocessors } from '../estimators/model.ts';
import type { Preprocessor } from '../features/preprocess.ts';
import { recipeSchema } from '../features/recipe.ts';
import { paramsSchema } from '../selection/evaluated.ts';
import { REMEDY } from './current.ts';
import { documentOf } from './document.ts';
import type { ModelRole } from './files.ts';
import { migrateDocuments } from './migrations/index.ts';
import { PackingError } from './packed-arrays.ts';
import type { Release } from './read.ts';

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

const preprocessorSchema = z.object({
  // A recipe alone knows what its state is.
  recipes: z.array(z.object({ recipe: z.string(), state: z.custom<PlainData>((state) => state !== undefined) })),
  columns: columnsSchema,
  target: z.object({ shift: z.number(), lowest: z.number(), highest: z.number(), factor: z.number() }).nullable(),
}) satisfies z.ZodType<Preprocessor>;

const storedModelSchema = z.object({
  intercept: z.number(),
  members: z
    .array(
      z.object({
        weight: z.number(),
        parts: z
          .array(
            z.object({
              estimator: z.string(),
              params: paramsSchema,
              features: z.array(recipeSchema),
              /** Which of the preprocessing document's it is; parts may share one. */
              preprocessing: z.int().nonnegative(),
              // Its estimator alone knows what it is.
              state: z.custom<PlainData>((state) => state !== undefined),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

const documentsSchema = z
  .object({ preprocessing: z.array(preprocessorSchema), model: storedModelSchema })
  .transform(({ preprocessing, model: { intercept, members } }, context): Model => {
    const preprocessorAt = (place: number): Preprocessor => {
      const preprocessor = preprocessing[place];
      if (preprocessor === undefined) context.addIssue(`there is no preprocessing ${place}`);
      return preprocessor ?? { recipes: [], columns: [], target: null };
    };
    return {
      intercept,
      members: members.map(({ weight, parts }) => ({
        weight,
        parts: parts.map(({ preprocessing: place, ...part }) => ({ ...part, preprocessor: preprocessorAt(place) })),
      })),
    };
  });

/** Formats up to this one wrote every array as base64 into the JSON. */
const LAST_WITH_BASE64 = 3;

/** A model as the documents of a release; a model that was read gives the same bytes again. */
export function documentsOf(model: Model): Record<ModelRole, PlainData> {
  const shared = sharePreprocessors(model);
  const preprocessing = [...new Set(partsOf(shared).map(({ preprocessor }) => preprocessor))];
  const stored = {
    intercept: shared.intercept,
    members: shared.members.map(({ weight, parts }) => ({
      weight,
      parts: parts.map(({ preprocessor, ...part }) => ({
        ...part,
        preprocessing: preprocessing.indexOf(preprocessor),
      })),
    })),
  };
  return { preprocessing: z.array(preprocessorSchema).parse(preprocessing), model: storedModelSchema.parse(stored) };
}

/**
 * The model of a release that was read.
 *
 * @throws ReleaseError where its documents are none of a model
 */
export async function readModel(release: Release): Promise<Model> {
  const { id, path, format, arrays, manifest } = release;
  const { preprocessing, model } = manifest.files;
  try {
    const read = async ({ name }: { readonly name: string }) => {
      const text = await readFile(join(path, name), 'utf8');
      return format <= LAST_WITH_BASE64 ? fromJson(text) : documentOf(text, arrays);
    };
    const stored = { preprocessing: await read(preprocessing), model: await read(model) };
    return documentsSchema.parse(migrateDocuments(format, stored));
  } catch (cause) {
    if (!(cause instanceof PackingError || cause instanceof z.ZodError || cause instanceof SyntaxError)) throw cause;
    throw new ReleaseError(`release ${id} holds no model that can be read: ${cause.message}. ${REMEDY}`, { cause });
  }
}
