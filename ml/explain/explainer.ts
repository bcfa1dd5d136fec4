import { joinNumbers } from '../core/join-arrays.ts';
import type { Declaration, NumericColumn } from '../data/declaration.ts';
import { type Table, takeRows } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { combineParts, predictParts } from '../estimators/predict-rows.ts';
import { contributionsOf } from './contributions.ts';
import type { Explanation } from './explanation.ts';
import { type Bounds, boundShare, boundsOf, type Predicted } from './intervals.ts';
import { outsideFinder } from './outside.ts';
import { chunksOf, contributionsOfRow } from './rows-at-a-time.ts';
import type { Trust } from './trust.ts';

/** What tells how far the numbers that a model predicts can be trusted, and what they are made of. */
export interface NumberExplainer {
  /** The explanation of each row of a table of features; null where its prediction is not finite. */
  explainRows(table: Table): (Explanation | null)[];
  /** The 90 % interval of each row, NaN where its prediction is; null where there are none, or too few residuals for one. */
  boundsOf(table: Table): Bounds | null;
  /** What is predicted of the rows of a table, of which more than one thing will be asked: what all parts of the model say of them is kept. */
  predicted(table: Table): PredictedNumbers;
}

/** The predictions of some rows, finite or not, and their intervals. */
export interface PredictedNumbers {
  readonly predictions: Float64Array;
  /** As of `NumberExplainer`. @param coverage the share of true values that intervals are to hold. @default 90 % */
  boundsOf(coverage?: number): Bounds | null;
}

/**
 * @param trust what its release knows; null of one of an older format
 * @param threads the most that may be used. @default 1
 */
export function numberExplainer(
  declaration: Declaration,
  target: NumericColumn,
  model: Model,
  trust: Trust | null,
  threads = 1,
): NumberExplainer {
  const outsideOf = trust ? outsideFinder(trust.domain, declaration) : () => [];
  const predict = (table: Table): Predicted => {
    const parts = predictParts(model, table);
    return { table, parts, predictions: combineParts(model, parts).values };
  };
  const boundsFor = (predicted: Predicted, coverage?: number) =>
    trust?.intervals ? boundsOf(trust.intervals, model, target, predicted, coverage) : null;
  const hasBounds = (coverage?: number) => !!trust?.intervals && boundShare(trust.intervals.rows, coverage) <= 1;
  const explainChunk = (chunk: Table): (Explanation | null)[] => {
    const predicted = predict(chunk);
    const { predictions } = predicted;
    const bounds = boundsFor(predicted);
    const outside = outsideOf(chunk);
    const finite = Uint32Array.from(predictions.keys()).filter((row) => Number.isFinite(predictions[row]));
    const contributions = contributionsOf(model, takeRows(chunk, finite), threads);
    const explanations = new Array<Explanation | null>(chunk.rows).fill(null);
    for (const [place, row] of finite.entries()) {
      explanations[row] = {
        prediction: predictions[row] as number,
        interval: bounds && [bounds.low[row] as number, bounds.high[row] as number],
        base: contributions.base,
        contributions: contributionsOfRow(contributions, place),
        method: contributions.method,
        outside: outside[row] ?? [],
      };
    }
    return explanations;
  };
  return {
    explainRows: (table) => chunksOf(table).flatMap(explainChunk),
    boundsOf: (table) =>
      hasBounds() ? joinedBounds(chunksOf(table).map((chunk) => boundsFor(predict(chunk)) as Bounds)) : null,
    predicted(table) {
      const chunks = chunksOf(table).map(predict);
      return {
        predictions: joinNumbers(chunks.map(({ predictions }) => predictions)),
        boundsOf: (coverage) =>
          hasBounds(coverage) ? joinedBounds(chunks.map((chunk) => boundsFor(chunk, coverage) as Bounds)) : null,
      };
    },
  };
}

const joinedBounds = (chunks: readonly Bounds[]): Bounds => ({
  low: joinNumbers(chunks.map(({ low }) => low)),
  high: joinNumbers(chunks.map(({ high }) => high)),
});
