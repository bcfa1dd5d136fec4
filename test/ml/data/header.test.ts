import { expect, test } from 'vitest';
import type { Column } from '../../../ml/data/declaration.ts';
import { matchHeader } from '../../../ml/data/header.ts';
import { headerKey } from '../../../ml/data/header-key.ts';
import { houses } from '../../houses.ts';

test.each([
  ['race_ethnicity', ['race/ethnicity', 'Race Ethnicity', 'RACE-ETHNICITY', ' race  ethnicity ', 'race.ethnicity?']],
  ['body_mass_g', ['Body Mass (g)', 'body mass [G]', 'Body\u00a0Mass, g']],
  ['cost_total', ['Cost Total $', 'cost_total(€)', '#Cost Total']],
  ['größe', ['GRÖSSE', 'gro\u0308ße', 'Größe:', 'Groe\u0308sse'.replace('e', '')]],
  ['m2', ['m²', 'ｍ２']],
  ['Όδος', ['ΌΔΟΣ', 'όδοσ']],
  ['温度', ['温度 (℃)'.replace(' (℃)', ''), '「温度」']],
  ['किताब', ['किताब?']],
])('%s reads like its other spellings', (name, others) => {
  for (const other of others) expect(headerKey(other), other).toBe(headerKey(name));
});

test('what differs in a letter, a mark or a digit reads differently; signs alone stand for themselves', () => {
  const all = ['a', 'b', 'a1', 'a2', 'कि', 'का', 'é', 'e', '%', '$', '#', '温度', '湿度'];
  expect(new Set(all.map(headerKey)).size).toBe(all.length);
});

const named: Column = { name: 'first_floor', header: '1st_flr', title: 'First floor', kind: 'numeric' };

test('a column is found by its header or by its name', () => {
  expect(matchHeader(['x', '1st Flr'], 'f.csv', [named]).positions).toEqual(new Map([['first_floor', 1]]));
  expect(matchHeader(['First floor', 'x'], 'f.csv', [named]).positions).toEqual(new Map([['first_floor', 0]]));
  expect(() => matchHeader(['First floor', '1st flr'], 'f.csv', [named])).toThrow(/does not fit/);
});

const failure = (header: string[]) => {
  try {
    matchHeader(header, 'f.csv', houses.columns);
  } catch (error) {
    return error as { message: string; issues: unknown };
  }
  return expect.unreachable();
};

test('a file of other columns is told so in a sentence', () => {
  const { message, issues } = failure(['mpg', 'cylinders']);
  expect(message).toMatch(/none of the columns .*area, rooms, heating, price.*its own are: mpg, cylinders.*--dataset/);
  expect(issues).toEqual([]);
});

test('what is missing is said beside what nothing declares', () => {
  expect(failure(['area', 'rooms', 'Heizung', 'Preis']).issues).toEqual([
    { path: 'heating, price', message: 'no such column in the header' },
    { path: '', message: expect.stringMatching(/no column is declared for: Heizung, Preis;.*"header"/) },
  ]);
});

test.each([
  [['area;rooms;heating;price'], /separated by ";", where commas are needed/],
  [['area\trooms\theating\tprice'], /separated by tabs, where commas are needed/],
  [['area', 'm²;rooms;heating;price'], /separated by ";"/],
  [['price|heating|rooms|area'], /separated by "\|"/],
  [['sep=;'], /only Excel reads; take that line out/],
  [['area,rooms,heating,price'], /separated by commas, where another delimiter is declared/],
])('%j: separated otherwise', (header, message) => {
  const error = failure(header);
  expect(error.message).toMatch(message);
  expect(error.issues).toEqual([]);
});
