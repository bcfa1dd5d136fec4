import { setImmediate } from 'node:timers/promises';
import { meanOf } from '../core/moments.ts';
import { permutation, type Random } from '../core/random.ts';
import { sliceRows, type Table } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { bisectColumns } from './bisect-columns.ts';
import { cellsOfPrediction } from './prediction-cost.ts';
import { shuffledPredictions } from './shuffled-predictions.ts';

/** How many numbers are made to measure what columns are worth, at most, and as many to find the columns where these are not all. */
const MOST_CELLS = 100_000_000;
/** The rows of which predictions are looked at to find them, and those that a column takes as long as, however few there are. */
const SEARCHED_ROWS = 10;
const ROWS_OF_COLUMN = 20;
/** So many are measured in any case. */
const FEWEST_COLUMNS = 50;

interface Wanted {
  readonly model: Model;
  /** The rows that it is to be measured on. */
  readonly sample: Table;
  readonly features: readonly string[];
  readonly shuffles: number;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
}

/** All of the columns, or as many as can be measured of those that predictions hang on most. */
export async function columnsToMeasure(wanted: Wanted): Promise<readonly string[]> {
  const { model, sample, features, shuffles, random, signal } = wanted;
  const cells = cellsOfPrediction(model);
  const affordable = (rows: number) => Math.max(1, Math.floor(MOST_CELLS / ((rows + ROWS_OF_COLUMN) * cells)));
  const most = Math.max(FEWEST_COLUMNS, Math.floor(affordable(sample.rows) / shuffles));
  if (features.length <= most) return features;
  const some = sliceRows(sample, 0, SEARCHED_ROWS);
  const order = permutation(some.rows, random);
  const predict = shuffledPredictions(model, some, features);
  const { values: unmoved } = predict();
  const movedBy = async (names: readonly string[]) => {
    await setImmediate();
    signal?.throwIfAborted();
    const { values } = predict(names, order);
    return meanOf(values.map((value, at) => Math.abs(value - (unmoved[at] as number))));
  };
  // By name, so that it hangs on no order of columns.
  const found = await bisectColumns(features.toSorted(), movedBy, affordable(some.rows));
  return found.slice(0, most);
}
