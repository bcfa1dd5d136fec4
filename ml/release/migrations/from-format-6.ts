// In format 6 all models were of numbers: neither parts nor plans said of which task, and nothing was calibrated.

import { z } from 'zod';
import type { Migration } from './migration.ts';

const manifestSchema = z.looseObject({ plan: z.looseObject({}).nullable() });

const modelSchema = z.looseObject({
  members: z.array(z.looseObject({ parts: z.array(z.looseObject({})) })),
});

const task = 'regression';

export const fromFormat6: Migration = {
  from: 6,
  manifest(manifest) {
    const { plan, ...rest } = manifestSchema.parse(manifest);
    return { ...rest, format: 7, plan: plan && { task, ...plan } };
  },
  documents({ preprocessing, model }) {
    const { members, ...rest } = modelSchema.parse(model);
    const withTask = members.map(({ parts, ...member }) => ({
      ...member,
      parts: parts.map((part) => ({ task, ...part })),
    }));
    return { preprocessing, model: { ...rest, members: withTask, calibration: null } };
  },
};
