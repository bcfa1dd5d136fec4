import { RandomStream } from '../../../ml/core/random-stream.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';

/** Lines with noise: y = 3 x + 10 (kind is b) + noise, with x from 0 to 10. */
export const noisy: Declaration = {
  name: 'noisy',
  title: 'Noisy',
  file: 'noisy.csv',
  target: 'y',
  columns: [
    { name: 'x', title: 'X', kind: 'numeric' },
    { name: 'kind', title: 'Kind', kind: 'categorical', levels: ['a', 'b'] },
    { name: 'group', title: 'Group', kind: 'numeric' },
    { name: 'time', title: 'Time', kind: 'numeric' },
    { name: 'w', title: 'Weight', kind: 'numeric', min: 0 },
    { name: 'y', title: 'Y', kind: 'numeric' },
  ],
};

/** The columns that a row is made of. */
interface NoisyRow {
  readonly row: number;
  readonly x: number;
  readonly kind: number;
}

/** How its noise is drawn, by standard normal numbers, and what else a column holds. */
interface Options {
  readonly noise: (of: NoisyRow, normal: () => number) => number;
  readonly group?: (row: number) => number;
  readonly weight?: (of: NoisyRow) => number;
}

export function noisyRows(rows: number, seed: number, { noise, group = () => 0, weight = () => 1 }: Options): Table {
  const random = new RandomStream(seed);
  const made = Array.from({ length: rows }, (_, row) => {
    const of = { row, x: 10 * random.uniform(), kind: random.below(2) };
    const y = 3 * of.x + 10 * of.kind + noise(of, () => random.normal());
    return { ...of, group: group(row), time: row, w: weight(of), y };
  });
  const column = (name: 'x' | 'kind' | 'group' | 'time' | 'w' | 'y') =>
    [name, Float64Array.from(made, (each) => each[name])] as const;
  return {
    rows,
    columns: new Map([column('x'), column('kind'), column('group'), column('time'), column('w'), column('y')]),
  };
}

/** The rows of a table that a condition holds of, as its columns say. */
export function rowsWhere(table: Table, holds: (x: number, kind: number) => boolean): Uint32Array {
  const [x, kind] = [table.columns.get('x'), table.columns.get('kind')];
  return Uint32Array.from({ length: table.rows }, (_, i) => i).filter((i) => holds(x?.[i] ?? 0, kind?.[i] ?? 0));
}
