import type { Predictions } from '../../core/predictions.ts';

/** The false alarms, and the recalls, at which curves are told. */
const FALSE_ALARMS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
const RECALLS = [0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** Two curves over all thresholds of a class's probability, at a few points each; all are shares. */
export interface Curves {
  /** ROC: of the rows of the class how many are flagged, where so many of the others are. */
  readonly roc: readonly { readonly falseAlarms: number; readonly recall: number }[];
  /** Precision and recall: how many of the flagged rows are of the class, where so many of its rows are flagged. */
  readonly precision: readonly { readonly recall: number; readonly precision: number; readonly threshold: number }[];
}

interface Asked {
  readonly truth: Float64Array;
  readonly weights: Float64Array | undefined;
  /** The class's place. */
  readonly of: number;
}

/** What is flagged from a threshold on: the weight of the class's rows, and of others. */
export interface Flagged {
  readonly threshold: number;
  readonly caught: number;
  readonly wrong: number;
}

/** @returns undefined where the class, or any other, has no row that counts */
export function curvesOf(predictions: Predictions, asked: Asked): Curves | undefined {
  const steps = stepsOf(predictions, asked);
  const last = steps.at(-1);
  if (!last || !(last.caught > 0 && last.wrong > 0)) return undefined;
  return {
    roc: FALSE_ALARMS.map((falseAlarms) => {
      const caught = steps.findLast(({ wrong }) => wrong <= falseAlarms * last.wrong)?.caught ?? 0;
      return { falseAlarms, recall: caught / last.caught };
    }),
    precision: RECALLS.map((recall) => {
      // The sum of all weights may be another by its rounding.
      const step = steps.find(({ caught }) => caught >= recall * last.caught) ?? last;
      return { recall, precision: step.caught / (step.caught + step.wrong), threshold: step.threshold };
    }),
  };
}

/** What each threshold flags, the highest first; rows of one probability are flagged together. */
export function stepsOf({ rows, outputs, values }: Predictions, { truth, weights, of }: Asked): Flagged[] {
  const given = Float64Array.from({ length: rows }, (_, row) => values[row * outputs + of] as number);
  const order = Uint32Array.from(given.keys()).sort((a, b) => (given[b] as number) - (given[a] as number));
  const steps: Flagged[] = [];
  let [caught, wrong] = [0, 0];
  for (const [i, row] of order.entries()) {
    const weight = weights ? (weights[row] as number) : 1;
    if (truth[row] === of) caught += weight;
    else wrong += weight;
    const next = order[i + 1];
    if (next === undefined || given[next] !== given[row])
      steps.push({ threshold: given[row] as number, caught, wrong });
  }
  return steps;
}
