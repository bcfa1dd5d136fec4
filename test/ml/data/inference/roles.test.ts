import { describe, expect, it } from 'vitest';
import { checkDeclaration } from '../../../../ml/data/declaration.ts';
import { cells, decideRows, inTurns } from './decide-rows.ts';

const N = 400;
const day = cells(N, (i) => new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10));
const smooth = cells(N, (i) => (20 + 10 * Math.sin(i / 30) + (i % 3) / 10).toFixed(2));
const rough = cells(N, (i) => ((i * 7919) % 499) / 10);
const other = cells(N, (i) => ((i * 104_729) % 997) / 10);

describe('time', () => {
  it('is the date by which rows are ordered, where rows beside each other are alike', async () => {
    const { declaration } = await decideRows({ day, other, y: smooth }, { target: 'y' });
    expect(declaration.time).toBe('day');
    expect(declaration.assumed?.join()).toContain('day is the time');
  });

  it('is only told where they are not alike', async () => {
    const { declaration, decisions } = await decideRows({ day, other, y: rough }, { target: 'y' });
    expect(declaration.time).toBeUndefined();
    expect(decisions[0]?.look).toEqual([expect.stringContaining('"time": "day"')]);
  });

  it('is told of numbers that say when, by which rows are ordered', async () => {
    const year = cells(N, (i) => 1990 + Math.floor(i / 40));
    const { declaration, decisions } = await decideRows({ year, other, y: smooth }, { target: 'y' });
    expect(declaration.time).toBeUndefined();
    expect(decisions[0]?.look).toEqual([expect.stringContaining('"time": "year"')]);
  });

  it('is nothing in another order, and nothing where somebody says so', async () => {
    const turned = [...day.slice(200), ...day.slice(0, 200)];
    expect((await decideRows({ day: turned, other, y: smooth }, { target: 'y' })).declaration.time).toBeUndefined();
    const { declaration, decisions } = await decideRows({ day, other, y: smooth }, { target: 'y', time: null });
    expect(declaration.time).toBeUndefined();
    expect(decisions[0]?.look).toEqual([]);
  });
});

describe('group', () => {
  const patients = cells(N, (i) => `P${1000 + Math.floor(i / 8)}`);

  it('is someone who has several rows', async () => {
    const { declaration } = await decideRows({ patient_id: patients, other, y: rough }, { target: 'y' });
    expect(declaration.group).toBe('patient_id');
    expect(declaration.columns[0]).toMatchObject({ kind: 'identifier' });
  });

  it('is only told of something else', async () => {
    const shops = cells(N, (i) => 100 + (i % 40));
    const { declaration, decisions } = await decideRows({ shop_id: shops, other, y: rough }, { target: 'y' });
    expect(declaration.group).toBeUndefined();
    expect(decisions[0]?.look.join()).toContain('"group": "shop_id"');
  });

  it('is what somebody says, and keeps every text', async () => {
    const shops = cells(N, (i) => `shop ${i % 150}`);
    const { declaration } = await decideRows({ shop: shops, other, y: rough }, { target: 'y', group: 'Shop' });
    expect(declaration).toMatchObject({ group: 'shop', columns: [{ kind: 'identifier' }, {}, {}] });
  });
});

it.each([
  ['0 and 1', cells(N, (i) => i % 2)],
  ['one number', cells(N, () => 2)],
  ['thousandths', cells(N, (i) => (i % 7) / 1000)],
])('a weight of %s is a number', async (_, weight) => {
  const { declaration } = await decideRows({ weight, other, y: rough }, { target: 'y', weight: 'weight' });
  expect(declaration.weight).toBe('weight');
  expect(checkDeclaration(declaration).columns[0]).toMatchObject({ name: 'weight', kind: 'numeric' });
});

it('a weight of texts is refused, with what to do', async () => {
  const weight = cells(N, (i) => 'abc'[i % 3] as string);
  await expect(decideRows({ weight, other, y: rough }, { target: 'y', weight: 'weight' })).rejects.toThrow(
    /the weight weight has texts that are no numbers.*name another column by --weight/,
  );
});

it('weights are never guessed', async () => {
  const weight = cells(N, (i) => 1 + (i % 3));
  expect((await decideRows({ weight, y: rough }, { target: 'y' })).declaration.weight).toBeUndefined();
  const { declaration } = await decideRows({ weight, other, y: rough }, { target: 'y', weight: 'weight' });
  expect(declaration.weight).toBe('weight');
  expect(declaration.columns[0]).toMatchObject({ min: 0 });
});

describe('leaks', () => {
  const y = rough;
  it.each([
    ['a copy', y, 'a copy of the target'],
    ['another unit', y.map((text) => (Number(text) * 1.8 + 32).toFixed(2)), 'another unit or scale'],
    ['the opposite order', y.map((text) => String(-(Number(text) ** 3))), 'another unit or scale'],
  ])('%s of a number is kept out', async (_, texts, reason) => {
    const { declaration } = await decideRows({ twin: texts, other, y }, { target: 'y' });
    expect(declaration.columns[0]).toMatchObject({ kind: 'leaking', reason: expect.stringContaining(reason) });
  });

  it('a code of classes is kept out', async () => {
    const wanted = cells(N, (i) => ['a', 'b', 'c'][(i * 7919) % 3] as string);
    const code = wanted.map((text) => ({ a: '31', b: '12', c: '55' })[text] as string);
    const { declaration } = await decideRows({ code, other, wanted }, { target: 'wanted' });
    expect(declaration.columns[0]).toMatchObject({ kind: 'leaking' });
  });

  it('what nearly says it is told', async () => {
    const net = y.map((text, i) => (Number(text) * 0.8 + (i % 7) / 50).toFixed(3));
    const { declaration, decisions } = await decideRows({ net, other, y }, { target: 'y' });
    expect(declaration.columns[0]?.kind).toBe('numeric');
    expect(decisions[0]?.look.join()).toContain("of the target's variance");
  });

  it('a good column is nothing to look at', async () => {
    const good = y.map((text, i) => (Number(text) + ((i * 31) % 41) / 2).toFixed(1));
    const { decisions } = await decideRows({ good, other, y }, { target: 'y' });
    expect(decisions.map(({ look }) => look.length)).toEqual([0, 0, 0]);
  });

  it('of what is the only column nothing is kept out', async () => {
    const { declaration } = await decideRows({ twin: y, y }, { target: 'y' });
    expect(declaration.columns[0]?.kind).toBe('numeric');
  });

  it('a name that speaks of afterwards is told', async () => {
    const { decisions } = await decideRows(
      { final_result: inTurns(N, 'a', 'b', 'c', 'd', 'e'), other, y },
      { target: 'y' },
    );
    expect(decisions[0]?.look.join()).toContain('afterwards');
  });
});
