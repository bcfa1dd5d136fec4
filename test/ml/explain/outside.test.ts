import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../ml/core/random-stream.ts';
import { type Declaration, readDeclaration } from '../../../ml/data/declaration.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import { type Table, takeRows } from '../../../ml/data/table.ts';
import { fitDomain } from '../../../ml/explain/domain.ts';
import { outsideFinder } from '../../../ml/explain/outside.ts';
import { studentLines } from '../../fixtures/students/student-lines.ts';
import { temporaryFile } from '../../temporary.ts';

const cars: Declaration = {
  name: 'cars',
  title: 'Cars',
  file: 'cars.csv',
  target: 'price',
  columns: [
    { name: 'mileage', title: 'Mileage', kind: 'numeric', min: 0, unit: 'km' },
    { name: 'fuel', title: 'Fuel', kind: 'categorical', levels: ['petrol', 'diesel', 'gas'] },
    { name: 'sold', title: 'Sold', kind: 'date' },
    { name: 'doors', title: 'Doors', kind: 'numeric' },
    { name: 'price', title: 'Price', kind: 'numeric' },
  ],
};

/** Rows of four features; days since 1970. */
function table(rows: readonly (readonly [mileage: number, fuel: number, sold: number, doors: number])[]): Table {
  const column = (j: number) => Float64Array.from(rows, (row) => row[j] as number);
  const names = ['mileage', 'fuel', 'sold', 'doors'];
  return { rows: rows.length, columns: new Map(names.map((name, j) => [name, column(j)] as const)) };
}

describe('of a column is told', () => {
  const train = table([
    [412_000, 0, 19_000, Number.NaN],
    [8000, 1, 19_500, Number.NaN],
    [Number.NaN, 0, 20_000, Number.NaN],
  ]);
  const outsideOf = outsideFinder(fitDomain(cars, train, 1), cars);
  const told = (...row: Parameters<typeof table>[0][number]) => outsideOf(table([row]))[0];

  test('nothing, where all was learned from', () => {
    expect(told(8000, 1, 19_200, Number.NaN)).toEqual([]);
    expect(told(Number.NaN, 0, 20_000, Number.NaN)).toEqual([]);
  });

  test('nothing of the time of a record, which is later than all that was learned from', () => {
    const timed = { ...cars, time: 'sold' };
    const later = table([[8000, 1, 30_000, Number.NaN]]);
    expect(outsideFinder(fitDomain(timed, train, 1), timed)(later)[0]).toEqual([]);
    expect(outsideOf(later)[0]).toMatchObject([{ column: 'sold', reason: 'above' }]);
  });

  test('a number below or above all', () => {
    expect(told(900_000, 0, 19_200, Number.NaN)).toEqual([
      {
        column: 'mileage',
        reason: 'above',
        message: 'Mileage 900,000 km is above all that was learned from (at most 412,000 km)',
      },
    ]);
    expect(told(7999.5, 0, 19_200, Number.NaN)).toEqual([
      {
        column: 'mileage',
        reason: 'below',
        message: 'Mileage 7,999.5 km is below all that was learned from (at least 8,000 km)',
      },
    ]);
  });

  test('a date before or after all', () => {
    expect(told(8000, 0, 20_001, Number.NaN)).toEqual([
      {
        column: 'sold',
        reason: 'above',
        message: 'Sold 2024-10-05 is after all that was learned from (up to 2024-10-04)',
      },
    ]);
    expect(told(8000, 0, 0, Number.NaN)).toEqual([
      {
        column: 'sold',
        reason: 'below',
        message: 'Sold 1970-01-01 is before all that was learned from (from 2022-01-08 on)',
      },
    ]);
  });

  test('a level that no row has, and a value of a column that has none', () => {
    expect(told(8000, 2, 19_200, 5)).toEqual([
      { column: 'fuel', reason: 'unseen', message: 'Fuel gas is in no record that was learned from' },
      {
        column: 'doors',
        reason: 'unseen',
        message: 'Doors 5 was not learned from: it is missing in every such record',
      },
    ]);
  });

  test('a missing value where no row lacks one', () => {
    expect(told(8000, Number.NaN, 19_200, Number.NaN)).toEqual([
      { column: 'fuel', reason: 'unseen', message: 'Fuel is missing, as in no record that was learned from' },
    ]);
  });
});

test('of long numbers is told in short', () => {
  const train = table([
    [1 / 3, 0, 1, 1],
    [20_000 / 3, 0, 1, 1],
  ]);
  const [above] = outsideFinder(fitDomain(cars, train, 1), cars)(table([[7000.125, 0, 1, 1]]));
  expect(above?.[0]?.message).toBe('Mileage 7,000.125 km is above all that was learned from (at most 6,666.67 km)');
});

test('levels of rows of weight 0 were not learned from', async () => {
  const weighted: Declaration = {
    ...cars,
    weight: 'copies',
    columns: [
      ...cars.columns.filter(({ name }) => name === 'fuel' || name === 'price'),
      { name: 'copies', title: 'Copies', kind: 'numeric', min: 0 },
    ],
  };
  const lines = ['fuel,price,copies', 'petrol,1,1', 'diesel,2,2', 'gas,3,0'];
  const { table } = await ingest(temporaryFile(lines.join('\n')), weighted);
  const outsideOf = outsideFinder(fitDomain(weighted, table, 1), weighted);
  const told = outsideOf({ rows: 3, columns: new Map([['fuel', Float64Array.of(0, 1, 2)]]) });
  expect(told.map((each) => each.map(({ reason }) => reason))).toEqual([[], [], ['unseen']]);
});

