import { describe, expect, it } from 'vitest';
import { houseHeader, houses } from '../../houses.ts';
import { checkCsv, csvOf, drawnHouses, findingsOf, type House, verdictsOf } from './checked-houses.ts';

const rows = drawnHouses(200, 1);
const csv = csvOf(rows);
const withRow = (...extra: House[]) => csvOf([...rows, ...extra]);

describe('a file without a release to compare it with', () => {
  it('is ok where it is as declared, and says that nothing was compared', async () => {
    const result = await checkCsv(csv);
    expect(findingsOf(result)).toEqual([]);
    expect(result).toMatchObject({ verdict: 'ok', rows: 200, independent: 200, against: null, dropped: 0 });
    expect(result.notes).toEqual(['there is no release to compare with: the declaration alone is checked']);
    expect(result.columns.map(({ name, drift }) => [name, drift])).toEqual(
      houses.columns.map(({ name }) => [name, null]),
    );
  });

  it('fails by its schema: cells of another kind, by column, and goes on', async () => {
    const result = await checkCsv(withRow(['large', 3, 'gas', 1], [50, 3, 'gas', 'much'], [50, 3, 'coal', 90]));
    expect(findingsOf(result)).toEqual([
      'schema area: line 202: "large" is not a number from 10 to 500',
      'schema price: line 203: "much" is not a number of at least 0',
      'levels heating: line 204: "coal" is not one of: gas, heat pump, none',
    ]);
    expect(verdictsOf(result)).toEqual({ area: 'fail', rooms: 'ok', heating: 'fail', price: 'fail' });
    expect(result.verdict).toBe('fail');
  });

  it('tells rows of another width, and columns that nothing declares', async () => {
    const broken = await checkCsv(`${csv}1,2,3\n`);
    expect(findingsOf(broken)).toEqual(['schema –: line 202: 3 cells where the header has 4']);
    const more = await checkCsv(
      csv.replaceAll(/$/gm, (_, at) => (at === csv.length ? '' : at < 30 ? ',colour' : ',red')),
    );
    expect(findingsOf(more)).toEqual(['schema –: no column is declared for: colour']);
    expect(more.verdict).toBe('look');
  });

  it('fails where a column is missing or there twice, and checks the others', async () => {
    const missing = await checkCsv(csv.replace('rooms', 'chambers').replace(/^20,.*$/m, ''));
    expect(verdictsOf(missing)).toMatchObject({ area: 'ok', rooms: 'fail', heating: 'ok' });
    expect(findingsOf(missing)).toContain('schema –: rooms: no such column in the header');
    const twice = await checkCsv(csv.replace(houseHeader, 'area,rooms,area,price'));
    expect(findingsOf(twice)).toContain('schema –: area: twice in the header: "area" and "area"; rename or remove one');
    expect(findingsOf(twice)).toContain('schema –: heating: no such column in the header');
    expect(verdictsOf(twice)).toEqual({ area: 'fail', rooms: 'ok', heating: 'fail', price: 'ok' });
  });

  it('is ok without a column that is not even read', async () => {
    const note = { name: 'note', title: 'Note', kind: 'text' } as const;
    const result = await checkCsv(csv, { dataset: { ...houses, columns: [...houses.columns, note] } });
    expect(result.columns.at(-1)).toMatchObject({ name: 'note', verdict: 'ok', reasons: [], missing: { share: null } });
    expect(result.verdict).toBe('ok');
  });

  it('calls a column without a header by its place', async () => {
    const unnamed = csv.replaceAll(/$/gm, (_, at) => (at === csv.length ? '' : ','));
    expect(findingsOf(await checkCsv(unnamed))).toEqual(['schema –: no column is declared for: column 5 (no header)']);
  });

  it('says what no column is: none that is declared, another separator, no rows', async () => {
    expect(findingsOf(await checkCsv('a,b\n1,2\n'))[0]).toContain('has none of the columns that are declared');
    expect(findingsOf(await checkCsv(csv.replaceAll(',', ';')))[0]).toContain('cells separated by ";"');
    expect(findingsOf(await checkCsv(`${houseHeader}\n`))).toEqual(['schema –: a header and no rows']);
  });

  it('fails by its ranges apart from its schema', async () => {
    const result = await checkCsv(withRow([900, 2, 'gas', 5], [50, 2.5, 'gas', 5]));
    expect(findingsOf(result)).toEqual([
      'ranges area: line 202: "900" is not a number from 10 to 500',
      'ranges rooms: line 203: "2.5" is not a whole number from 1 to 20',
    ]);
    expect((await checkCsv(withRow([900, 2, 'gas', 5]), { failOn: ['schema'] })).verdict).toBe('look');
  });

  it('fails where a column is empty, and looks where most of it is', async () => {
    const empty = await checkCsv(csvOf(rows.map(([area, , heating, price]) => [area, '', heating, price])));
    expect(findingsOf(empty)).toEqual(['missing rooms: empty in every row; take it out of the declaration']);
    const most = await checkCsv(csvOf(rows.map(([area, rooms, ...rest], i) => [area, i % 3 ? '' : rooms, ...rest])));
    expect(findingsOf(most)).toEqual(['missing rooms: 67 % of its values are missing']);
    expect(most.columns[1]?.missing.share).toBeCloseTo(133 / 200, 12);
  });

  it('leaves out rows without a target, as training does', async () => {
    const some = await checkCsv(
      csvOf(rows.map(([area, rooms, heating, price], i) => [area, rooms, heating, i < 10 ? '' : price])),
    );
    expect(some).toMatchObject({ verdict: 'ok', rows: 200, dropped: 10, independent: 190 });
    const none = await checkCsv(csvOf(rows.map(([area, rooms, heating]) => [area, rooms, heating, ''])));
    expect(findingsOf(none)).toEqual(['missing price: empty in every row: there is nothing to learn from']);
  });

  it('tells rows that repeat others, and fails by them only where asked', async () => {
    const twice = csvOf([...rows, ...rows.slice(0, 50)]);
    const result = await checkCsv(twice);
    expect(findingsOf(result)).toEqual(['duplicates –: 50 rows (20 %) repeat an earlier one in every column']);
    expect(result.verdict).toBe('look');
    expect((await checkCsv(twice, { failOn: ['duplicates'] })).verdict).toBe('fail');
  });

  it('tells rows that differ in their class alone; of numbers that is noise', async () => {
    const contradicting = csvOf([...rows, ...rows.slice(0, 50).map(([a, b, c, d]): House => [a, b, c, Number(d) + 1])]);
    expect(findingsOf(await checkCsv(contradicting))).toEqual([]);
    const classes = { ...houses, target: 'heating' };
    const heated = csvOf([
      ...rows,
      ...rows.slice(0, 50).map(([a, b, c, d]): House => [a, b, c === 'gas' ? 'none' : 'gas', d]),
    ]);
    expect(findingsOf(await checkCsv(heated, { dataset: classes }))).toEqual([
      'duplicates –: 50 rows (20 %) have the features of an earlier one, and another heating',
    ]);
  });

  it('fails where the target never varies, and looks where a class has no rows', async () => {
    const flat = await checkCsv(csvOf(rows.map(([area, rooms, heating]) => [area, rooms, heating, 7])));
    expect(findingsOf(flat)).toEqual(['target price: it is the same in every row: there is nothing to learn']);
    const classes = { ...houses, target: 'heating' };
    const gas = rows.filter(([, , heating]) => heating !== 'none');
    expect(findingsOf(await checkCsv(csvOf(gas), { dataset: classes }))).toEqual([
      'target heating: no row is of the class none',
    ]);
  });

  it('checks rows in memory, and tells how far it is', async () => {
    const objects = Array.from({ length: 25_000 }, (_, i) => ({
      area: 20 + (i % 400),
      rooms: 1 + (i % 9),
      heating: 'gas',
      price: i,
    }));
    const told: [rows: number, of: string][] = [];
    const result = await checkCsv('', { data: objects, onProgress: (count, of) => told.push([count, of]) });
    expect(told).toEqual([
      [10_000, 'data'],
      [20_000, 'data'],
    ]);
    expect(result).toMatchObject({ verdict: 'ok', rows: 25_000 });
  });

  it('counts groups and weights, not rows', async () => {
    const columns = [...houses.columns, { name: 'street', title: 'Street', kind: 'identifier' as const }];
    const grouped = { ...houses, group: 'street', columns };
    const lines = rows.map((row, i) => [...row, `street ${i % 20}`].join(','));
    const text = [`${houseHeader},street`, ...lines, ''].join('\n');
    const result = await checkCsv(text, { dataset: grouped });
    expect(result.independent).toBeCloseTo(20, 12);
    expect(result.notes).toContain('by groups of street, its rows tell as much as 20 independent ones');
    const weighted = { ...houses, weight: 'price' };
    // Of one house each price, and so the weight; the target is another.
    const byWeight = await checkCsv(csv, { dataset: { ...weighted, target: 'area' } });
    expect(byWeight.independent).toBeLessThan(200);
  });
});
