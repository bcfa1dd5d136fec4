import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../ml/core/random-stream.ts';
import { cells, decideRows, inTurns } from './decide-rows.ts';

const N = 400;
const random = new RandomStream(7);
const draw = (scale: number, decimals: number) =>
  cells(N, () => (scale * random.uniform() + scale / 10).toFixed(decimals));
const numbers = (texts: readonly string[]) => texts.map(Number);

/** What became of each column, and what is told of the target y. */
async function decided(columns: Readonly<Record<string, readonly string[]>>) {
  const { declaration, decisions } = await decideRows(columns, { target: 'y' });
  const kinds = Object.fromEntries(declaration.columns.map(({ name, kind }) => [name, kind]));
  const look = Object.fromEntries(decisions.map(({ column, look }) => [column, look.join()]));
  return { kinds, look, declaration };
}

const repair = draw(900, 2);
const other = draw(80, 2);
const third = draw(300, 2);
const colour = inTurns(N, 'red', 'green', 'blue', 'white', 'red');

describe('a target that is arithmetic of other columns', () => {
  const [a, b] = [repair, other].map(numbers) as [number[], number[]];
  const at = (values: readonly number[], i: number) => values[i] as number;

  it.each<[string, (i: number) => number, number, string]>([
    ['a sum', (i) => at(a, i) + at(b, i), 2, 'y = repair + other'],
    ['a difference', (i) => at(a, i) - at(b, i), 2, 'y = repair − other'],
    ['a mean', (i) => (at(a, i) + at(b, i)) / 2, 12, 'y = (repair + other) / 2'],
    ['a sum that is rounded', (i) => at(a, i) + at(b, i), 0, 'y = repair + other'],
    ['a product', (i) => at(a, i) * at(b, i), 2, 'y = repair × other'],
    ['a ratio', (i) => at(a, i) / at(b, i), 3, 'y = repair / other'],
    ['a share in percent', (i) => (100 * at(b, i)) / at(a, i), 4, 'y = 100 × other / repair'],
  ])('%s: its parts are kept out, and told', async (_, make, decimals, formula) => {
    const y = cells(N, (i) => Number(make(i).toFixed(decimals)));
    const { kinds, look, declaration } = await decided({ repair, other, third, colour, y });
    expect(kinds).toEqual({
      repair: 'leaking',
      other: 'leaking',
      third: 'numeric',
      colour: 'categorical',
      y: 'numeric',
    });
    expect(declaration.columns[0]).toMatchObject({ reason: `it is a part of the target: ${formula}` });
    expect(look.y).toContain(`${formula.slice(4)} in every row, so `);
    expect(declaration.assumed?.join()).toContain('no model is needed');
  });

  it('is only told where somebody must have chosen its numbers', async () => {
    const y = cells(N, (i) => (2.5 * at(a, i) + 0.3 * at(b, i) - 12).toFixed(2));
    const { kinds, look } = await decided({ repair, other, third, colour, y });
    expect(Object.values(kinds)).not.toContain('leaking');
    expect(look.y).toContain('it is 2.5 × repair + 0.3 × other − 12 in every row');
  });

  it('is only told where nothing else is there to predict from', async () => {
    const y = cells(N, (i) => (at(a, i) + at(b, i)).toFixed(2));
    const { kinds, look } = await decided({ repair, other, y });
    expect(Object.values(kinds)).toEqual(['numeric', 'numeric', 'numeric']);
    expect(look.y).toContain('it is repair + other in every row');
  });

  it('is found where a few rows are wrong or lack a part, and among many columns', async () => {
    const months = Object.fromEntries(Array.from({ length: 12 }, (_, m) => [`m${m + 1}`, draw(50 + m, 1)]));
    const lists = Object.values(months).map(numbers);
    const sum = (i: number) => lists.reduce((all, list) => all + at(list, i), 0).toFixed(1);
    const y = cells(N, (i) => (i === 9 || i === 259 ? 77.7 : sum(i)));
    const noise = Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`x${k}`, draw(10, 3)]));
    const m1 = months.m1?.map((text, i) => (i % 50 === 3 ? '' : text)) as string[];
    const { kinds } = await decided({ ...noise, ...months, m1, y });
    expect(
      Object.keys(kinds)
        .filter((name) => kinds[name] === 'leaking')
        .sort(),
    ).toEqual(Object.keys(months).sort());
  });

  it('is not what only nearly is', async () => {
    const y = cells(N, (i) => (at(a, i) + at(b, i) + 3 * random.uniform()).toFixed(2));
    const { kinds, look } = await decided({ repair, other, third, colour, y });
    expect(Object.values(kinds)).not.toContain('leaking');
    expect(look.y).toBe('');
  });

  it('counts yes as one', async () => {
    const [one, two, three] = [3, 5, 7].map((k) => cells(N, (i) => (((i * 7919) % 101) % k === 0 ? 1 : 0)));
    const y = cells(N, (i) => [one, two, three].reduce((sum, flags) => sum + Number(flags?.[i]), 0));
    const all = { one: one as string[], two: two as string[], three: three as string[], third, y };
    const { declaration } = await decideRows(all, { target: 'y', task: 'regression' });
    expect(declaration.columns.slice(0, 3).map(({ kind }) => kind)).toEqual(['leaking', 'leaking', 'leaking']);
  });
});

