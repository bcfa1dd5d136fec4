import type { Benchmark } from './benchmarks.ts';
import { normals } from './data.ts';
import { explainBenchmarks } from './explain.ts';
import { measureInTurns, type TurnsOptions } from './in-turns.ts';
import { chosen, type Row } from './table.ts';

export interface PredictOptions extends Omit<TurnsOptions, 'before'> {
  readonly only?: string;
  /** That are predicted together. */
  readonly rows: number;
}

/** Rows that models learn from: enough for trees of depth 6 to be full. */
const LEARNED = 100_000;

/** What is asked of a fitted model: one row, many rows, and what columns contribute. */
export function predictBenchmarks(rows: number): readonly Benchmark[] {
  const trees = (count: number) => ({ model: 'xgboost', params: { max_depth: 6, n_estimators: count } }) as const;
  return [
    {
      work: 'xgboost, one prediction, depth 6, 500 trees (target: of ours, in µs)',
      unit: 'µs',
      target: 10,
      bound: 'ours',
      data: normals(10_000),
      ours: { timed: 'predict', ...trees(500) },
    },
    {
      work: `xgboost, prediction of ${rows.toLocaleString('en')} × 20, depth 6, 100 trees`,
      unit: 's',
      target: 0.8,
      data: normals(LEARNED, rows),
      ours: { timed: 'predict all', ...trees(100) },
      peerThreads: [2],
    },
    ...explainBenchmarks(10_000),
  ];
}

/**
 * Time to predict and to explain, of ours and of XGBoost in turns, by models that are fitted before. Prints which versions, and how it
 * goes on.
 *
 * @throws ParamError where an option is wrong. @throws MeasurementError where a side fails.
 */
export async function measurePredictions({ only, rows, ...options }: PredictOptions): Promise<readonly Row[]> {
  return measureInTurns(chosen(predictBenchmarks(rows), only), options);
}
