import { ParamError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { createRandom } from '../../core/random.ts';
import { mostBinnedRows } from '../../trees/binned/binning.ts';
import { checkFloat32 } from '../../trees/float32-range.ts';
import { stagedSumsByClass, sumTreesByClass } from '../../trees/sum-trees.ts';
import type { Trees } from '../../trees/trees.ts';
import { type Contributions, spread } from '../contributions.ts';
import type { Estimator } from '../estimator.ts';
import { treeContributionsByClass } from '../tree-contributions.ts';
import { boostTrees } from './boost.ts';
import { classObjective } from './class-objective.ts';
import { splitRows } from './learning-rows.ts';
import { classifierParams, samples } from './params.ts';
import { probabilities } from './probabilities.ts';
import { xgboost } from './xgboost.ts';

/** Sums of trees on top of bases: the log-odds of class 1 of two, or of each class what a softmax makes its probability of. */
type XgboostClassifierState = {
  readonly bases: readonly number[];
  /** Of each round a tree for each base. */
  readonly trees: Trees;
};

/**
 * The same of classes: `XGBClassifier`. Two classes have one sum of trees, of the log-odds of class 1; more have a sum each. Rows that
 * early stopping holds out are of all classes alike.
 *
 * Source: Chen and Guestrin 2016; XGBoost 3.2, `binary:logistic` and `multi:softprob`.
 */
export const xgboostClassifier: Estimator<typeof classifierParams, XgboostClassifierState> = {
  title: xgboost.title,
  tasks: ['binary', 'multiclass'],
  params: classifierParams,
  encoding: xgboost.encoding,
  inBlocks: true,
  areSingle: true,
  mostRows: mostBinnedRows,
  weighted: true,
  isRandom: samples,
  fit(training) {
    const { x, classes = 2, params: values, seed } = training;
    if (classes === 2 && values.objective === 'multi:softprob')
      throw new ParamError('multi:softprob is for more than two classes: leave the objective out');
    checkFloat32(x);
    const random = createRandom(seed);
    const rows = splitRows(training, values, random);
    const objective = classObjective(classes, values, rows.learned);
    return { bases: objective.bases, trees: boostTrees(objective, rows, random, training) };
  },
  predict: ({ bases, trees }, x, threads) =>
    probabilities(sumTreesByClass(trees, x, bases, 'float32', threads), bases.length),
  contributions: xgboostClassContributions,
  staged: {
    rounds: 'n_estimators',
    count: ({ bases, trees }) => trees.roots.length / bases.length,
    patience: 'early_stopping_rounds',
    predict: ({ bases, trees }, x, rounds) =>
      stagedSumsByClass(trees, x, bases, rounds, 'float32').map((sums) => probabilities(sums, bases.length)),
  },
};

/** They are exact but for the rounding of sums, float32, which is spread over them. */
function xgboostClassContributions(
  { bases, trees }: XgboostClassifierState,
  x: Matrix,
  threads?: number,
): Contributions | null {
  const raw = treeContributionsByClass(trees, x, bases, threads);
  if (raw === null) return null;
  const { columns, outputs } = raw;
  sumTreesByClass(trees, x, bases, 'float32', threads).forEach((sum, at) => {
    spread(raw.values.subarray(at * columns, (at + 1) * columns), sum - raw.bases[at % outputs]!);
  });
  return { ...raw, scale: 'log-odds' };
}
