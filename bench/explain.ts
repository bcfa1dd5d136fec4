import type { Benchmark } from './benchmarks.ts';
import { normals } from './data.ts';
import { measureInTurns, type TurnsOptions } from './in-turns.ts';
import { chosen, type Row } from './table.ts';

export interface ExplainOptions extends Omit<TurnsOptions, 'before'> {
  readonly only?: string;
  /** That models learn from; 10,000 others are explained. */
  readonly rows: number;
}

/** Of so many rows, and of one record, by models that learned from so many. */
export function explainBenchmarks(rows: number): readonly Benchmark[] {
  const xgboost = { model: 'xgboost', params: { max_depth: 6, n_estimators: 500 } } as const;
  const data = normals(rows);
  return [
    {
      work: 'xgboost, contributions of 10,000 rows × 20, depth 6, 500 trees',
      unit: 's',
      target: 0.8,
      data,
      ours: { timed: 'explain', ...xgboost },
      peerThreads: [2],
    },
    {
      work: 'xgboost, contributions of one record, depth 6, 500 trees (target: of ours, in ms)',
      unit: 'ms',
      target: 1,
      bound: 'ours',
      data,
      ours: { timed: 'explain one', ...xgboost },
    },
  ];
}

/**
 * Time to explain predictions, of ours and of XGBoost's `pred_contribs` in turns. Prints which versions, and how it goes on.
 *
 * @throws ParamError where an option is wrong. @throws MeasurementError where a side fails.
 */
export async function measureExplanations({ only, rows, ...options }: ExplainOptions): Promise<readonly Row[]> {
  return measureInTurns(chosen(explainBenchmarks(rows), only), options);
}
