// Whether a model's probabilities are to be calibrated, and how: by what they were out of fold.

import { z } from 'zod';
import { joinNumbers } from '../core/join-arrays.ts';
import { type Predictions, takePredictions } from '../core/predictions.ts';
import { createRandom, sampleInOrder, scrambled } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
import { sourcesOf } from '../data/fold-sources.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { type Calibration, calibrate } from '../estimators/calibration/calibrate.ts';
import type { CalibrationRows } from '../estimators/calibration/calibration-rows.ts';
import { fitIsotonic } from '../estimators/calibration/isotonic.ts';
import { fitSigmoid } from '../estimators/calibration/sigmoid.ts';
import { meanGain } from './interval-score.ts';
import { logLosses } from './log-losses.ts';
import { reliabilityOf, reliabilitySchema } from './reliability.ts';
import type { CrossValidated } from './residuals.ts';

/** What is known of how a model's probabilities hold out of fold, as a release records it. */
export const calibrationSchema = z.object({
  /** What is done to them. */
  method: z.enum(['none', 'sigmoid', 'isotonic']),
  /** On how many training rows it was measured: all that folds hold, or some drawn at random. */
  rows: z.int().positive(),
  /** The log loss of the probabilities as they were, and as the method that does best makes them: by what it learned of other folds. */
  logLoss: z.object({ before: z.number(), after: z.number() }),
  /** By how much the best method lowers it, and the standard error of that. */
  gain: z.object({ mean: z.number(), standardError: z.number() }),
  /** Of the positive class of two; of several of the most probable one. */
  reliability: z.object({
    before: reliabilitySchema,
    /** Null where nothing is done to them. */
    after: reliabilitySchema.nullable(),
  }),
});
export type CalibrationRecord = z.infer<typeof calibrationSchema>;

/** What was decided. */
export interface FittedCalibration {
  /** Null where probabilities stay as they are. */
  readonly calibration: Calibration | null;
  /** What is predicted of the rows that each fold holds, as they would be calibrated by the folds that it may learn from; undefined where there are none. */
  readonly outOfFold: readonly (Predictions | undefined)[];
  readonly record: CalibrationRecord;
}

/** More rows would hardly change what is fitted. */
const MOST_ROWS = 20_000;
/** Of many classes fewer: so many numbers are seconds of work. */
const MOST_NUMBERS = 400_000;
const FEWEST_ROWS = 2000;

const methods = { sigmoid: fitSigmoid, isotonic: fitIsotonic } as const;

/** Rows that were learned from, and the class that reliability is of. */
interface Learned {
  readonly declaration: Declaration;
  readonly train: Table;
  readonly seed: number;
  /** By its index; null of several classes, for the most probable one. */
  readonly positive: number | null;
}

/**
 * Decides by cross-fitting: in each fold a method is scored that was fitted on what was predicted out of fold of the rows that the fold
 * may learn from, so that groups and times are kept apart. The method that lowers the log loss most is taken, where that is by more
 * than a standard error, and fitted again on all.
 *
 * @returns null where no fold may learn from another
 */
export function fitCalibration(given: CrossValidated, learned: Learned): FittedCalibration | null {
  const folds = rowsOfFolds(given, learned);
  const judged = judgedFolds(given, folds);
  if (judged.length === 0) return null;
  const before = join(judged.map(({ rows }) => rows));
  const repeats = repeatsIn(given.folds);
  const tries = (['sigmoid', 'isotonic'] as const).flatMap((method) => {
    const fitted = judged.map(({ from }) => methods[method](from));
    const after = judged.flatMap(({ rows }, i) => {
      const calibration = fitted[i];
      return calibration ? { ...rows, predictions: calibrate(calibration, rows.predictions) } : [];
    });
    if (after.length < judged.length) return [];
    const calibrated = join(after);
    return { method, fitted, calibrated, gain: gainOf(calibrated, before, repeats) };
  });
  const [best] = tries.toSorted((a, b) => b.gain.mean - a.gain.mean);
  if (!best) return null;
  const isWorthIt = best.gain.mean > best.gain.standardError;
  const calibration = isWorthIt ? methods[best.method](join(folds.filter((rows) => rows !== undefined))) : null;
  const { positive } = learned;
  return {
    calibration,
    outOfFold: given.predictions.map((predictions, fold) => {
      if (!calibration) return predictions;
      const own = best.fitted[judged.findIndex((each) => each.fold === fold)];
      return own && predictions ? calibrate(own, predictions) : undefined;
    }),
    record: {
      method: calibration?.kind ?? 'none',
      rows: before.truth.length,
      logLoss: { before: meanLoss(before), after: meanLoss(best.calibrated) },
      gain: best.gain,
      reliability: {
        before: reliabilityOf(before, positive),
        after: calibration && reliabilityOf(best.calibrated, positive),
      },
    },
  };
}

