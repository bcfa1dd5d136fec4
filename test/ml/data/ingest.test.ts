import { describe, expect, test } from 'vitest';
import type { DataError } from '../../../ml/core/errors.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import { columnOf, tableLines, withoutTexts } from '../../../ml/data/table.ts';
import { houseHeader, houses } from '../../houses.ts';
import { panel, panelHeader } from '../../panel.ts';
import { temporaryFile } from '../../temporary.ts';

const ingestText = (text: string) => ingest(temporaryFile(text), houses);
const failure = (text: string): Promise<DataError> =>
  ingestText(text).then(
    () => expect.unreachable(),
    (error) => error,
  );

test('cells become numbers and level indices, under their declared names', async () => {
  const { table, dropped, ignored } = await ingestText(`${houseHeader}\n50,2,heat pump,140\n 60.5 ,3,gas,150\n`);
  expect(Object.fromEntries(houses.columns.map(({ name }) => [name, columnOf(table, name)]))).toEqual({
    area: Float64Array.of(50, 60.5),
    rooms: Float64Array.of(2, 3),
    heating: Float64Array.of(1, 0),
    price: Float64Array.of(140, 150),
  });
  expect({ dropped, ignored }).toEqual({ dropped: 0, ignored: [] });
});

test('columns may stand in any order, be written otherwise, and be more than are declared', async () => {
  const { table, ignored } = await ingestText('Price,owner,HEATING,Rooms,Area\n140,Ann,gas,2,50\n');
  expect(columnOf(table, 'area')).toEqual(Float64Array.of(50));
  expect(columnOf(table, 'price')).toEqual(Float64Array.of(140));
  expect(ignored).toEqual(['owner']);
});

test('an empty feature is missing; a row without a target is dropped, and keeps its number in the file', async () => {
  const data = await ingestText(`${houseHeader}\n50,,gas,140\n60,3,,\n70,3, ,160\n`);
  expect(data.table.rows).toBe(2);
  expect(data.dropped).toBe(1);
  expect(columnOf(data.table, 'rooms')).toEqual(Float64Array.of(Number.NaN, 3));
  expect(columnOf(data.table, 'heating')).toEqual(Float64Array.of(0, Number.NaN));
  expect([...data.fileRows]).toEqual([0, 2]);
  expect(data.fileRowCount).toBe(3);
});

describe('a weight', () => {
  const weighted: Declaration = {
    ...houses,
    weight: 'copies',
    columns: [...houses.columns, { name: 'copies', title: 'Copies', kind: 'numeric' }],
  };
  const read = (...rows: string[]) =>
    ingest(temporaryFile([`${houseHeader},copies`, ...rows, ''].join('\n')), weighted);
  const refusal = (...rows: string[]): Promise<DataError> =>
    read(...rows).then(
      () => expect.unreachable(),
      (error) => error,
    );

  test('of 0 leaves its row out, which keeps its number in the file', async () => {
    const { table, weightless, dropped, fileRows } = await read('50,2,gas,140,0.5', '60,3,gas,150,0', '70,3,gas,160,2');
    expect(columnOf(table, 'copies')).toEqual(Float64Array.of(0.5, 2));
    expect({ weightless, dropped, fileRows: [...fileRows] }).toEqual({ weightless: 1, dropped: 0, fileRows: [0, 2] });
  });

  test('below 0, or missing, is refused with its line and what to do', async () => {
    const { issues } = await refusal('50,2,gas,140,1', '60,3,gas,150,-1', '70,3,gas,160,', '70,3,gas,160,?');
    expect(issues).toEqual([
      { path: 'line 3, copies', message: '"-1" is not a number of at least 0' },
      {
        path: 'line 4, copies',
        message: '"" is no weight; each row needs one: 1 counts once, 2 as the row twice, 0 not at all',
      },
      {
        path: 'line 5, copies',
        message: '"?" stands for "not known"; leave such cells empty, or declare the text in "missing"',
      },
    ]);
  });

  test('does not matter where the target is empty', async () => {
    expect((await read('50,2,gas,140,1', '60,3,gas,,')).dropped).toBe(1);
  });

  test('of 0 in every row is refused', async () => {
    expect((await refusal('50,2,gas,140,0', '60,3,gas,150,0')).message).toMatch(
      /the weight copies is 0 in every row: none of them counts$/,
    );
  });
});

