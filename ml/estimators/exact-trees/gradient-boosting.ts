import { ParamError } from '../../core/errors.ts';
import { oneOutput } from '../../core/predictions.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { stagedSums, stagedSumsByClass, sumTrees, sumTreesByClass } from '../../trees/sum-trees.ts';
import type { Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import { treeContributions, treeContributionsByClass } from '../tree-contributions.ts';
import { type BoostingValues, boost } from './boosting.ts';
import { classParams, numberParams } from './boosting-params.ts';
import { type ClassLoss, type ClassLossName, classLoss } from './class-losses.ts';
import { numberLoss } from './number-losses.ts';

/** What the regressor and the classifier share. */
const family = {
  title: 'Gradient boosting',
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  isRandom: ({ subsample, max_features }: Pick<BoostingValues, 'subsample' | 'max_features'>) =>
    subsample < 1 || max_features !== null,
} as const;
const growth = { rounds: 'n_estimators', patience: 'n_iter_no_change' } as const;

/** The sum of the trees, on top of a base. */
type BoostingState = {
  readonly base: number;
  readonly trees: Trees;
};

/**
 * Trees that each lessen what is left of the loss.
 *
 * Source: Friedman 2001 and 2002; scikit-learn 1.9, `GradientBoostingRegressor`.
 */
export const gradientBoosting: Estimator<typeof numberParams, BoostingState> = {
  ...family,
  tasks: ['regression'],
  params: numberParams,
  fit({ y: targets, validation, params: values, ...training }) {
    // Boosting takes the offset of its targets by itself.
    const { y, unit } = scaleTargets(targets, true);
    const { bases, trees } = boost({
      ...training,
      y,
      validation: validation && { ...validation, y: validation.y.map((target) => target * unit) },
      values,
      loss: numberLoss(values.loss, values.alpha),
      unit,
    });
    return { base: bases[0]! / unit, trees: unscaleLeaves(trees, { origin: 0, unit }) };
  },
  predict: ({ base, trees }, x, threads) => oneOutput(sumTrees(trees, x, base, 'float64', threads)),
  contributions: ({ base, trees }, x, threads) => treeContributions(trees, x, { base, threads }),
  staged: {
    ...growth,
    count: ({ trees }) => trees.roots.length,
    predict: ({ base, trees }, x, rounds) => stagedSums(trees, x, base, rounds).map(oneOutput),
  },
};

/** Of two classes the sum of the trees, on top of a base, is a log-odds; of several there is a sum for each, of the trees of its own. */
type ClassBoostingState = {
  readonly loss: ClassLossName;
  readonly bases: readonly number[];
  readonly trees: Trees;
};

/**
 * The same of classes.
 *
 * Source: Friedman 2001 and 2002; Friedman, Hastie and Tibshirani 2000; scikit-learn 1.9, `GradientBoostingClassifier`.
 */
export const gradientBoostingClassifier: Estimator<typeof classParams, ClassBoostingState> = {
  ...family,
  tasks: ['binary', 'multiclass'],
  params: classParams,
  fit({ classes = 2, params: values, ...training }) {
    if (values.loss === 'exponential' && classes > 2)
      throw new ParamError(
        `gradient_boosting’s loss exponential is for two classes; there are ${classes}: take log_loss`,
      );
    const { loss } = values;
    return { loss, ...boost({ ...training, values, loss: classLoss(loss, classes), unit: 1 }) };
  },
  predict: (state, x, threads) =>
    lossOf(state).probabilities(sumTreesByClass(state.trees, x, state.bases, 'float64', threads)),
  contributions(state, x, threads) {
    const { loss, bases, trees } = state;
    // By the loss exponential, raw predictions are half of the log-odds.
    const factor = loss === 'exponential' ? 2 : 1;
    const raw =
      bases.length === 1
        ? treeContributions(trees, x, { base: factor * bases[0]!, scale: factor, threads })
        : treeContributionsByClass(trees, x, bases, threads);
    return raw && { ...raw, scale: 'log-odds' };
  },
  staged: {
    ...growth,
    count: ({ bases, trees }) => trees.roots.length / bases.length,
    predict: (state, x, rounds) =>
      stagedSumsByClass(state.trees, x, state.bases, rounds).map(lossOf(state).probabilities),
  },
};

const lossOf = ({ loss, bases }: ClassBoostingState): ClassLoss => classLoss(loss, bases.length);
