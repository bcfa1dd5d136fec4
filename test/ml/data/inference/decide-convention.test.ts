import { describe, expect, it } from 'vitest';
import { cells, decideRows, inTurns } from './decide-rows.ts';

const N = 60;
const comma = cells(N, (i) => `${i},${i % 10}5`);
const either = inTurns(N, '1,234', '2,345', '7,500');
const pointGroups = inTurns(N, '1.234', '2.345', '7.500');

const read = async (columns: Record<string, readonly string[]>, delimiter?: string) => {
  const { declaration } = await decideRows(columns, { delimiter });
  const { decimal, thousands } = declaration;
  return { decimal, thousands, kinds: declaration.columns.slice(0, -2).map(({ kind }) => kind) };
};

describe('decimals and thousands', () => {
  it.each([
    ['points', { a: cells(N, (i) => i / 10) }, ',', undefined, undefined],
    ['decimal commas', { a: comma }, ';', ',', undefined],
    ['decimal commas with points between thousands', { a: comma, b: [...pointGroups, '1.234.567'] }, ';', ',', '.'],
    ['thousands in quotes', { a: [...either, '1,234,567.5'] }, ',', undefined, ','],
    ['thousands apart by spaces', { a: inTurns(N, '1 234', '2 345,5', '12 000') }, ';', ',', ' '],
    [
      'thousands apart by narrow spaces',
      { a: inTurns(N, '1\u202f234', '2\u202f345', '12\u202f000') },
      ';',
      undefined,
      ' ',
    ],
    ['thousands apart by apostrophes', { a: inTurns(N, "1'234.50", '2’345', "12'000") }, ',', undefined, "'"],
    ['points with three places', { a: pointGroups }, ',', undefined, undefined],
    ['groups of three alone, between commas', { a: either }, ',', undefined, ','],
    ['groups of three alone, between semicolons', { a: either }, ';', ',', undefined],
    ['groups of three beside a decimal comma', { a: pointGroups, b: comma }, ';', ',', '.'],
  ])('%s', async (_, columns, delimiter, decimal, thousands) => {
    const all = await read(columns, delimiter);
    expect(all).toEqual({ decimal, thousands, kinds: all.kinds.map(() => 'numeric') });
  });
});

it('is that of most columns, and the others are told', async () => {
  const points = cells(N, (i) => i / 10);
  const { decisions } = await decideRows({ a: comma, b: points, c: points }, { delimiter: ';' });
  expect(decisions.slice(0, 3).map(({ kind }) => kind)).toEqual(['identifier', 'numeric', 'numeric']);
  expect(decisions[0]?.look.join()).toContain('its texts are numbers, but with other decimals');
});

it('reads ranges and targets under the convention', async () => {
  const both = await decideRows({ price: comma, size: either }, { delimiter: ';', target: 'price' });
  expect(both.declaration.columns).toMatchObject([
    { name: 'price', kind: 'numeric', min: 0, max: 130 },
    { name: 'size', kind: 'numeric', min: 0, max: 9.5 },
  ]);
  expect(both.declaration.assumed).toContain('Numbers are written with a decimal comma.');
});
