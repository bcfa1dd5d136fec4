import type { Table } from '../../../ml/data/table.ts';
import { type Model, singleModel } from '../../../ml/estimators/model.ts';
import type { ColumnEncoding } from '../../../ml/features/column-encoding.ts';
import type { LogTarget } from '../../../ml/features/log-target.ts';

const raw = (column: string): ColumnEncoding => ({
  ...{ column, kind: 'numeric', as: 'raw', missing: 'imputed' },
  ...{ impute: 0, mean: 0, scale: 1 },
});

/** A line through area, rooms and the sum of both, all of mean 0; of the logarithm of the target, where it has one. */
export function lineModel(intercept: number, coefficients: readonly number[], target: LogTarget | null = null): Model {
  return singleModel({
    estimator: 'linear',
    task: 'regression' as const,
    params: {},
    features: [],
    preprocessor: {
      recipes: [{ recipe: 'pairs', state: { pairs: [{ operation: 'sum', a: 'area', b: 'rooms' }] } }],
      columns: [raw('area'), raw('rooms'), raw('area + rooms')],
      target,
    },
    state: { intercept, coefficients, means: [0, 0, 0] },
  });
}

export const oneHouse = (area: number, rooms: number): Table => ({
  rows: 1,
  columns: new Map(Object.entries({ area: Float64Array.of(area), rooms: Float64Array.of(rooms) })),
});
