// Format 3 listed its files by name, wrote arrays as base64 in JSON, and called an estimator a regressor.

import { z } from 'zod';
import type { Migration } from './migration.ts';

const record = z.object({ bytes: z.number(), sha256: z.string() });

const names = {
  data: 'data.csv',
  train: 'train.csv',
  test: 'test.csv',
  preprocessing: 'preprocess.json',
  model: 'model.json',
} as const;

const manifestSchema = z.looseObject({
  files: z.strictObject({
    'data.csv': record,
    'train.csv': record,
    'test.csv': record,
    'preprocess.json': record,
    'model.json': record,
  }),
});

const modelSchema = z.looseObject({ regressor: z.string(), state: z.looseObject({}) });

const preprocessingSchema = z.array(
  z.looseObject({
    as: z.string(),
    levels: z.array(z.string()).optional(),
    seen: z.array(z.number()).optional(),
  }),
);

export const fromFormat3: Migration = {
  from: 3,
  manifest(manifest) {
    const { files, ...rest } = manifestSchema.parse(manifest);
    const roles = Object.entries(names).map(([role, name]) => [role, { name, ...files[name] }]);
    return { ...rest, format: 4, files: Object.fromEntries(roles) };
  },
  documents({ preprocessing, model }) {
    const { regressor, state, ...rest } = modelSchema.parse(model);
    return {
      preprocessing: preprocessingSchema.parse(preprocessing).map(withSeenLevels),
      // Its only objective was the squared error.
      model: { ...rest, estimator: regressor, state: regressor === 'xgboost' ? { ...state, link: 'identity' } : state },
    };
  },
};

/** Before 0.2.0 every level had a 0/1 column, be there rows of it or not. */
function withSeenLevels(encoding: z.infer<typeof preprocessingSchema>[number]) {
  const { as, levels = [], seen = [...levels.keys()] } = encoding;
  return as === 'one-hot' ? { ...encoding, seen } : encoding;
}
