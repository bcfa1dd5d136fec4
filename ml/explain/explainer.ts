import { type Declaration, targetOf } from '../data/declaration.ts';
import { sliceRows, type Table, takeRows } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { combineParts, predictParts } from '../estimators/predict-rows.ts';
import { contributionsOf, type ModelContributions } from './contributions.ts';
import type { Explanation } from './explanation.ts';
import { type Bounds, boundsOf, type Predicted } from './intervals.ts';
import { outsideFinder } from './outside.ts';
import type { Trust } from './trust.ts';

/** What tells how far the predictions of a model can be trusted, and what they are made of. */
export interface Explainer {
  /** The explanation of each row of a table of features; null where its prediction is not finite. */
  explainRows(table: Table): (Explanation | null)[];
  /** The 90 % interval of each row, NaN where its prediction is; null where there are none. */
  boundsOf(table: Table): Bounds | null;
}

/** So many rows at a time: few enough for what all parts of a model predict of them to lie in memory. */
const CHUNK_ROWS = 1024;

/** @param trust what its release knows; null of one of an older format */
export function explainerOf(declaration: Declaration, model: Model, trust: Trust | null): Explainer {
  const target = targetOf(declaration);
  const outsideOf = trust ? outsideFinder(trust.domain, declaration) : () => [];
  const predict = (table: Table): Predicted => {
    const parts = predictParts(model, table);
    return { table, parts, predictions: combineParts(model, parts) };
  };
  const boundsFor = (predicted: Predicted) =>
    trust?.intervals ? boundsOf(trust.intervals, model, target, predicted) : null;
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
    boundsOf(table) {
      if (!trust?.intervals) return null;
      const low = new Float64Array(table.rows);
      const high = new Float64Array(table.rows);
      for (const [i, chunk] of chunksOf(table).entries()) {
        const bounds = boundsFor(predict(chunk)) as Bounds;
        low.set(bounds.low, i * CHUNK_ROWS);
        high.set(bounds.high, i * CHUNK_ROWS);
      }
      return { low, high };
    },
  };
}

function contributionsOfRow({ columns, values }: ModelContributions, row: number): Record<string, number> {
  return Object.fromEntries(columns.map((column, j) => [column, values[row * columns.length + j] as number]));
}

function chunksOf(table: Table): Table[] {
  return Array.from({ length: Math.ceil(table.rows / CHUNK_ROWS) }, (_, i) =>
    sliceRows(table, i * CHUNK_ROWS, (i + 1) * CHUNK_ROWS),
  );
}
