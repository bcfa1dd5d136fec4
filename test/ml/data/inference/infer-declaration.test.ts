import { expect, it } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { inferDeclaration } from '../../../../ml/data/inference/infer-declaration.ts';

const rows = Array.from({ length: 30 }, (_, i) => ({
  id: `flat ${i}`,
  area: 30 + i,
  city: ['Graz', ' Wien', 'Linz', null][i % 4],
  built: `19${50 + i}-05-01`,
  sold: i % 3 === 0 ? '2024-01-31T09:30' : undefined,
  country: 'Austria',
  nothing: null,
  rent: 500.5 + i,
}));

it('is what the values are', () => {
  const { columns, target } = inferDeclaration(rows, { target: 'rent' });
  expect(target).toBe('rent');
  expect(columns).toEqual([
    { name: 'id', title: 'id', kind: 'identifier' },
    { name: 'area', title: 'area', kind: 'numeric' },
    { name: 'city', title: 'city', kind: 'categorical', levels: ['Graz', 'Linz', 'Wien'] },
    { name: 'built', title: 'built', kind: 'date', format: 'date' },
    { name: 'sold', title: 'sold', kind: 'date', format: 'date-time' },
    { name: 'rent', title: 'rent', kind: 'numeric' },
  ]);
});

it('reads dates that are written otherwise where they have one meaning', () => {
  const written = rows.map((row, i) => ({
    ...row,
    built: `${1 + i}.5.1990`,
    sold: `0${1 + (i % 9)}/0${1 + (i % 7)}/2024`,
  }));
  const { columns } = inferDeclaration(written, { target: 'rent' });
  expect(columns.find(({ name }) => name === 'built')).toMatchObject({ kind: 'date', format: 'D.M.YYYY' });
  expect(columns.find(({ name }) => name === 'sold')?.kind).not.toBe('date');
});

it('keeps the roles of columns', () => {
  const weighted = rows.map((row, i) => ({ ...row, weight: 1 + (i % 2), shop: `shop ${i}` }));
  const declaration = inferDeclaration(weighted, { target: 'rent', weight: 'weight', group: 'shop', time: 'built' });
  expect(declaration).toMatchObject({ weight: 'weight', group: 'shop', time: 'built' });
  // Each row is its own group, and still it is no identifier that nobody asked for.
  expect(declaration.columns.find(({ name }) => name === 'shop')?.kind).toBe('categorical');
});

it('refuses what is of no kind, all at once', () => {
  const mixed = rows.map((row, i) => ({
    ...row,
    area: i === 5 ? 'large' : row.area,
    on: i % 2 === 0,
    day: new Date(i),
  }));
  const infer = () => inferDeclaration(mixed, { target: 'rent' });
  expect(infer).toThrow(DataError);
  try {
    infer();
  } catch (error) {
    expect((error as DataError).issues.map(({ path, message }) => `${path} ${message.split(';')[0]}`)).toEqual([
      'area mixes values of number, string',
      'on has values of the type boolean',
      'day has values of the type Date',
    ]);
  }
});

it('refuses names that no record could have', () => {
  const camel = rows.map(({ rent, area }) => ({ floorArea: area, rent }));
  expect(() => inferDeclaration(camel, { target: 'rent' })).toThrow('the declaration is not a valid declaration');
});
