import { describe, expect, it } from 'vitest';
import { cells, decideRows } from './decide-rows.ts';

/** What a column of such texts is declared as, and what init says of it. */
async function declared(header: string, texts: readonly string[]) {
  const { declaration, decisions } = await decideRows({ [header]: texts });
  return { column: declaration.columns[0], look: decisions[0]?.look ?? [] };
}

const N = 120;

describe('spaces around texts', () => {
  const padded = (i: number) => ['a', ' a', 'b', 'b ', 'c'][i % 5] as string;

  it('make no other levels, and are told of', async () => {
    const { column, look } = await declared('colour', cells(N, padded));
    expect(column).toMatchObject({ kind: 'categorical', levels: ['a', 'b', 'c', 'other'] });
    expect(look).toEqual([
      'spaces around a text do not count: "a", "b" are one text each, which 48 cells have with other spaces around',
    ]);
  });

  it('are told of yes and no too', async () => {
    const { look } = await declared(
      'smokes',
      cells(N, (i) => ['yes', 'no', i === 5 ? ' no' : 'no'][i % 3] as string),
    );
    expect(look).toEqual([
      'spaces around a text do not count: "no" is one text, which a cell has with other spaces around',
    ]);
  });

  it('are not told of where all cells are alike, nor of numbers', async () => {
    const all = await declared(
      'colour',
      cells(N, (i) => ` ${'abc'[i % 3]}`),
    );
    expect(all.look).toEqual([]);
    const numbers = await declared(
      'size',
      cells(N, (i) => (i % 2 ? ` ${i % 9}.5` : `${i % 9}.5`)),
    );
    expect(numbers.look).toEqual([]);
  });
});
