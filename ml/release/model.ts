// The model of a release, as its documents hold it.

import { z } from 'zod';
import type { PlainData } from '../core/plain-data.ts';
import { type Model, partsOf, sharePreprocessors } from '../estimators/model.ts';
import type { Preprocessor } from '../features/preprocess.ts';
import { calibrationSchema } from './calibration-schema.ts';
import type { ModelRole } from './files.ts';
import { fittedShape, preprocessorSchema } from './fitted-schema.ts';
import { migrateDocuments } from './migrations/index.ts';
import type { Release } from './read.ts';
import { ofDocuments, readDocument } from './read-document.ts';

const storedModelSchema = z.object({
  intercept: z.number(),
  members: z
    .array(
      z.object({
        weight: z.number(),
        parts: z
          .array(
            z.object({
              ...fittedShape,
              /** Which of the preprocessing document's it is; parts may share one. */
              preprocessing: z.int().nonnegative(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  calibration: calibrationSchema.nullable(),
});

const documentsSchema = z
  .object({ preprocessing: z.array(preprocessorSchema), model: storedModelSchema })
  .transform(({ preprocessing, model: { intercept, calibration, members } }, context): Model => {
    const preprocessorAt = (place: number): Preprocessor => {
      const preprocessor = preprocessing[place];
      if (preprocessor === undefined) context.addIssue(`there is no preprocessing ${place}`);
      return preprocessor ?? { recipes: [], columns: [], target: null };
    };
    return {
      intercept,
      ...(calibration && { calibration }),
      members: members.map(({ weight, parts }) => ({
        weight,
        parts: parts.map(({ preprocessing: place, ...part }) => ({ ...part, preprocessor: preprocessorAt(place) })),
      })),
    };
  });

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
    calibration: shared.calibration ?? null,
  };
  return { preprocessing: z.array(preprocessorSchema).parse(preprocessing), model: storedModelSchema.parse(stored) };
}

/**
 * The model of a release that was read.
 *
 * @throws ReleaseError where its documents are none of a model
 */
export async function readModel(release: Release): Promise<Model> {
  const { format, manifest } = release;
  const { preprocessing, model } = manifest.files;
  return ofDocuments(release, 'model', async () => {
    const stored = {
      preprocessing: await readDocument(release, preprocessing),
      model: await readDocument(release, model),
    };
    return documentsSchema.parse(migrateDocuments(format, stored));
  });
}
