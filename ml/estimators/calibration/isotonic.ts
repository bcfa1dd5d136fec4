// Probabilities through an ascending curve: as often as what was said of rows came true.

import { lowerBound } from '../../core/binary-search.ts';
import type { Predictions } from '../../core/predictions.ts';
import { type CalibrationRows, meanOneWeights } from './calibration-rows.ts';

/** Curves of classes against the others, whose values are brought to a sum of 1. */
export type Isotonic = {
  readonly kind: 'isotonic';
  /** Of two classes one curve, of class 1; of several one a class. */
  readonly curves: readonly Curve[];
};

/** Values between which it is straight, and beyond which it is level. */
type Curve = {
  /** Ascending. */
  readonly from: Float64Array;
  /** Ascending, above 0 and below 1. */
  readonly to: Float64Array;
};

/** So much of a row that is of the class lies below all others, and so much of one that is not above: no value is 0 or 1. */
const PRIOR_ROWS = 0.5;

/**
 * The ascending curves that fit best, by pooling adjacent violators. What is pooled becomes one point, at its mean; curves are
 * straight between points, so that probabilities that differ stay different (centred isotonic regression).
 *
 * Source: Zadrozny and Elkan 2002, Transforming classifier scores into accurate multiclass probability estimates; Oron and
 * Flournoy 2017, Centered isotonic regression.
 */
export function fitIsotonic(rows: CalibrationRows): Isotonic {
  const { outputs } = rows.predictions;
  const classes = outputs === 2 ? [1] : Array.from({ length: outputs }, (_, k) => k);
  const weights = meanOneWeights(rows);
  return { kind: 'isotonic', curves: classes.map((k) => fitCurve(rows, weights, k)) };
}

/** What curves make of probabilities; rows need not sum to 1. */
export function throughCurves({ curves }: Isotonic, { rows, outputs, values }: Predictions): Predictions {
  const calibrated = new Float64Array(values.length);
  const [first] = curves as [Curve];
  for (let at = 0; at < values.length; at += outputs) {
    if (outputs === 2) {
      const share = valueAt(first, values[at + 1] as number);
      calibrated[at] = 1 - share;
      calibrated[at + 1] = share;
    } else for (let k = 0; k < outputs; k++) calibrated[at + k] = valueAt(curves[k] as Curve, values[at + k] as number);
  }
  return { rows, outputs, values: calibrated };
}

function valueAt({ from, to }: Curve, p: number): number {
  if (Number.isNaN(p)) return p;
  const above = lowerBound(from, p);
  if (above === 0) return to[0] as number;
  if (above === from.length) return to[above - 1] as number;
  const [left, right] = [from[above - 1] as number, from[above] as number];
  const [low, high] = [to[above - 1] as number, to[above] as number];
  return low + ((p - left) / (right - left)) * (high - low);
}

/** Rows that were pooled. */
interface Block {
  readonly weight: number;
  /** Weighted sums of what was predicted, and of the rows that are of the class. */
  readonly predicted: number;
  readonly hits: number;
}

function fitCurve({ predictions, truth }: CalibrationRows, weights: Float64Array, k: number): Curve {
  const { outputs, values } = predictions;
  const predicted = truth.map((_, row) => values[row * outputs + k] as number);
  const order = Uint32Array.from(truth.keys()).sort((a, b) => (predicted[a] as number) - (predicted[b] as number));
  const [lowest, highest] = [predicted[order[0] as number] as number, predicted[order.at(-1) as number] as number];
  const blocks: Block[] = [];
  pool(blocks, { weight: PRIOR_ROWS, predicted: PRIOR_ROWS * lowest, hits: PRIOR_ROWS });
  for (let place = 0; place < order.length; ) {
    // Rows of the same prediction are one point, in whatever order they come.
    const p = predicted[order[place] as number] as number;
    const point = { weight: 0, predicted: 0, hits: 0 };
    for (; place < order.length && predicted[order[place] as number] === p; place++) {
      const row = order[place] as number;
      const weight = weights[row] as number;
      point.weight += weight;
      point.predicted += weight * p;
      if (truth[row] === k) point.hits += weight;
    }
    if (point.weight > 0) pool(blocks, point);
  }
  pool(blocks, { weight: PRIOR_ROWS, predicted: PRIOR_ROWS * highest, hits: 0 });
  return {
    from: Float64Array.from(blocks, ({ predicted, weight }) => predicted / weight),
    to: Float64Array.from(blocks, shareOf),
  };
}

const shareOf = ({ hits, weight }: Block): number => hits / weight;

/** Adds a point behind all others, and pools it with those before it as long as they are not below it. */
function pool(blocks: Block[], point: Block): void {
  let last = point;
  for (let before = blocks.at(-1); before && shareOf(before) >= shareOf(last); before = blocks.at(-1)) {
    blocks.pop();
    last = {
      weight: before.weight + last.weight,
      predicted: before.predicted + last.predicted,
      hits: before.hits + last.hits,
    };
  }
  blocks.push(last);
}