describe('a target in another form', () => {
  const y = repair;
  const wanted = numbers(y);

  it.each<[string, readonly string[], string]>([
    ['rounded', wanted.map((value) => value.toFixed(0)), 'more or fewer digits'],
    ['as a rounded logarithm', wanted.map((value) => Math.log(value).toFixed(2)), 'more or fewer digits'],
    ['as a class', wanted.map((value) => (value < 200 ? 'low' : value < 500 ? 'mid' : 'high')), 'its 3 values'],
    ['as the number of a class', wanted.map((value) => String(Math.floor(value / 120))), 'stands for a range'],
  ])('%s is kept out', async (_, form, reason) => {
    const { declaration } = await decided({ form, other, y });
    expect(declaration.columns[0]).toMatchObject({ kind: 'leaking', reason: expect.stringContaining(reason) });
  });

  it('as above or below a number is told', async () => {
    const { kinds, look } = await decided({ passed: wanted.map((value) => (value > 450 ? 'yes' : 'no')), other, y });
    expect(kinds.passed).toBe('yes_no');
    expect(look.passed).toContain('above a certain number');
  });

  it('as a column for each class is kept out, and a single one told', async () => {
    const classes = cells(N, () => ['a', 'b', 'c', 'd'][Math.floor(4 * random.uniform())] as string);
    const flag = (of: string) => classes.map((text) => (text === of ? '1' : '0'));
    const all = await decided({ is_a: flag('a'), is_b: flag('b'), is_c: flag('c'), other, y: classes });
    expect([all.kinds.is_a, all.kinds.is_b, all.kinds.is_c]).toEqual(['leaking', 'leaking', 'leaking']);
    const one = await decided({ is_a: flag('a'), other, y: classes });
    expect(one.kinds.is_a).toBe('yes_no');
    expect(one.look.is_a).toContain('one of its classes');
  });

  it('as the numbers that its classes are ranges of is told', async () => {
    const { kinds, look } = await decided({
      score: y,
      other,
      y: wanted.map((value) => (value > 450 ? 'good' : 'bad')),
    });
    expect(kinds.score).toBe('numeric');
    expect(look.score).toContain('each class of the target is a range of its numbers');
  });

  it('is not what it follows from with little besides, as in made-up data', async () => {
    const area = cells(N, (i) => 30 + ((i * 37) % 90));
    const rooms = cells(N, (i) => 1 + ((i * 7919) % 6));
    const price = cells(N, (i) => Number(area[i]) * 41 + (i % 11));
    const rent = cells(N, (i) => 100 * Number(rooms[i]) + (i % 40));
    const city = cells(N, (i) => ['Graz', 'Linz', 'Wien'][Number(rooms[i]) >> 1] ?? 'Wels');
    for (const columns of [
      { area, other, y: price },
      { rooms, other, y: rent },
      { city, other, y: rent },
    ])
      expect(Object.values((await decided(columns)).kinds)).not.toContain('leaking');
  });

  it('is not what grows with it from row to row', async () => {
    const total = cells(N, (i) => 1000 + i * i);
    const { kinds } = await decided({ year: cells(N, (i) => 1600 + i), other, y: total });
    expect(kinds.year).toBe('numeric');
  });
});

it('nothing is told of columns without a relation, whatever they are like', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
      const own = new RandomStream(seed);
      const rows = 60 + Math.floor(own.uniform() * 200);
      const column = (make: () => number | string) => cells(rows, make);
      const columns = {
        ...Object.fromEntries(
          Array.from({ length: 12 }, (_, k) => [`n${k}`, column(() => (own.uniform() * 10 ** (k % 4)).toFixed(k % 3))]),
        ),
        few: column(() => Math.floor(own.uniform() * 5)),
        flag: column(() => (own.uniform() < 0.3 ? 1 : 0)),
        rare: column(() => (own.uniform() < 0.02 ? 1 : 0)),
        text: column(() => ['a', 'b', 'c'][Math.floor(own.uniform() * 3)] as string),
        zeros: column(() => (own.uniform() < 0.9 ? 0 : Math.ceil(own.uniform() * 9))),
      };
      const targets = [
        column(() => (own.uniform() * 100).toFixed(1)),
        column(() => Math.floor(own.uniform() * 40)),
        column(() => (own.uniform() < 0.9 ? 0 : Math.ceil(own.uniform() * 30))),
        column(() => ['x', 'y', 'z'][Math.floor(own.uniform() * 3)] as string),
      ];
      for (const y of targets) {
        const { kinds, declaration } = await decided({ ...columns, y });
        if (Object.values(kinds).includes('leaking')) return false;
        if (/in every row;|in every row,|of the target|the target is/.test(declaration.assumed?.join() ?? ''))
          return false;
      }
      return true;
    }),
    { numRuns: 15, seed: 1 },
  );
});
