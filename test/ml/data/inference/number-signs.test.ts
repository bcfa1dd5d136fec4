import { expect, it } from 'vitest';
import { cells, decideRows, inTurns } from './decide-rows.ts';

const N = 120;

it.each([
  ['the sign of mathematics', (i: number) => `${i % 3 === 0 ? '\u2212' : ''}${i}.5`],
  ['a sign behind', (i: number) => `${i}.50${i % 3 === 0 ? '-' : ''}`],
  ['a currency, and a sign behind', (i: number) => `$${i}.50${i % 3 === 0 ? '-' : ''}`],
])('numbers are read with %s', async (_, write) => {
  const { declaration, decisions } = await decideRows({ amount: cells(N, write) });
  const [column] = declaration.columns;
  expect(column).toMatchObject({ kind: 'numeric', min: expect.any(Number) });
  expect(column?.kind === 'numeric' && column.min).toBeLessThan(-117);
  expect(decisions[0]?.look).toEqual([]);
});

it('texts are no numbers where a sign stands behind whole ones, as in grades', async () => {
  const { declaration } = await decideRows({ grade: inTurns(N, '1', '1-', '2', '2-', '3', '3-') });
  expect(declaration.columns[0]).toMatchObject({ kind: 'categorical' });
});
