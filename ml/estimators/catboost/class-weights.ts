import { ParamError } from '../../core/errors.ts';
import type { Rows } from '../../trees/oblivious/boosting/fitting.ts';
import type { ClassifierParams } from './params.ts';

type WeightParams = Pick<ClassifierParams, 'auto_class_weights' | 'scale_pos_weight'>;

/** @throws ParamError where classes would be weighted twice */
export function checkClassWeights({ auto_class_weights, scale_pos_weight }: WeightParams): void {
  if (auto_class_weights !== 'None' && scale_pos_weight !== 1)
    throw new ParamError(
      'catboost takes one of auto_class_weights and scale_pos_weight: leave the one at None, or the other at 1',
    );
}

/**
 * What rows of each class are weighted by; undefined where all are alike.
 *
 * Source: CatBoost 1.2, `CalculateClassWeights`.
 *
 * @param learned the rows whose classes are counted
 * @throws ParamError where there is no class to scale
 */
export function classWeightsOf(
  { auto_class_weights, scale_pos_weight }: WeightParams,
  { y, weights }: Pick<Rows, 'y' | 'weights'>,
  classes: number,
): readonly number[] | undefined {
  if (scale_pos_weight !== 1) {
    if (classes !== 2)
      throw new ParamError(
        `catboost’s scale_pos_weight is for two classes, and there are ${classes}: take auto_class_weights instead`,
      );
    return [1, Math.fround(scale_pos_weight)];
  }
  if (auto_class_weights === 'None') return undefined;
  const totals = new Float64Array(classes);
  y.forEach((own, row) => {
    totals[own]! += weights ? weights[row]! : 1;
  });
  const most = totals.reduce((a, b) => Math.max(a, b), 0);
  return Array.from(totals, (total) => {
    // As in the reference, which takes the sums as whole numbers; where they are none, as they are.
    const ratio = total >= 1 ? Math.trunc(most) / Math.trunc(total) : total > 0 ? most / total : 1;
    return Math.fround(auto_class_weights === 'Balanced' ? ratio : Math.sqrt(ratio));
  });
}

/** Weights rows by their class, beside their own weights. */
export function weighByClass(rows: Rows, byClass: readonly number[] | undefined): Rows {
  if (!byClass) return rows;
  const { y, weights } = rows;
  return {
    ...rows,
    weights: y.map((own, row) => Math.fround((weights ? Math.fround(weights[row]!) : 1) * byClass[own]!)),
  };
}
