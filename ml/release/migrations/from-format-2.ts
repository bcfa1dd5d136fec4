// Format 2 listed only candidates that were scored, and did not record the code. Boosters then added what they start from
// at the end.

import { z } from 'zod';
import { arrayIn, arrayNameOf, arrayTypes, type PlainArray } from '../../core/plain-data.ts';
import type { Migration } from './migration.ts';

const manifestSchema = z.looseObject({ baseline: z.looseObject({}), leaderboard: z.array(z.looseObject({})) });

const modelSchema = z.looseObject({ regressor: z.string() });
const boosterSchema = z.looseObject({
  state: z.object({
    base: z.number(),
    trees: z.object({
      roots: z.instanceof(Int32Array),
      feature: z.instanceof(Int32Array),
      threshold: z.instanceof(Float64Array),
      left: z.instanceof(Int32Array),
      missingLeft: z.instanceof(Uint8Array),
    }),
  }),
});
type BoosterState = z.infer<typeof boosterSchema>['state'];

export const fromFormat2: Migration = {
  from: 2,
  manifest(manifest) {
    const { baseline, leaderboard, ...rest } = manifestSchema.parse(manifest);
    const scored = (candidate: object) => ({ status: 'scored', ...candidate });
    return { ...rest, format: 3, code: null, baseline: scored(baseline), leaderboard: leaderboard.map(scored) };
  },
  documents({ preprocessing, model }) {
    const { regressor } = modelSchema.parse(model);
    if (regressor !== 'gradient_boosting' && regressor !== 'xgboost') return { preprocessing, model };
    const { state, ...rest } = boosterSchema.parse(model);
    // What is float32 today was float64 then.
    const precision = regressor === 'xgboost' ? { precision: 'float64' } : {};
    return { preprocessing, model: { ...rest, state: { ...baseLast(state), ...precision } } };
  },
};

/**
 * Sums are rounded, so their order counts: trees were added up first, and then the base, which is now what the sum starts
 * from. A last tree that is one leaf of that value comes to the same.
 */
function baseLast({ base, trees }: BoosterState): BoosterState {
  const { roots, feature, threshold, left, missingLeft } = trees;
  return {
    base: 0,
    trees: {
      roots: append(roots, feature.length),
      feature: append(feature, -1),
      threshold: append(threshold, base),
      left: append(left, 0),
      missingLeft: append(missingLeft, 0),
    },
  };
}

/** An array with one number more, in memory that threads share. */
function append<A extends PlainArray>(values: A, last: number): A {
  const [name, length] = [arrayNameOf(values), values.length + 1];
  const longer = arrayIn(new SharedArrayBuffer(length * arrayTypes[name].BYTES_PER_ELEMENT), name) as A;
  longer.set(values);
  longer.fill(last, values.length);
  return longer;
}
