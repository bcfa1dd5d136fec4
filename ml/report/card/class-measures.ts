import { classShares } from '../../core/class-shares.ts';
import { meanOf } from '../../core/moments.ts';
import { columnOf, type Table, weightsOf } from '../../data/table.ts';
import { type Reliability, reliabilityOf } from '../../explain/reliability.ts';
import type { Manifest } from '../../release/manifest.ts';
import type { ReportedClasses } from '../reported-model.ts';
import { type Confusion, confusionOf } from './confusion.ts';
import { type Curves, curvesOf } from './curves.ts';
import type { HeldOutClasses } from './held-out.ts';

/** How a model of classes does on the held-out rows. */
export interface ClassMeasures {
  /** The level of a target of two that curves are about; null of several. */
  readonly positive: string | null;
  /** The share of rows whose class was named; and what always naming the most frequent class of the rows learned from comes to. */
  readonly accuracy: number;
  readonly always: { readonly level: string; readonly accuracy: number };
  /** The mean log loss; and that of giving each class its share of the rows that were learned from. */
  readonly logLoss: number;
  readonly ofShares: number;
  /** How many classes a prediction set has, on average; undefined where the release has none. */
  readonly setSize: number | undefined;
  /** Of each level, in declared order. */
  readonly shares: readonly ClassShares[];
  readonly confusion: Confusion;
  /** Of the positive level; of several of the predicted one. */
  readonly reliability: Reliability;
  /** The same out of fold, and what was made of it; undefined where the release does not say. */
  readonly calibration: Manifest['calibration'];
  /** Of a target of two, where both are among the held-out rows. */
  readonly curves: Curves | undefined;
}

/** How frequent a class is, by the rows' weights. */
interface ClassShares {
  readonly level: string;
  readonly learned: number;
  readonly held: number;
  /** The share of the held-out rows whose prediction set has the class; undefined where there is no such row, or no set. */
  readonly coverage: number | undefined;
  /** How many held-out rows there are. */
  readonly rows: number;
}

export function measureClasses(held: HeldOutClasses, model: ReportedClasses, learned: Table): ClassMeasures {
  const { truth, predicted, errors, weights, declaration, sets, holds, probabilities } = held;
  const { levels } = model.target;
  const ofLearned = classShares(columnOf(learned, declaration.target), levels.length, weightsOf(learned, declaration));
  const ofHeld = classShares(truth, levels.length, weights);
  const frequent = ofLearned.indexOf(Math.max(...ofLearned));
  const isRight = truth.map((code, row) => Number(code === predicted[row]));
  const lossOfShares = truth.map((code) => -Math.log(Math.max(Number.EPSILON, ofLearned[code] as number)));
  const positive = model.positive === null ? -1 : levels.indexOf(model.positive);
  return {
    positive: model.positive,
    accuracy: meanOf(isRight, weights),
    always: { level: levels[frequent] as string, accuracy: ofHeld[frequent] as number },
    logLoss: meanOf(errors, weights),
    ofShares: meanOf(lossOfShares, weights),
    setSize:
      sets &&
      meanOf(
        Float64Array.from(sets, ({ length }) => length),
        weights,
      ),
    shares: levels.map((level, code) => ({
      level,
      learned: ofLearned[code] as number,
      held: ofHeld[code] as number,
      coverage: holds && shareOf(holds, truth, code, weights),
      rows: truth.filter((each) => each === code).length,
    })),
    confusion: confusionOf(truth, predicted, levels),
    reliability: reliabilityOf({ predictions: probabilities, truth, weights }, positive === -1 ? null : positive),
    calibration: model.manifest.calibration,
    curves: positive === -1 ? undefined : curvesOf(probabilities, { truth, weights, of: positive }),
  };
}

/** The mean of some values over the rows of a class, by weight. */
function shareOf(
  values: Float64Array,
  truth: Float64Array,
  code: number,
  weights: Float64Array | undefined,
): number | undefined {
  let [sum, total] = [0, 0];
  for (const [row, each] of truth.entries()) {
    if (each !== code) continue;
    const weight = weights ? (weights[row] as number) : 1;
    sum += weight * (values[row] as number);
    total += weight;
  }
  return total > 0 ? sum / total : undefined;
}
