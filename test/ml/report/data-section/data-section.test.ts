import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { checkDeclaration, type Declaration } from '../../../../ml/data/declaration.ts';
import { ingest } from '../../../../ml/data/ingest.ts';
import { sliceRows } from '../../../../ml/data/table.ts';
import { analyseData } from '../../../../ml/report/data-section/analysis.ts';
import { dataSection } from '../../../../ml/report/data-section/data-section.ts';
import { drawPage } from '../../../../ml/report/html/page.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** Rows as a release has them: the last fifth is held out. */
async function rowsOf(declaration: Declaration, rows: readonly Row[]) {
  const { table } = await ingest(rows, declaration, { emptyColumns: 'allowed' });
  const learned = Math.floor(table.rows * 0.8);
  return { declaration, learned: sliceRows(table, 0, learned), held: sliceRows(table, learned, table.rows), seed: 1 };
}

const flats = checkDeclaration({
  name: 'flats',
  title: 'Flats',
  file: 'flats.csv',
  target: 'rent',
  columns: [
    { name: 'area', title: 'Area', kind: 'numeric', unit: 'm²' },
    { name: 'noise', title: 'Noise', kind: 'numeric' },
    { name: 'district', title: 'District', kind: 'categorical', levels: ['north', 'south', 'east'] },
    { name: 'built', title: 'Built', kind: 'date' },
    { name: 'rent', title: 'Rent', kind: 'numeric', unit: '€' },
  ],
});

function flatRows(count: number): Row[] {
  const random = createRandom(4);
  return Array.from({ length: count }, (_, i) => {
    const area = 20 + random.uniform() * 100;
    const district = ['north', 'south', 'east'][i % 3] as string;
    return {
      area,
      noise: i % 10 === 0 ? null : random.uniform(),
      district,
      built: `${1950 + (i % 70)}-01-01`,
      rent: i === 5 ? 100_000 : 10 * area + (district === 'south' ? 500 : 0),
    };
  });
}

describe('of a number', () => {
  test('counts rows, missing and repeated ones, and orders columns by what they say of the target', async () => {
    const rows = flatRows(500);
    const analysis = analyseData(await rowsOf(flats, [...rows, rows[499] as Row]));
    expect(analysis.rows).toEqual({ learned: 400, held: 101 });
    expect(analysis.duplicates).toEqual({ repeated: 1, across: 0 });
    expect(analysis.features.map(({ column }) => column.name)).toEqual(['area', 'district', 'built', 'noise']);
    const [area, , , noise] = analysis.features;
    expect(area?.association).toMatchObject({ measure: 'spearman' });
    expect(area?.association.value).toBeGreaterThan(0.7);
    expect(noise?.summary).toMatchObject({ rows: 400, missing: 40 });
    expect(analysis.target.outliers).toMatchObject({ count: 1, worst: [100_000] });
  });

  test('tells that held-out rows are like those learned from', async () => {
    const rows = flatRows(100);
    const analysis = analyseData(await rowsOf(flats, [...rows.slice(0, 80), ...rows.slice(0, 20)]));
    expect(analysis.duplicates.across).toBe(20);
  });

  test('takes the order that is given, where columns are in it', async () => {
    const analysis = analyseData({ ...(await rowsOf(flats, flatRows(100))), order: ['noise', 'built'] });
    expect(analysis.features.map(({ column }) => column.name)).toEqual(['noise', 'built', 'area', 'district']);
  });

  test('has the mean of the target by the values of a number, and boxes of it by those of a category', async () => {
    const analysis = analyseData(await rowsOf(flats, flatRows(600)));
    const [area, district] = ['area', 'district'].map(
      (name) => analysis.features.find(({ column }) => column.name === name)?.againstTarget,
    );
    if (area?.kind !== 'means' || district?.kind !== 'boxes') throw new Error('they are of other kinds');
    expect(area.points.length).toBeGreaterThan(8);
    expect(area.points.at(-1)?.mean).toBeGreaterThan(area.points[1]?.mean as number);
    expect(district.boxes.map(({ label }) => label)[0]).toBe('south');
  });
});

const leavers = (levels: readonly string[]) =>
  checkDeclaration({
    name: 'leavers',
    title: 'Leavers',
    file: 'leavers.csv',
    target: 'left',
    columns: [
      { name: 'calls', title: 'Calls', kind: 'numeric', step: 1 },
      { name: 'plan', title: 'Plan', kind: 'categorical', levels: ['small', 'large'] },
      { name: 'left', title: 'Left', kind: 'categorical', levels },
    ],
  });

