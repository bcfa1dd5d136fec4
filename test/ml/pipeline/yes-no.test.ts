import { expect, test } from 'vitest';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { columnOf } from '../../../ml/data/table.ts';
import { readAs, whyNotAlike } from '../../../ml/pipeline/read-as.ts';
import { trainInMemory } from '../../../ml/pipeline/train-in-memory.ts';

const declaration: Declaration = {
  name: 'visits',
  title: 'Visits',
  file: 'visits.csv',
  target: 'bought',
  columns: [
    { name: 'minutes', title: 'Minutes', kind: 'numeric' },
    { name: 'member', title: 'Member', kind: 'yes_no', yes: '1', no: '0' },
    { name: 'bought', title: 'Bought', kind: 'yes_no', yes: 'Y', no: 'N' },
  ],
};

// Most buy: yes is of interest even where it is not the rarer one.
const rows = Array.from({ length: 120 }, (_, i) => {
  const [minutes, member] = [(i * 37) % 60, i % 2];
  const isBought = minutes + 20 * member > 25 !== (i % 17 === 0);
  return { minutes, member, bought: i % 3 === 0 ? isBought : isBought ? 'Y' : 'N' };
});

test('a target of yes and no is one of two classes, of which yes is of interest', async () => {
  const { predictor } = await trainInMemory({ declaration, rows, models: ['logistic'] });
  if (predictor?.task !== 'binary') throw new Error('not a model of two classes');
  expect(predictor.positive).toBe('Y');
  expect(predictor.target.levels).toEqual(['N', 'Y']);
  const long = predictor.predict({ minutes: 55, member: true });
  expect(long).toMatchObject({ prediction: 'Y', probabilities: { Y: expect.any(Number), N: expect.any(Number) } });
  expect(predictor.predict({ minutes: 55, member: 1 })).toEqual(long);
  expect(predictor.predict({ minutes: 0, member: '0' })).toMatchObject({ prediction: 'N' });
  expect(predictor.explain({ minutes: 55, member: null }).of).toBe('Y');
});

test('a release that knows fewer levels reads those that it does not know as another one, where it says so', () => {
  const makes = (levels: string[]): Declaration => ({
    ...declaration,
    columns: [
      { name: 'make', title: 'Make', kind: 'categorical', levels, other: 'other', unseen: 'other' },
      { name: 'bought', title: 'Bought', kind: 'yes_no', yes: 'Y', no: 'N' },
    ],
  });
  const [before, now] = [makes(['Fiat', 'other']), makes(['other', 'Opel', 'Fiat'])];
  expect(whyNotAlike(before, now)).toBeUndefined();
  const table = { rows: 4, columns: new Map([['make', Float64Array.of(0, 1, 2, Number.NaN)]]) };
  const read = readAs(before, now, table);
  expect(columnOf(read.table, 'make')).toEqual(Float64Array.of(1, 1, 0, Number.NaN));
  expect([0, 1, 2, 3].every(read.isReadable)).toBe(true);
});

test('a release with other texts for yes and no is compared by what they mean', async () => {
  const now: Declaration = {
    ...declaration,
    columns: [
      { name: 'minutes', title: 'Minutes', kind: 'numeric' },
      { name: 'member', title: 'Member', kind: 'yes_no', yes: 'ja', no: 'nein' },
      { name: 'bought', title: 'Bought', kind: 'yes_no', yes: 'true', no: 'false', yes_texts: ['Y'], no_texts: ['N'] },
    ],
  };
  expect(whyNotAlike(declaration, now)).toBeUndefined();
  const table = { rows: 3, columns: new Map([['member', Float64Array.of(1, 0, Number.NaN)]]) };
  const read = readAs(declaration, now, table);
  expect(columnOf(read.table, 'member')).toEqual(Float64Array.of(1, 0, Number.NaN));
  expect([0, 1, 2].every(read.isReadable)).toBe(true);
  // Texts that are levels are what they are.
  const levels = (...texts: string[]): Declaration => ({
    ...declaration,
    columns: [
      ...declaration.columns.slice(0, 2),
      { name: 'bought', title: 'Bought', kind: 'categorical', levels: texts },
    ],
  });
  expect(whyNotAlike(levels('N', 'Y'), levels('no', 'yes'))).toContain('there are no, yes now');
});
