import { describe, expect, test } from 'vitest';
import { fitBenchmarks, taskOf } from '../../bench/benchmarks.ts';
import { predictBenchmarks } from '../../bench/predict.ts';
import { estimatorNamed, estimatorNamesOf } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';

const benchmarks = [...fitBenchmarks(1_000_000), ...predictBenchmarks(1_000_000)];

describe('the benchmarks', () => {
  test('have names of their own, and ask only for estimators that are here and parameters that they have', () => {
    expect(new Set(benchmarks.map(({ work }) => work)).size).toBe(benchmarks.length);
    for (const benchmark of benchmarks) {
      const { ours, instead = ours } = benchmark;
      const task = taskOf(benchmark);
      for (const { model, params } of [ours, instead]) {
        expect(estimatorNamesOf(task)).toContain(model);
        expect(() => resolveParams(model, estimatorNamed(model, task).params, params)).not.toThrow();
      }
    }
  });

  test('are measured with all of the rows, or with a share of them, and say how many', () => {
    const sizes = (rows: number) =>
      fitBenchmarks(rows)
        .filter(({ unit }) => unit === 's')
        .map(({ work }) => work);
    expect(sizes(1_000_000)[0]).toBe('xgboost, 1,000,000 × 20, depth 6, 100 trees');
    expect(sizes(5_000)[0]).toBe('xgboost, 5,000 × 20, depth 6, 100 trees');
  });
});
