// Format 5 had no file of the role `intervals`: of its releases nobody knows how far predictions were off out of fold.

import { z } from 'zod';
import type { Migration } from './migration.ts';

const manifestSchema = z.looseObject({});

export const fromFormat5: Migration = {
  from: 5,
  manifest: (manifest) => ({ ...manifestSchema.parse(manifest), format: 6 }),
  documents: (documents) => documents,
};
