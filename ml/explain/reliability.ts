// Whether what is said to be so probable happens so often.

import { z } from 'zod';
import { mostProbable } from '../core/most-probable.ts';
import type { CalibrationRows } from '../estimators/calibration/calibration-rows.ts';

/** Rows of about the same probability. */
const bin = z.object({
  /** What was said, on average. */
  predicted: z.number(),
  /** How often it came true. */
  observed: z.number(),
  /** How many rows there are. */
  rows: z.number(),
});

/** How often what was said came true, by how probable it was said to be. */
export const reliabilitySchema = z.object({
  /** The expected calibration error: how far both are from each other, on average over the rows. */
  error: z.number(),
  /** Of about as many rows each, the least probable first. */
  bins: z.array(bin),
});
export type Reliability = z.infer<typeof reliabilitySchema>;

const BINS = 10;

/**
 * The reliability curve of probabilities: of one class, or of each row's most probable one. Bins have as many rows, and rows of the
 * same probability are in the same bin, so that there may be fewer.
 *
 * Source: DeGroot and Fienberg 1983; Naeini, Cooper and Hauskrecht 2015 (the expected calibration error); Nguyen and O'Connor
 * 2015, arXiv:1508.05154 (bins of equal counts).
 *
 * @param of the class; null for the most probable ones
 */
export function reliabilityOf({ predictions, truth, weights }: CalibrationRows, of: number | null): Reliability {
  const { outputs, values } = predictions;
  const told = of === null ? mostProbable(predictions) : new Uint32Array(truth.length).fill(of);
  const probabilities = Float64Array.from(told, (k, row) => values[row * outputs + k] as number);
  const order = Uint32Array.from(told.keys()).sort(
    (a, b) => (probabilities[a] as number) - (probabilities[b] as number),
  );
  const bins: { predicted: number; observed: number; weight: number; rows: number }[] = [];
  let last = -1;
  order.forEach((row, place) => {
    const p = probabilities[row] as number;
    const isSame = place > 0 && p === probabilities[order[place - 1] as number];
    const wanted = Math.floor((place * BINS) / order.length);
    if (!isSame && wanted > last) {
      bins.push({ predicted: 0, observed: 0, weight: 0, rows: 0 });
      last = wanted;
    }
    const own = bins.at(-1) as (typeof bins)[number];
    const weight = weights ? (weights[row] as number) : 1;
    own.predicted += weight * p;
    own.observed += truth[row] === told[row] ? weight : 0;
    own.weight += weight;
    own.rows += 1;
  });
  const filled = bins.filter(({ weight }) => weight > 0);
  const total = filled.reduce((sum, { weight }) => sum + weight, 0);
  return {
    error: filled.reduce((sum, { predicted, observed }) => sum + Math.abs(predicted - observed), 0) / total,
    bins: filled.map(({ predicted, observed, weight, rows }) => ({
      predicted: predicted / weight,
      observed: observed / weight,
      rows,
    })),
  };
}
