import { type Predictions, takePredictions } from '../../core/predictions.ts';
import type { Metric } from '../metric.ts';
import type { ErrorProducts, FoldProducts, Scale } from './error-products.ts';
import { everySo } from './every-so.ts';
import type { Evidence, FoldEvidence } from './evidence.ts';
import { ownClasses } from './own-class.ts';

/** The mean of some candidates' predictions, to which one candidate after the other is added. */
export interface RunningMean {
  /** The metric of the mean with one more candidate. */
  scoreWith(candidate: number): number;
  add(candidate: number): void;
}

/** Numbers of a fold that a metric is computed on at each step, where sums of products do not give it. */
const MOST_NUMBERS = 10_000;
const FEWEST_ROWS = 1000;

/**
 * Starts means whose score is the mean of the metric over some folds.
 *
 * @param products of the candidates' errors, where they have one output
 */
export function runningMeans(evidence: Evidence, products?: FoldProducts): (folds: readonly number[]) => RunningMean {
  const { metric, folds } = evidence;
  const { ofRmse, ofOwnClass } = metric;
  const starts =
    ofRmse && products
      ? meansByProducts(evidence, products, ofRmse)
      : ofOwnClass
        ? meansByOwnClass(evidence, ofOwnClass)
        : meansByRows(evidence);
  const known = new Map<number, () => RunningMean>();
  const startOf = (fold: number) => {
    const start = known.get(fold) ?? starts(fold);
    known.set(fold, start);
    return start();
  };
  return (some) => {
    if (some.length === 0) throw new Error(`there is none of ${folds.length} folds to score by`);
    const means = some.map(startOf);
    return {
      scoreWith: (candidate) => means.reduce((sum, mean) => sum + mean.scoreWith(candidate), 0) / means.length,
      add(candidate) {
        for (const mean of means) mean.add(candidate);
      },
    };
  };
}

function meansByProducts({ folds }: Evidence, products: FoldProducts, ofRmse: NonNullable<Metric['ofRmse']>) {
  return (fold: number): (() => RunningMean) => {
    const { truth, weights } = folds[fold] as FoldEvidence;
    const scoreOf = ofRmse(truth, weights);
    const sums = products.of(fold);
    return () => meanByProducts(sums, products.scale, scoreOf);
  };
}

function meanByProducts(
  { sums, size }: ErrorProducts,
  { unit }: Scale,
  scoreOf: (rmse: number) => number,
): RunningMean {
  // The products of the sum of those that were added: with each candidate's error, and with itself.
  const withEach = new Float64Array(size);
  let squares = 0;
  let count = 0;
  const squaresWith = (candidate: number) =>
    squares + 2 * (withEach[candidate + 1] as number) + (sums[(candidate + 1) * (size + 1)] as number);
  return {
    scoreWith: (candidate) => {
      const mean = squaresWith(candidate) / (sums[0] as number);
      return scoreOf(Math.sqrt(Math.max(0, mean)) / (count + 1) / unit);
    },
    add(candidate) {
      squares = squaresWith(candidate);
      count += 1;
      for (let j = 0; j < size; j++)
        withEach[j] = (withEach[j] as number) + (sums[(candidate + 1) * size + j] as number);
    },
  };
}

function meansByRows({ metric, folds, candidates }: Evidence) {
  return (fold: number): (() => RunningMean) => {
    const { truth, weights } = folds[fold] as FoldEvidence;
    const own = candidates.map(({ predictions }) => predictions[fold] as Predictions);
    const { outputs } = own[0] as Predictions;
    const rows = everySo(truth.length, Math.max(FEWEST_ROWS, Math.floor(MOST_NUMBERS / outputs)));
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
    const [ownTruth, ownWeights] = [pick(truth), weights && pick(weights)];
    return meanOf(
      own.map((predictions) => takePredictions(predictions, rows).values),
      (values) => metric.compute(ownTruth, { rows: rows.length, outputs, values }, ownWeights),
    );
  };
}

function meansByOwnClass(evidence: Evidence, scoreOf: NonNullable<Metric['ofOwnClass']>) {
  return (fold: number): (() => RunningMean) => {
    const { truth, weights, probabilities } = ownClasses(evidence, fold);
    return meanOf(probabilities, (own) => scoreOf(truth, own, weights));
  };
}

/** Starts means of some candidates' numbers. */
function meanOf(candidates: readonly Float64Array[], scoreOf: (means: Float64Array) => number): () => RunningMean {
  const size = (candidates[0] as Float64Array).length;
  return () => {
    const sum = new Float64Array(size);
    let count = 0;
    return {
      scoreWith(candidate) {
        const own = candidates[candidate] as Float64Array;
        return scoreOf(sum.map((value, i) => (value + (own[i] as number)) / (count + 1)));
      },
      add(candidate) {
        const own = candidates[candidate] as Float64Array;
        for (let i = 0; i < size; i++) sum[i] = (sum[i] as number) + (own[i] as number);
        count += 1;
      },
    };
  };
}
