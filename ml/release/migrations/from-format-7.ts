// Format 7 knew fewer kinds of column, and less of how a file is written: what its declarations say means the same today.

import { z } from 'zod';
import type { Migration } from './migration.ts';

const manifestSchema = z.looseObject({});

export const fromFormat7: Migration = {
  from: 7,
  manifest: (manifest) => ({ ...manifestSchema.parse(manifest), format: 8 }),
  documents: (documents) => documents,
};
