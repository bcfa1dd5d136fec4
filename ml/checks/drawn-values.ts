import { createRandom, sampleInOrder } from '../core/random.ts';
import type { Column } from '../data/declaration.ts';
import { matchHeader } from '../data/header.ts';
import { kindOf } from '../data/kinds/index.ts';
import { openRows } from '../data/sources/row-source.ts';

const SEED = 1;

interface Extent {
  /** How many rows the file has. */
  readonly of: number;
  /** How many are drawn at most. */
  readonly drawn: number;
}

/**
 * The values of some columns in rows of a release's file that are drawn at random, all where they are few; by name, in the order of the
 * file, NaN where one is missing.
 */
export async function drawnValues(
  path: string,
  columns: readonly Column[],
  { of, drawn }: Extent,
): Promise<ReadonlyMap<string, Float64Array>> {
  const chosen = sampleInOrder(of, Math.min(of, drawn), createRandom(SEED));
  const { name, header, rows } = await openRows(path);
  const { positions } = matchHeader(header, name, columns);
  const read = columns.map((column) => ({
    name: column.name,
    position: positions.get(column.name) as number,
    parse: kindOf(column).parser({ areBare: true }),
    values: new Float64Array(chosen.length).fill(Number.NaN),
  }));
  let row = 0;
  let next = 0;
  for await (const { cells } of rows) {
    if (chosen[next] !== row++) continue;
    for (const { position, parse, values } of read) values[next] = parse(cells[position] ?? '') ?? Number.NaN;
    if (++next === chosen.length) break;
  }
  return new Map(read.map(({ name, values }) => [name, values]));
}
