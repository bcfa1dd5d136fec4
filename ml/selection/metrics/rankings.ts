// Metrics of the order in which probabilities put rows. Of several classes each against all others, on average (macro).
//
// Source: scikit-learn 1.9, `roc_auc_score` with multi_class='ovr', and `average_precision_score`.

import { lowerBound } from '../../core/binary-search.ts';
import { largestSize, meanOf, unitOf } from '../../core/moments.ts';
import type { Predictions } from '../../core/predictions.ts';
import type { Metric } from '../metric.ts';

/** What a model comes to that puts rows in random order. */
const CHANCE = 0.5;

/**
 * The area under the curve of true over false positives: the chance that a row of a class is more probably of it than a row of another
 * is; of two classes it is the same for either. Classes without rows, or without others, do not count; where none does, since all rows
 * are of one class, it is that of chance, so that no candidate fails by how its rows were split.
 */
export const rocAuc: Metric = {
  name: 'roc_auc',
  title: 'ROC AUC',
  direction: 'higher',
  unit: 'none',
  best: 1,
  digits: 4,
  compute(truth, predictions, weights) {
    const classes = predictions.outputs === 2 ? [1] : allOf(predictions);
    const areas = classes.flatMap((k) => {
      const ranked = rank(truth, predictions, k, weights);
      return ranked.positive > 0 && ranked.negative > 0 ? areaUnder(ranked) : [];
    });
    return areas.length === 0 ? CHANCE : meanOf(Float64Array.from(areas));
  },
};

/**
 * The mean of the precisions at each recall, weighted by how much it grows: of two classes that of the positive one, 0 where it has no
 * rows; of several the mean over the classes that have rows.
 *
 * @param positive the class of interest of two, by its index
 */
export function averagePrecisionOf(positive: number | null): Metric {
  return {
    name: 'average_precision',
    title: 'average precision',
    direction: 'higher',
    unit: 'none',
    best: 1,
    digits: 4,
    compute(truth, predictions, weights) {
      const classes = predictions.outputs === 2 ? [positive ?? 1] : allOf(predictions);
      const precisions = classes.flatMap((k) => {
        const ranked = rank(truth, predictions, k, weights);
        return ranked.positive > 0 ? precisionOf(ranked) : [];
      });
      return precisions.length === 0 ? 0 : meanOf(Float64Array.from(precisions));
    },
  };
}

/** The rows of each probability of a class, from the highest on: the weight of those that are of the class, and of the others. */
interface Ranked {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** All of them. */
  readonly positive: number;
  readonly negative: number;
}

function rank(
  truth: Float64Array,
  { rows, outputs, values }: Predictions,
  k: number,
  weights: Float64Array | undefined,
): Ranked {
  const unit = weights ? unitOf(largestSize(weights)) : 1;
  // Of minus the probabilities, since numbers sort fastest without a function that compares them.
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) keys[row] = -(values[row * outputs + k] as number);
  const distinct = keys.toSorted().filter((key, i, sorted) => i === 0 || key !== sorted[i - 1]);
  const positives = new Float64Array(distinct.length);
  const negatives = new Float64Array(distinct.length);
  for (let row = 0; row < rows; row++) {
    const side = truth[row] === k ? positives : negatives;
    const place = lowerBound(distinct, keys[row] as number);
    side[place] = (side[place] as number) + (weights ? (weights[row] as number) * unit : 1);
  }
  return { positives, negatives, positive: sumOf(positives), negative: sumOf(negatives) };
}

/** By trapezia, since rows of the same probability have no order. */
function areaUnder({ positives, negatives, positive, negative }: Ranked): number {
  let area = 0;
  let above = 0;
  for (let i = 0; i < positives.length; i++) {
    const own = positives[i] as number;
    area += (negatives[i] as number) * (above + own / 2);
    above += own;
  }
  return area / positive / negative;
}

function precisionOf({ positives, negatives, positive }: Ranked): number {
  let sum = 0;
  let found = 0;
  let wrong = 0;
  for (let i = 0; i < positives.length; i++) {
    const own = positives[i] as number;
    found += own;
    wrong += negatives[i] as number;
    if (own > 0) sum += own * (found / (found + wrong));
  }
  return sum / positive;
}

const allOf = ({ outputs }: Predictions) => Array.from({ length: outputs }, (_, k) => k);

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