const lonelyShare = (outside: readonly (readonly { reason: string }[])[]) =>
  outside.filter((each) => each.some(({ reason }) => reason === 'few-neighbours')).length / outside.length;

describe('few neighbours', async () => {
  const declaration = await readDeclaration('test/fixtures/students');
  const students = async (seed: number) =>
    (await ingest(temporaryFile(studentLines(seed).join('\n')), declaration)).table;
  const learnFrom = async (seed: number) => {
    const learned = takeRows(
      await students(seed),
      Uint32Array.from({ length: 800 }, (_, i) => i),
    );
    return outsideFinder(fitDomain(declaration, learned, seed), declaration);
  };

  test('have about 1 % of fresh students, over ten seeds', async () => {
    const shares: number[] = [];
    for (let seed = 1; seed <= 10; seed++)
      shares.push(lonelyShare((await learnFrom(seed))(await students(100 + seed))));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.003);
    expect(mean).toBeLessThan(0.02);
  });

  test('has a student whose two scores, each ordinary, do not go together', async () => {
    const outsideOf = await learnFrom(1);
    const some = await students(7);
    const far = { ...some, columns: new Map(some.columns) };
    far.columns.set(
      'reading_score',
      Float64Array.from({ length: some.rows }, (_, i) => (i % 2 === 0 ? 90 : 45)),
    );
    far.columns.set(
      'writing_score',
      Float64Array.from({ length: some.rows }, (_, i) => (i % 2 === 0 ? 45 : 90)),
    );
    expect(lonelyShare(outsideOf(far))).toBeGreaterThan(0.95);
  });
});

describe('in the plane', () => {
  const plane: Declaration = {
    name: 'plane',
    title: 'Plane',
    file: 'plane.csv',
    target: 'y',
    columns: [
      { name: 'u', title: 'U', kind: 'numeric' },
      { name: 'v', title: 'V', kind: 'numeric' },
      { name: 'y', title: 'Y', kind: 'numeric' },
    ],
  };
  const points = (rows: number, seed: number, draw: (random: RandomStream) => readonly [number, number]): Table => {
    const random = new RandomStream(seed);
    const drawn = Array.from({ length: rows }, () => draw(random));
    const column = (j: 0 | 1) => Float64Array.from(drawn, (point) => point[j]);
    return {
      rows,
      columns: new Map([
        ['u', column(0)],
        ['v', column(1)],
        ['y', new Float64Array(rows)],
      ]),
    };
  };
  const at = (u: number, v: number) => points(1, 1, () => [u, v]);
  const learnFrom = (train: Table) => outsideFinder(fitDomain(plane, train, 1), plane);

  test('a gap between two clusters has few neighbours, and so have their crossings', () => {
    const draw = (random: RandomStream): [number, number] => {
      const centre = random.below(2) === 0 ? 0 : 10;
      return [centre + random.normal(), centre + random.normal()];
    };
    const outsideOf = learnFrom(points(500, 1, draw));
    for (const [u, v] of [
      [5, 5],
      [0, 10],
      [10, 0],
    ] as const)
      expect(lonelyShare(outsideOf(at(u, v)))).toBe(1);
    for (const [u, v] of [
      [0, 0],
      [10, 10],
      [1, -1],
    ] as const)
      expect(lonelyShare(outsideOf(at(u, v)))).toBe(0);
    expect(lonelyShare(outsideOf(points(3000, 2, draw)))).toBeLessThan(0.03);
  });

  test('a point inside of a ring has few neighbours', () => {
    const draw = (random: RandomStream): [number, number] => {
      const angle = 2 * Math.PI * random.uniform();
      const radius = 10 + 0.5 * random.normal();
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    };
    const outsideOf = learnFrom(points(600, 1, draw));
    expect(lonelyShare(outsideOf(at(0, 0)))).toBe(1);
    expect(lonelyShare(outsideOf(points(3000, 2, draw)))).toBeLessThan(0.03);
  });

  test('no point is lonely where columns have nothing to do with each other', () => {
    const draw = (random: RandomStream): [number, number] => [random.uniform(), random.uniform()];
    const outsideOf = learnFrom(points(600, 1, draw));
    expect(lonelyShare(outsideOf(points(3000, 2, draw)))).toBeLessThan(0.01);
  });

  test('whole numbers are not told by their digits', () => {
    const draw = (random: RandomStream): [number, number] => {
      const rooms = 1 + random.below(8);
      return [rooms, 20 * rooms + random.below(15)];
    };
    const outsideOf = learnFrom(points(600, 1, draw));
    expect(lonelyShare(outsideOf(at(8, 30)))).toBe(1);
    expect(lonelyShare(outsideOf(at(1, 165)))).toBe(1);
    expect(lonelyShare(outsideOf(points(3000, 2, draw)))).toBeLessThan(0.03);
  });

  test('few rows say nothing of neighbours', () => {
    const train = points(40, 1, (random) => [random.normal(), random.normal()]);
    expect(fitDomain(plane, train, 1).density).toBeNull();
  });
});
