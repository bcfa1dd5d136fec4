import { createRandom } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { sampleRows } from '../explain/sample-rows.ts';
import type { TargetHistogram } from '../release/manifest.ts';
import { distributionOf } from './data-section/distribution.ts';
import { viewedTarget } from './data-section/viewed-column.ts';

/** More rows would hardly change a picture of two dozen bars. */
const MOST_ROWS = 10_000;

/** How a target of numbers is distributed among the rows that were learned from, as the report shows it; undefined of classes. */
export function targetHistogram(declaration: Declaration, train: Table, seed: number): TargetHistogram | undefined {
  const column = viewedTarget(declaration);
  if (column.values === 'codes') return undefined;
  const sample = sampleRows(train, MOST_ROWS, createRandom(seed));
  const values = columnOf(sample, column.name);
  const learned = { values, weights: weightsOf(sample, declaration) };
  const distribution = distributionOf(column, learned, { values: values.subarray(0, 0) });
  if (distribution.kind === 'levels') return undefined;
  const { bins, learned: shares, isLogarithmic } = distribution;
  return { edges: [...bins.edges], shares: [...shares], ...(isLogarithmic && { scale: 'log' }) };
}
