// Partial dependence: what a model predicts, on average over some rows, where a column has the same value in all of them.
//
// Source: Friedman 2001, "Greedy function approximation", section 8.2; of single rows Goldstein, Kapelner, Bleich and Pitkin 2015,
// arXiv:1309.6392.

import { createRandom, scrambled } from '../core/random.ts';
import { type Declaration, type FeatureColumn, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { columnOf, type Table } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { predictRows } from '../estimators/predict-rows.ts';
import { cellsOfPrediction, predictionCost } from './prediction-cost.ts';
import { sampleRows } from './sample-rows.ts';

/** What a model predicts over the values of a column. */
export interface Dependence {
  readonly column: FeatureColumn;
  /** Numbers or days, ascending; places of levels in declared order. */
  readonly values: readonly number[];
  /** Of each output that was asked for. */
  readonly curves: readonly DependenceCurve[];
}

interface DependenceCurve {
  /** The place of a class; 0 of a number. */
  readonly output: number;
  /** At each value: the mean over the rows, and between which ends eight of ten rows lie. */
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const MOST_ROWS = 200;
const FEWEST_ROWS = 20;
/** How many rows the fits of a model predict in all, where that leaves the fewest rows. */
const MOST_PREDICTED = 60_000;
/** How many numbers are made for that at most: of very wide rows, fewer columns are told of. */
const MOST_CELLS = 200_000_000;
const MOST_VALUES = 15;
const MOST_LEVELS = 12;
/** Beyond these shares of the rows values are too rare to tell anything. */
const ENDS: readonly [number, number] = [0.02, 0.98];
const BAND: readonly [number, number] = [0.1, 0.9];

interface Subject {
  readonly model: Model;
  readonly declaration: Declaration;
  /** Rows whose other columns stay as they are. */
  readonly rows: Table;
  readonly seed: number;
}

/**
 * The partial dependence of some features, on rows drawn at random where there are many.
 *
 * @param wanted the names of columns, the most important first
 * @param outputs the places of the classes that are told of; [0] of a number
 * @returns how many rows there are, and a dependence for each column with two values at least
 */
export function dependenceOf(
  { model, declaration, rows: all, seed }: Subject,
  wanted: readonly string[],
  outputs: readonly number[],
): { readonly rows: number; readonly columns: readonly Dependence[] } {
  const affordable = Math.max(1, Math.floor(MOST_CELLS / (cellsOfPrediction(model) * MOST_VALUES * FEWEST_ROWS)));
  const columns = wanted.slice(0, affordable);
  const perRow = predictionCost(model, classCountOf(declaration)) * MOST_VALUES * Math.max(1, columns.length);
  const most = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.floor(MOST_PREDICTED / perRow)));
  const sample = sampleRows(all, most, createRandom(scrambled(seed)));
  const features = featuresOf(declaration);
  const known = new Map(features.map(({ name }) => [name, columnOf(sample, name)]));
  const told = columns.flatMap((name): Dependence[] => {
    const column = features.find((each) => each.name === name);
    if (!column) return [];
    const values = valuesOf(column, columnOf(all, name));
    if (values.length < 2) return [];
    const predicted = values.map((value) => {
      const same = new Float64Array(sample.rows).fill(value);
      return predictRows(model, { rows: sample.rows, columns: new Map([...known, [name, same]]) });
    });
    const curves = outputs.map((output): DependenceCurve => {
      const spread = predicted.map(({ outputs: count, values: at }) =>
        spreadOf(Float64Array.from({ length: sample.rows }, (_, row) => at[row * count + output] as number)),
      );
      return {
        output,
        mean: spread.map(({ mean }) => mean),
        low: spread.map(({ low }) => low),
        high: spread.map(({ high }) => high),
      };
    });
    return [{ column, values, curves }];
  });
  return { rows: sample.rows, columns: told };
}

/** The values that a column is given: its most frequent levels, or numbers between which there are about as many rows. */
function valuesOf(column: FeatureColumn, cells: Float64Array): number[] {
  const known = cells.filter((value) => !Number.isNaN(value)).sort();
  const counts = new Map<number, number>();
  for (const value of known) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (kindOf(column).levels) {
    const frequent = [...counts].sort(([a, m], [b, n]) => n - m || a - b).slice(0, MOST_LEVELS);
    return frequent.map(([code]) => code).sort((a, b) => a - b);
  }
  if (counts.size <= MOST_VALUES) return [...counts.keys()];
  const [from, to] = ENDS;
  const at = (i: number) => quantile(known, from + ((to - from) * i) / (MOST_VALUES - 1));
  return [...new Set(Array.from({ length: MOST_VALUES }, (_, i) => at(i)))];
}

/** The mean of what is finite, and where the band ends. */
function spreadOf(predictions: Float64Array): { mean: number; low: number; high: number } {
  const finite = predictions.filter(Number.isFinite).sort();
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  return { mean, low: quantile(finite, BAND[0]), high: quantile(finite, BAND[1]) };
}

/** Of ascending numbers the one below which lies such a share. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] as number;
