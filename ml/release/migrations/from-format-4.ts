// In format 4 a model was one fit, of the best candidate on all training rows; how candidates were found was not recorded.

import { z } from 'zod';
import type { Migration } from './migration.ts';

const manifestSchema = z.looseObject({
  chosen: z.looseObject({}),
  /** Of the chosen one first. */
  leaderboard: z.tuple([z.looseObject({ cv: z.record(z.string(), z.number()) })], z.unknown()),
});

const modelSchema = z.looseObject({ estimator: z.string() });

export const fromFormat4: Migration = {
  from: 4,
  manifest(manifest) {
    const { chosen, ...rest } = manifestSchema.parse(manifest);
    return {
      ...rest,
      format: 5,
      plan: null,
      trials: null,
      why: null,
      chosen: { ...chosen, parts: 1, cv: rest.leaderboard[0].cv },
    };
  },
  documents({ preprocessing, model }) {
    const part = { ...modelSchema.parse(model), features: [], preprocessing: 0 };
    return {
      preprocessing: [{ recipes: [], columns: preprocessing, target: null }],
      model: { intercept: 0, members: [{ weight: 1, parts: [part] }] },
    };
  },
};