/** The folds that may learn from others, with the rows of these. */
function judgedFolds({ folds: all }: CrossValidated, folds: readonly (CalibrationRows | undefined)[]) {
  const sources = sourcesOf(all);
  return folds.flatMap((rows, fold) => {
    const from = (sources[fold] as number[]).flatMap((source) => folds[source] ?? []);
    return rows && from.length > 0 ? [{ fold, rows, from: join(from) }] : [];
  });
}

/** Of each fold its rows, or some drawn at random where they are many; undefined where nothing was predicted of them. */
function rowsOfFolds(
  { folds, predictions }: CrossValidated,
  { declaration, train, seed }: Learned,
): (CalibrationRows | undefined)[] {
  const truth = columnOf(train, declaration.target);
  const weights = weightsOf(train, declaration);
  const held = folds.reduce((sum, fold) => sum + fold.held.length, 0);
  return folds.map(({ held: rows }, fold) => {
    const predicted = predictions[fold];
    if (!predicted) return undefined;
    const most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / predicted.outputs)));
    const share = Math.ceil((most * rows.length) / held);
    const places =
      share >= rows.length
        ? Uint32Array.from(rows.keys())
        : sampleInOrder(rows.length, share, createRandom(scrambled(seed + fold)));
    const pick = (values: Float64Array) =>
      Float64Array.from(places, (place) => values[rows[place] as number] as number);
    return {
      predictions: takePredictions(predicted, places),
      truth: pick(truth),
      weights: weights && pick(weights),
    };
  });
}

/** Rows of several folds together. */
function join(parts: readonly CalibrationRows[]): CalibrationRows {
  const [{ predictions, weights }] = parts as [CalibrationRows, ...CalibrationRows[]];
  const truth = joinNumbers(parts.map((rows) => rows.truth));
  const values = joinNumbers(parts.map((rows) => rows.predictions.values));
  return {
    predictions: { rows: truth.length, outputs: predictions.outputs, values },
    truth,
    weights: weights && joinNumbers(parts.map((rows) => rows.weights as Float64Array)),
  };
}

function gainOf(calibrated: CalibrationRows, before: CalibrationRows, repeats: number) {
  const weights = before.weights ?? new Float64Array(before.truth.length).fill(1);
  const { mean, standardError } = meanGain(
    logLosses(before.truth, calibrated.predictions),
    logLosses(before.truth, before.predictions),
    weights,
  );
  // What several repeats say of a row is said of the same row.
  return { mean, standardError: standardError * Math.sqrt(repeats) };
}

function meanLoss({ truth, predictions, weights }: CalibrationRows): number {
  const losses = logLosses(truth, predictions);
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : losses.length;
  return losses.reduce((sum, loss, row) => sum + loss * (weights ? (weights[row] as number) : 1), 0) / total;
}

/** How often folds hold a row, of those that they hold. */
function repeatsIn(folds: readonly Fold[]): number {
  const isHeld = new Set<number>();
  let held = 0;
  for (const fold of folds) {
    held += fold.held.length;
    for (const row of fold.held) isHeld.add(row);
  }
  return held / isHeld.size;
}

/** What a release does to probabilities, in a clause; undefined where nothing. */
export function calibrationInWords({ method, logLoss }: CalibrationRecord): string | undefined {
  if (method === 'none') return undefined;
  const how = method === 'sigmoid' ? 'a sigmoid' : 'isotonic regression';
  const [before, after] = [logLoss.before, logLoss.after].map((loss) => loss.toFixed(4));
  return `its probabilities are calibrated by ${how}, which lowers the log loss out of fold from ${before} to ${after}`;
}
