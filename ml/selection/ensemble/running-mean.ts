import type { Predictions } from '../../core/predictions.ts';
import type { Metric } from '../metric.ts';
import type { ErrorProducts, FoldProducts, Scale } from './error-products.ts';
import type { CandidateEvidence, Evidence, FoldEvidence } from './evidence.ts';

/** The mean of some candidates' predictions, to which one candidate after the other is added. */
export interface RunningMean {
  /** The metric of the mean with one more candidate. */
  scoreWith(candidate: number): number;
  add(candidate: number): void;
}

/** Rows of a fold that a metric is computed on at each step, where sums of products do not give it. */
const MOST_ROWS = 10_000;

/**
 * Starts means whose score is the mean of the metric over some folds.
 *
 * @param products of the candidates' errors, where they have one output
 */
export function runningMeans(evidence: Evidence, products?: FoldProducts): (folds: readonly number[]) => RunningMean {
  const { metric, folds } = evidence;
  const { ofRmse } = metric;
  const starts = ofRmse && products ? meansByProducts(evidence, products, ofRmse) : meansByRows(evidence);
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
    const step = Math.ceil(truth.length / MOST_ROWS);
    const rows = Uint32Array.from({ length: Math.ceil(truth.length / step) }, (_, i) => i * step);
    const some = (values: Float64Array, outputs = 1) =>
      Float64Array.from(
        { length: rows.length * outputs },
        (_, at) => values[(rows[Math.floor(at / outputs)] as number) * outputs + (at % outputs)] as number,
      );
    const [ownTruth, ownWeights] = [some(truth), weights && some(weights)];
    const { outputs } = (candidates[0] as CandidateEvidence).predictions[fold] as Predictions;
    const predictions = candidates.map((each) => some((each.predictions[fold] as Predictions).values, outputs));
    return () => {
      const sum = new Float64Array(rows.length * outputs);
      let count = 0;
      return {
        scoreWith(candidate) {
          const own = predictions[candidate] as Float64Array;
          const values = sum.map((value, i) => (value + (own[i] as number)) / (count + 1));
          return metric.compute(ownTruth, { rows: rows.length, outputs, values }, ownWeights);
        },
        add(candidate) {
          const own = predictions[candidate] as Float64Array;
          for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (own[i] as number);
          count += 1;
        },
      };
    };
  };
}
