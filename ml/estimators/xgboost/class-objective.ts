import { DataError } from '../../core/errors.ts';
import type { CompiledLoss } from '../../trees/binned/compiled-loss.ts';
import type { Layout } from '../../trees/binned/layout.ts';
import type { BoostingObjective } from './boosting-objective.ts';
import { logisticLoss, softmaxLoss } from './kernel/kernel.ts';
import type { Rows } from './learning-rows.ts';
import type { ClassifierParams } from './params.ts';

const { fround } = Math;
/** What probabilities are kept from 0 and 1 by where a logarithm is taken: XGBoost's, of what predictions start from, and of a loss. */
const BASE_MARGIN = fround(1e-6);
const LOSS_MARGIN = fround(1e-16);
/** e to the power of more is infinite as float32. */
const HIGHEST = fround(88.7);
/** From so many rows on columns are cut by a sample, so that no more is lost by packing sums. */
const ROWS_TO_PACK = 131_072;

/** What a classifier lessens: the logistic loss of two classes, by one output, or that of a softmax, by an output for each class. */
export function classObjective(classes: number, values: ClassifierParams, learned: Rows): BoostingObjective {
  const maxDeltaStep = fround(values.max_delta_step ?? 0);
  if (classes === 2) {
    const factors = factorsOf(learned, fround(values.scale_pos_weight));
    return {
      ...compiled(logisticLoss, learned, factors),
      bases: [logit(fround(values.base_score ?? shareOfPositive(learned, factors)))],
      maxDeltaStep,
      lossOf: ({ targets, weights }, [raw]) =>
        sumOf(targets, weights, (target, i) => {
          const probability = sigmoid(raw![i]!);
          return target === 1 ? probability : fround(1 - probability);
        }),
    };
  }
  return {
    ...compiled(softmaxLoss, learned, learned.weights),
    bases:
      values.base_score === null
        ? classBases(classes, learned)
        : new Array<number>(classes).fill(fround(values.base_score)),
    maxDeltaStep,
    lossOf: ({ targets, weights }, raw) => sumOf(targets, weights, (target, i) => softmaxAt(raw, i, target)),
  };
}

function compiled(
  loss: CompiledLoss,
  { targets }: Rows,
  factors: Float32Array | undefined,
): Pick<BoostingObjective, 'grower' | 'differentiate'> {
  // Factors may be of any size, and sums of 32 bits know no more than nine digits.
  const layout: Layout = factors || targets.length < ROWS_TO_PACK ? 'paired' : 'packed';
  return { grower: { layout, loss: { ...loss, targets, factors } }, differentiate: (grower) => grower.differentiate() };
}

/** What each row's gradient is multiplied by: its weight, and that of its class. */
function factorsOf({ targets, weights }: Rows, positive: number): Float32Array | undefined {
  if (positive === 1) return weights;
  const factors = Float32Array.from(targets, (target, i) => (target === 1 ? positive : 1) * (weights?.[i] ?? 1));
  const row = factors.indexOf(Infinity);
  if (row === -1) return factors;
  throw new DataError(
    `the weight of row ${row} is ${weights?.[row]}, and scale_pos_weight ${positive}: XGBoost computes in float32, so their product must be below 3.4e38`,
  );
}

/** The probability that predictions start from. Where classes weigh differently it is that of Newton's step from 1/2, as in the reference. */
function shareOfPositive({ targets, weights }: Rows, factors: Float32Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < targets.length; i++) {
    const factor = factors ? factors[i]! : 1;
    sum += targets[i]! * factor;
    total += factor;
  }
  if (factors === weights) return sum / total;
  const [gradient, hessian] = [total / 2 - sum, total / 4];
  return sigmoid(fround(-gradient / Math.max(hessian, BASE_MARGIN)));
}

/** The log-odds of a probability, as float32. */
function logit(probability: number): number {
  const inside = Math.min(Math.max(probability, BASE_MARGIN), fround(1 - BASE_MARGIN));
  return fround(-Math.log(fround(fround(1 / inside) - 1)));
}

/** The logarithms of the classes' shares, less their mean. Source: XGBoost 3.2, `src/objective/multiclass_obj.cu`. */
function classBases(classes: number, { targets, weights }: Rows): number[] {
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < targets.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sums[targets[i]!]! += weight;
    total += weight;
  }
  const logs = Array.from(sums, (sum) => fround(Math.log(fround(fround(sum / total) + BASE_MARGIN))));
  let mean = 0;
  for (const log of logs) mean = fround(mean + fround(log / classes));
  return logs.map((log) => fround(log - mean));
}

/** The sum of the losses of rows by what was said of their classes: a probability, float32. */
function sumOf(
  targets: Float32Array,
  weights: Float32Array | undefined,
  probabilityOf: (target: number, row: number) => number,
): number {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const probability = Math.max(probabilityOf(targets[i]!, i), LOSS_MARGIN);
    sum += fround(-fround(Math.log(probability)) * (weights ? weights[i]! : 1));
  }
  return sum;
}

const sigmoid = (raw: number) => fround(1 / fround(fround(Math.exp(Math.min(-raw, HIGHEST))) + 1));

/** The probability of one class of a row. */
function softmaxAt(raw: readonly Float32Array[], row: number, target: number): number {
  let most = -Infinity;
  for (const output of raw) most = Math.max(most, output[row]!);
  let sum = 0;
  for (const output of raw) sum += fround(Math.exp(fround(output[row]! - most)));
  return fround(fround(Math.exp(fround(raw[target]![row]! - most))) / fround(sum));
}
