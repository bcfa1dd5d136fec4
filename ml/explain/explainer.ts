import type { Declaration, NumericColumn } from '../data/declaration.ts';
import { type Table, takeRows } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { combineParts, predictParts } from '../estimators/predict-rows.ts';
import { contributionsOf } from './contributions.ts';
import type { Explanation } from './explanation.ts';
import { type Bounds, boundShare, boundsOf, type Predicted } from './intervals.ts';
import { outsideFinder } from './outside.ts';
import { CHUNK_ROWS, chunksOf, contributionsOfRow } from './rows-at-a-time.ts';
import type { Trust } from './trust.ts';

/** What tells how far the numbers that a model predicts can be trusted, and what they are made of. */
export interface NumberExplainer {
  /** The explanation of each row of a table of features; null where its prediction is not finite. */
  explainRows(table: Table): (Explanation | null)[];
  /**
   * The interval of each row, NaN where its prediction is; null where there are none, or too few residuals for one.
   *
   * @param coverage the share of true values that intervals are to hold. @default 90 %
   */
  boundsOf(table: Table, coverage?: number): Bounds | null;
}

/** @param trust what its release knows; null of one of an older format */
export function numberExplainer(
  declaration: Declaration,
  target: NumericColumn,
  model: Model,
  trust: Trust | null,
): NumberExplainer {
  const outsideOf = trust ? outsideFinder(trust.domain, declaration) : () => [];
  const predict = (table: Table): Predicted => {
    const parts = predictParts(model, table);
    return { table, parts, predictions: combineParts(model, parts).values };
  };
  const boundsFor = (predicted: Predicted, coverage?: number) =>
    trust?.intervals ? boundsOf(trust.intervals, model, target, predicted, coverage) : null;
  const explainChunk = (chunk: Table): (Explanation | null)[] => {
    const predicted = predict(chunk);
    const { predictions } = predicted;
    const bounds = boundsFor(predicted);
    const outside = outsideOf(chunk);
    const finite = Uint32Array.from(predictions.keys()).filter((row) => Number.isFinite(predictions[row]));
    const contributions = contributionsOf(model, takeRows(chunk, finite));
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
    boundsOf(table, coverage) {
      if (!trust?.intervals || boundShare(trust.intervals.rows, coverage) > 1) return null;
      const low = new Float64Array(table.rows);
      const high = new Float64Array(table.rows);
      for (const [i, chunk] of chunksOf(table).entries()) {
        const bounds = boundsFor(predict(chunk), coverage) as Bounds;
        low.set(bounds.low, i * CHUNK_ROWS);
        high.set(bounds.high, i * CHUNK_ROWS);
      }
      return { low, high };
    },
  };
}