describe('of classes', () => {
  test('has the share of the positive one of two, with what chance may make of it', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({
      calls: i % 10,
      plan: i % 2 === 0 ? 'small' : 'large',
      left: i % 10 >= 7 ? 'yes' : 'no',
    }));
    const analysis = analyseData({ ...(await rowsOf(leavers(['no', 'yes']), rows)), positive: 'yes' });
    const [calls, plan] = ['calls', 'plan'].map(
      (name) => analysis.features.find(({ column }) => column.name === name)?.againstTarget,
    );
    if (calls?.kind !== 'rates' || plan?.kind !== 'level_rates') throw new Error('they are of other kinds');
    expect(calls.points.map(({ share }) => share)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(plan.levels.map(({ label, share }) => [label, Number(share.toFixed(2))])).toEqual([
      ['large', 0.4],
      ['small', 0.2],
    ]);
    expect(plan.overall).toBeCloseTo(0.3, 12);
  });

  test('counts the rows of several by level, and by range of a number', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      calls: i % 3,
      plan: i % 2 === 0 ? 'small' : 'large',
      left: ['no', 'soon', 'yes'][i % 3] as string,
    }));
    const analysis = analyseData(await rowsOf(leavers(['no', 'soon', 'yes']), rows));
    expect(analysis.features[0]?.againstTarget).toEqual({
      kind: 'shares',
      groups: [
        { from: 0, to: 0, counts: [80, 0, 0] },
        { from: 1, to: 1, counts: [0, 80, 0] },
        { from: 2, to: 2, counts: [0, 0, 80] },
      ],
    });
  });
});

/** So many columns of numbers and of long levels, some of them missing. */
function wide(columns: number, rows: number) {
  const random = createRandom(2);
  const levels = Array.from({ length: 60 }, (_, i) => `a level with a long name, number ${i} of those that there are`);
  const named = Array.from({ length: columns }, (_, i) => ({
    name: `c${i}`,
    title: `Column number ${i} <b>`,
    ...(i % 3 === 0 ? { kind: 'categorical', levels } : { kind: 'numeric' }),
  }));
  const declaration = checkDeclaration({
    name: 'wide',
    title: 'Wide',
    file: 'wide.csv',
    target: 'y',
    columns: [...named, { name: 'y', title: 'Y', kind: 'numeric' }],
  });
  const values = Array.from({ length: rows }, () =>
    Object.fromEntries([
      ...named.map(({ name }, i) => [
        name,
        random.below(20) === 0
          ? null
          : i % 3 === 0
            ? (levels[random.below(60)] as string)
            : Math.exp(10 * random.uniform()),
      ]),
      ['y', random.uniform()],
    ]),
  );
  return rowsOf(declaration, values);
}

describe('however many columns there are', () => {
  test('is a page of less than a megabyte', async () => {
    const section = dataSection(await wide(200, 300));
    const page = drawPage({ title: 'Wide', sections: [section] });
    expect(page.length).toBeLessThan(700_000);
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(page).not.toContain('<b>');
  });

  test('has the same bytes for the same rows', async () => {
    const rows = await wide(10, 100);
    const draw = () => drawPage({ title: 'Wide', sections: [dataSection(rows)] });
    expect(draw()).toBe(draw());
  });
});

describe('of rows that say little', () => {
  const nothing = [1, 2, 3].map(() => ({ area: null, noise: null, district: null, built: null, rent: 5 }));
  test.each<[string, Row[]]>([
    ['a single row', [{ area: 1, noise: 2, district: 'north', built: '2020-01-01', rent: 3 }]],
    ['features that are all missing', nothing],
    [
      'values that are all the same',
      Array.from({ length: 20 }, () => ({ area: 1, noise: 0, district: 'east', built: '2020-01-01', rent: 3 })),
    ],
    [
      'numbers of any size',
      Array.from({ length: 20 }, (_, i) => ({
        area: i % 2 === 0 ? 1e300 : -1e300,
        noise: 1e-300 * i,
        district: 'east',
        built: '0001-01-01',
        rent: i * 1e299,
      })),
    ],
  ])('draws %s', async (_, rows) => {
    const page = drawPage({ title: 'Flats', sections: [dataSection(await rowsOf(flats, rows))] });
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });
});