describe('dates, identifiers and times', () => {
  const ingestPanel = (...rows: string[]) => ingest(temporaryFile([panelHeader, ...rows, ''].join('\n')), panel);

  test('dates are days, identifiers are numbered, and both are written as they were', async () => {
    const rows = [
      '007,2024-02-29,50,yes,140',
      '7,2024-01-01,60,no,150',
      ' 007 ,2024-03-01,,no,150',
      ',2024-03-01,70,no,160',
    ];
    const { table } = await ingestPanel(...rows);
    expect(columnOf(table, 'month')).toEqual(Float64Array.of(19_782, 19_723, 19_783, 19_783));
    expect(columnOf(table, 'shop')).toEqual(Float64Array.of(0, 1, 0, Number.NaN));
    expect([...tableLines(panel, table)].slice(1).map((cells) => cells.join())).toEqual(
      rows.map((row) => row.replaceAll(' ', '')),
    );
    const { texts, ...numbers } = table;
    expect(
      Array.from(texts ?? [], ([name, kept]) => [name, Array.from({ length: kept.length }, (_, i) => kept.at(i))]),
    ).toEqual([['shop', ['007', '7']]]);
    expect(withoutTexts(table)).toEqual(numbers);
  });

  test.each([
    [
      '31.12.2024',
      /^"31.12.2024" is not a date as YYYY-MM-DD, from .*; write dates as 2024-01-31: year, month, day, or declare the "format" that they have$/,
    ],
    ['2024-02-30', /is not a date .*; write dates as/],
    ['2024-01-31T10:00', /; declare "format": "date-time" where there is a time of day$/],
    ['2019-12-31', /^"2019-12-31" is not a date as YYYY-MM-DD, from 2020-01-01 to 2029-12-31$/],
    ['n/a', /; where it stands for "not known", leave the cell empty, or declare it in "missing"$/],
    [
      '',
      /^"" is no time; each row needs one, since rows are held out by it: fill it in, or leave the row out of the file$/,
    ],
  ])('%j is refused where a date is needed', async (cell, message) => {
    const error = await ingestPanel(`1,${cell},50,yes,140`).catch((error) => error);
    expect(error.issues).toEqual([{ path: 'line 2, month', message: expect.stringMatching(message) }]);
  });

  test('a row that does not count needs no time', async () => {
    const weighted = { ...panel, weight: 'area', group: undefined };
    const { weightless } = await ingest(temporaryFile(`${panelHeader}\n1,,0,yes,140\n2,2024-01-01,50,no,120\n`), {
      ...weighted,
      columns: panel.columns.map((column) => (column.kind === 'numeric' ? { ...column, min: 0 } : column)),
    });
    expect(weightless).toBe(1);
  });

  test('a date that is not the time may be missing', async () => {
    const { time, ...timeless } = panel;
    const { table } = await ingest(temporaryFile(`${panelHeader}\n1,,50,yes,140\n2,2024-01-01,50,no,120\n`), timeless);
    expect(columnOf(table, 'month')).toEqual(Float64Array.of(Number.NaN, 19_723));
  });
});

test('a level matches however its accents are written', async () => {
  const column = { name: 'place', title: 'Place', kind: 'categorical', levels: ['Orl\u00e9ans', 'Paris'] } as const;
  const declaration = { ...houses, columns: [...houses.columns, { ...column, levels: [...column.levels] }] };
  const file = temporaryFile(`${houseHeader},place\n50,2,gas,140,Orle\u0301ans\n50,2,gas,140, Orl\u00e9ans \n`);
  expect(columnOf((await ingest(file, declaration)).table, 'place')).toEqual(Float64Array.of(0, 0));
});

test('every bad cell is reported in one go, with line, column, value and what is allowed', async () => {
  const error = await failure(
    `${houseHeader}\n50,2,oil,140\n600,2.5,gas,140\n"5\n0",2,gas,x\n50,2,gas\n0x10,2,gas,1e2\n`,
  );
  expect(error.issues).toEqual([
    { path: 'line 2, heating', message: '"oil" is not one of: gas, heat pump, none' },
    { path: 'line 3, area', message: '"600" is not a number from 10 to 500' },
    { path: 'line 3, rooms', message: '"2.5" is not a whole number from 1 to 20' },
    { path: 'line 4, area', message: '"5\\n0" is not a number from 10 to 500' },
    { path: 'line 4, price', message: '"x" is not a number of at least 0' },
    { path: 'line 6', message: '3 cells where the header has 4' },
    { path: 'line 7, area', message: '"0x10" is not a number from 10 to 500' },
  ]);
  expect(error.message).toContain('7 problems; nothing was written');
});

