import { createRandom } from '../../../ml/core/random.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';

/** Rows of so many columns, whose y is 3 · a + b; the others say nothing. */
export function wideRows(rows: number, width: number): { declaration: Declaration; table: Table } {
  const names = ['a', 'b', ...Array.from({ length: width - 2 }, (_, j) => `n${j}`)];
  const random = createRandom(1);
  const columns = new Map(names.map((name) => [name, Float64Array.from({ length: rows }, () => random.uniform())]));
  const [a, b] = ['a', 'b'].map((name) => columns.get(name) as Float64Array) as [Float64Array, Float64Array];
  columns.set(
    'y',
    a.map((value, row) => 3 * value + (b[row] as number)),
  );
  const declared = [...names, 'y'].map((name) => ({ name, title: name, kind: 'numeric' as const }));
  const declaration: Declaration = { name: 'wide', title: 'Wide', file: 'wide.csv', target: 'y', columns: declared };
  return { declaration, table: { rows, columns } };
}
