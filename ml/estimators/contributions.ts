/**
 * What each column adds to the predictions of some rows: Shapley values. Of each output, its base + the sum of a row is what is
 * predicted of the row: the number; of a classifier a log-odds or a probability, as `scale` says. Of two classes there is
 * one output, of class 1; of several one a class, whose log-odds are those that a softmax makes probabilities of.
 *
 * Source: Lundberg and Lee 2017, arXiv:1705.07874.
 */
export interface Contributions {
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
  /** Of each output what is predicted where no column is known: of the training rows, on average. */
  readonly bases: Float64Array;
  /** rows × outputs × columns, row-major, in the unit of the predictions. */
  readonly values: Float64Array;
  /** Of a classifier: what base and values are of. */
  readonly scale?: 'log-odds' | 'probability';
  /** Whether they are Shapley values of a raw prediction, which `rescale` brought into this unit. @default false */
  readonly isRescaled?: boolean;
}

/** Contributions to predictions of one number a row. */
export function ofOneOutput({ base, ...of }: OneOutput): Contributions {
  return { ...of, outputs: 1, bases: Float64Array.of(base) };
}

interface OneOutput extends Omit<Contributions, 'outputs' | 'bases'> {
  readonly base: number;
}

/**
 * Brings contributions to a raw prediction into the unit of the prediction that a function makes of it, in place: each column has
 * the share that it had before. Where a row's contributions cancel each other, they are multiplied by the function's slope.
 *
 * Source: Shrikumar et al. 2017, arXiv:1704.02685, the rescale rule.
 *
 * @param raw of one output
 * @param turn raw predictions as predictions
 * @param predictions of the rows
 */
export function rescale(
  raw: Contributions,
  turn: (raw: Float64Array) => Float64Array,
  predictions: Float64Array,
): Contributions {
  const { columns, values } = raw;
  const origin = raw.bases[0] as number;
  const base = turn(raw.bases)[0] as number;
  const slope = slopeAt(origin, turn);
  predictions.forEach((prediction, row) => {
    stretch(values.subarray(row * columns, (row + 1) * columns), prediction - base, slope);
  });
  return { ...raw, bases: Float64Array.of(base), isRescaled: true };
}

/**
 * Multiplies the contributions to a row by what makes them sum to a total, in place; by the slope where they cancel each other.
 */
export function stretch(own: Float64Array, total: number, slope: number): void {
  let sum = 0;
  let size = 0;
  for (const value of own) {
    sum += value;
    size += Math.abs(value);
  }
  const factor = Math.abs(sum) > SMALL * size ? total / sum : slope;
  for (let j = 0; j < own.length; j++) own[j] = factor * (own[j] as number);
  spread(own, total);
}

/** Sums that are a smaller share of what they are made of have lost too many digits to divide by. */
const SMALL = 1e-6;
const STEP = 1e-5;

function slopeAt(place: number, turn: (raw: Float64Array) => Float64Array): number {
  const [below, above] = turn(Float64Array.of(place - STEP, place + STEP)) as unknown as [number, number];
  return (above - below) / (2 * STEP);
}

/**
 * Makes the contributions to a prediction sum to what they must, in place: what rounding has left out is added to each by its size,
 * of all 0 to each alike.
 */
export function spread(contributions: Float64Array, total: number): void {
  let size = 0;
  let rest = total;
  for (const value of contributions) {
    rest -= value;
    size += Math.abs(value);
  }
  if (rest === 0) return;
  for (let j = 0; j < contributions.length; j++) {
    const share = size > 0 ? Math.abs(contributions[j] as number) / size : 1 / contributions.length;
    contributions[j] = (contributions[j] as number) + rest * share;
  }
}
