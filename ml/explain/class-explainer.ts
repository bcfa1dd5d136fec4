import { mostProbable } from '../core/most-probable.ts';
import { joinPredictions, type Predictions, takePredictions } from '../core/predictions.ts';
import type { Declaration } from '../data/declaration.ts';
import { type Table, takeRows } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { combineParts, type PartPredictions, predictParts } from '../estimators/predict-rows.ts';
import type { ClassExplanation, ClassPrediction } from './explanation.ts';
import { logOddsOf } from './log-odds.ts';
import { outsideFinder } from './outside.ts';
import { setsOf } from './prediction-sets.ts';
import { chunksOf, contributionsOfRow } from './rows-at-a-time.ts';
import type { Trust } from './trust.ts';

/** What tells how far the classes that a model predicts can be trusted, and what they are made of. */
export interface ClassExplainer {
  /** The explanation of each row of a table of features; null where its prediction is not finite. */
  explainRows(table: Table): (ClassExplanation | null)[];
  /** What is predicted of the rows of a table, finite or not, and their 90 % prediction sets, in declared order; null where there are none. */
  predicted(table: Table): PredictedClasses;
}

export interface PredictedClasses {
  readonly predictions: Predictions;
  /** Found when they are asked for. */
  readonly sets: (readonly string[])[] | null;
}

/** The classes of a target. */
export interface Classes {
  /** Their names, in declared order, which is that of probabilities. */
  readonly levels: readonly string[];
  /** Of two classes the one that log-odds are of; null of several. */
  readonly positive: string | null;
}

/** What is predicted of each row, in words. */
export function classPredictions(levels: readonly string[], predictions: Predictions): ClassPrediction[] {
  const { outputs, values } = predictions;
  return Array.from(mostProbable(predictions), (own, row) => ({
    prediction: levels[own] as string,
    probabilities: Object.fromEntries(levels.map((level, k) => [level, values[row * outputs + k] as number])),
  }));
}

interface Predicted {
  readonly parts: PartPredictions;
  readonly predictions: Predictions;
}

/**
 * @param trust what its release knows
 * @param threads the most that may be used. @default 1
 */
export function classExplainer(
  declaration: Declaration,
  classes: Classes,
  model: Model,
  trust: Trust | null,
  threads = 1,
): ClassExplainer {
  const { levels, positive } = classes;
  const outsideOf = trust ? outsideFinder(trust.domain, declaration) : () => [];
  const sets = trust?.sets ?? null;
  const predict = (table: Table): Predicted => {
    const parts = predictParts(model, table);
    return { parts, predictions: combineParts(model, parts) };
  };
  const named = (indices: readonly number[]) => indices.map((k) => levels[k] as string);
  const explainChunk = (chunk: Table): (ClassExplanation | null)[] => {
    const all = predict(chunk);
    const finite = finiteRows(all.predictions);
    const explained = takePredictions(all.predictions, finite);
    const told = classPredictions(levels, explained);
    const setsOfRows = sets && setsOf(sets, model, all.parts);
    const outside = outsideOf(chunk);
    // Of two classes the positive one, whichever is predicted, so that signs mean the same for each record.
    const about =
      positive === null ? mostProbable(explained) : new Uint32Array(finite.length).fill(levels.indexOf(positive));
    const contributions = logOddsOf(
      model,
      takeRows(chunk, finite),
      { classes: about, predictions: explained },
      threads,
    );
    const explanations = new Array<ClassExplanation | null>(chunk.rows).fill(null);
    for (const [place, row] of finite.entries()) {
      explanations[row] = {
        ...(told[place] as ClassPrediction),
        set: setsOfRows && named(setsOfRows[row] as number[]),
        base: contributions.bases[place] as number,
        contributions: contributionsOfRow(contributions, place),
        of: levels[about[place] as number] as string,
        method: contributions.method,
        outside: outside[row] ?? [],
      };
    }
    return explanations;
  };
  const predicted = (table: Table): PredictedClasses => {
    const chunks = chunksOf(table).map(predict);
    return {
      predictions: joinPredictions(chunks.map(({ predictions }) => predictions)),
      get sets() {
        return sets && chunks.flatMap(({ parts }) => setsOf(sets, model, parts).map(named));
      },
    };
  };
  return {
    explainRows: (table) => chunksOf(table).flatMap(explainChunk),
    predicted,
  };
}

function finiteRows({ rows, outputs, values }: Predictions): Uint32Array {
  const isKnown = (row: number) => values.subarray(row * outputs, (row + 1) * outputs).every(Number.isFinite);
  return Uint32Array.from({ length: rows }, (_, row) => row).filter(isKnown);
}