describe('problems of one kind are told in one sentence', () => {
  const year = { name: 'year', title: 'Year', kind: 'numeric', min: 1900 } as const;
  const withYear = { ...houses, columns: [...houses.columns, year] };
  const issues = (cells: string[]) =>
    ingest(
      temporaryFile([`${houseHeader},year`, ...cells.map((cell) => `50,2,gas,1,${cell}`)].join('\n')),
      withYear,
    ).then(
      () => expect.unreachable(),
      ({ message, issues, total }) => ({ message, issues, total }),
    );

  test('up to three one by one, more together, the most frequent first', async () => {
    const error = await failure(
      `${houseHeader}\n${'50,2,rde,1\n'.repeat(3)}${'50,2,blu,1\n'.repeat(5)}${'50,2,gas,x\n'.repeat(3)}50,2,gas,1\n`,
    );
    expect(error.message).toContain('11 problems; nothing was written');
    expect(error.issues).toEqual([
      {
        path: 'heating',
        message:
          '8 values are not one of: gas, heat pump, none: "blu" (5 times, first on line 5), "rde" (3 times, first on line 2)',
      },
      ...[10, 11, 12].map((line) => ({ path: `line ${line}, price`, message: '"x" is not a number of at least 0' })),
    ]);
  });

  test.each([
    [
      ['2020-01-31', '2020-02-01', '31/1/2021', '1.2.1999'],
      /^all 4 values look like dates: "2020-01-31" \(on line 2\).*leave the column out/,
    ],
    [['NA', 'n/a', '-', 'NULL', '?'], /^all 5 values stand for "not known".*leave such cells empty/],
    [['"1,999"', '"2,000"', '2 001', '"2.002,5"'], /commas or spaces among their digits.*write 1234\.5/],
    [['1999 AD', '$1999', '5%', '1999€'], /a unit or a sign beside the number/],
    [
      ['123456789012345678', '123456789012345679', '9007199254740993', '-1234567890123456789'],
      /more digits than a number keeps.*identifier/,
    ],
    [['1e400', '-1e400', '1e-400', '9e999'], /beyond what a number can hold/],
    [
      ['1', '2', '3', '1899.5'],
      /^all 4 values are not a number of at least 1,900: "1" \(on line 2\), .*"1899\.5" \(on line 5\)$/,
    ],
    [['a', 'b', 'c', 'd', 'e'], /are not a number of at least 1,900: "a" .*"d" \(on line 5\), …$/],
  ])('%j', async (cells, message) => {
    const { issues: found } = await issues(cells);
    expect(found).toEqual([{ path: 'year', message: expect.stringMatching(message) }]);
  });

  test('rows of another width too', async () => {
    expect((await failure(`${houseHeader}\n${'50,2\n'.repeat(40)}`)).issues).toEqual([
      { path: '', message: '40 rows: 2 cells where the header has 4, first on line 2' },
    ]);
  });

  test('more than 20 kinds are counted', async () => {
    const columns = Array.from({ length: 25 }, (_, i) => ({ name: `x${i}`, title: 'X', kind: 'numeric' }) as const);
    const header = columns.map(({ name }) => name).join(',');
    const file = temporaryFile(`${header}\n${columns.map(() => 'x').join(',')}\n`);
    const error = await ingest(file, { ...houses, target: 'x0', columns: [...columns] }).catch((e) => e);
    expect(error.issues).toHaveLength(20);
    expect(error.total).toBe(25);
  });
});

test('decimals with more digits than a double keeps are read, and told', async () => {
  const { table, rounded } = await ingestText(
    `${houseHeader}\n50.12345678901234567891,2,gas,1\n50.5,2,gas,1\n0.1e3,2,gas,0.30000000000000004\n`,
  );
  expect(columnOf(table, 'area')).toEqual(Float64Array.of(50.123456789012344, 50.5, 100));
  expect(rounded).toEqual([
    'area: 1 number has more digits than are kept: 50.12345678901234567891 on line 2 is read as 50.123456789012344',
  ]);
});

describe('a file that cannot be used says why', () => {
  test.each([
    ['empty', '', /is empty/],
    ['a header alone', `${houseHeader}\n`, /has a header and no rows/],
    ['no target anywhere', `${houseHeader}\n50,2,gas,\n`, /target price is empty in every row/],
  ])('%s', async (_, text, message) => {
    expect((await failure(text)).message).toMatch(message);
  });

  test('columns that are missing or there twice, all at once', async () => {
    expect((await failure('area,Area,heating\n1,2,gas\n')).issues).toEqual([
      { path: 'area', message: 'twice in the header: "area" and "Area"; rename or remove one' },
      { path: 'rooms, price', message: 'no such column in the header' },
    ]);
  });

  test('another separator', async () => {
    expect((await failure('area;rooms;heating;price\n1;2;gas;3\n')).message).toMatch(
      /separated by ";", where commas are needed/,
    );
  });

  test('a feature that is empty everywhere', async () => {
    expect((await failure(`${houseHeader}\n50,,gas,1\n60,,gas,2\n`)).issues).toEqual([
      { path: 'rooms', message: 'empty in every row; take it out of the declaration' },
    ]);
  });
});
