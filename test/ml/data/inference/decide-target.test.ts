import { describe, expect, it } from 'vitest';
import { DataError, ParamError } from '../../../../ml/core/errors.ts';
import type { DecideOptions } from '../../../../ml/data/inference/decide.ts';
import { cells, decideRows, inTurns } from './decide-rows.ts';

const N = 300;
const area = cells(N, (i) => ((i * 7919) % 499) / 10);

async function target(texts: readonly string[], options: Partial<DecideOptions> = {}, header = 'y') {
  const { declaration, decisions, look } = await decideRows({ area, [header]: texts }, { target: header, ...options });
  return { column: declaration.columns[1], look: decisions[1]?.look.join() ?? '', rows: look.join(), declaration };
}

describe('the column to predict', () => {
  it.each([
    ['numbers', cells(N, (i) => i * 1.5), 'numeric', undefined],
    ['0 and 1', inTurns(N, '0', '1', '0'), 'yes_no', undefined],
    ['yes and no', inTurns(N, 'yes', 'no'), 'yes_no', undefined],
    ['two texts', inTurns(N, 'left', 'right'), 'categorical', ['left', 'right']],
    ['texts by frequency', inTurns(N, 'b', 'a', 'b', 'c', 'b', 'a'), 'categorical', ['b', 'a', 'c']],
    ['classes that count from 0 and are even', inTurns(N, '0', '1', '2'), 'categorical', ['0', '1', '2']],
    ['counts', cells(N, (i) => Math.floor(Math.sqrt(i / 12))), 'numeric', undefined],
    ['marks that are not even', inTurns(N, '3', '4', '4', '4', '5', '4', '3', '4'), 'numeric', undefined],
  ])('%s', async (_, texts, kind, levels) => {
    const { column } = await target(texts);
    expect(column?.kind).toBe(kind);
    expect(column?.kind === 'categorical' ? column.levels : undefined).toEqual(levels);
    // What is not listed is no class.
    expect(column).not.toHaveProperty('other');
  });

  it('is said to be one of two that it could be', async () => {
    expect((await target(inTurns(N, '0', '1', '2'))).look).toContain('--task regression');
    expect((await target(inTurns(N, '3', '4', '4', '5'))).look).toContain('--task classes');
    expect((await target(inTurns(N, '1', '2', '2', '2', '2', '3'), {}, 'class')).column?.kind).toBe('categorical');
  });

  it('is what somebody says', async () => {
    expect((await target(inTurns(N, '0', '1', '2'), { task: 'regression' })).column?.kind).toBe('numeric');
    expect((await target(inTurns(N, '0', '1'), { task: 'regression' })).column?.kind).toBe('numeric');
    expect((await target(inTurns(N, '3', '10', '4'), { task: 'classes' })).column).toMatchObject({
      levels: ['3', '4', '10'],
    });
    expect((await target(inTurns(N, 'left', 'right'), { positive: 'left' })).declaration.positive).toBe('left');
  });

  it('is counted where it is missing, and rows that repeat', async () => {
    const texts = cells(N, (i) => (i < 30 ? '' : i % 150 === 149 ? 'NA' : i));
    expect((await target(texts)).rows).toBe('32 of 300 rows (11 %) have no y: nothing is learned from them');
    const { look } = await decideRows(
      { a: inTurns(90, 'x', 'y', 'z'), b: inTurns(90, '1', '2', '3') },
      { target: 'b' },
    );
    expect(look.join()).toContain('87 of 90 rows (96.7 %) are like an earlier row');
  });

  it.each([
    ['nothing', inTurns(N, ''), 'is empty in every row'],
    ['one value', inTurns(N, 'a'), 'is "a" in every row'],
    ['names', cells(N, (i) => `flat ${i}`), '300 different texts'],
  ])('is refused where it is %s', async (_, texts, message) => {
    await expect(target(texts)).rejects.toThrow(DataError);
    await expect(target(texts)).rejects.toThrow(message);
  });

  it('is found by its header or its name, whatever the case', async () => {
    const columns = { area, 'Price (EUR)': cells(N, (i) => i) };
    for (const given of ['Price (EUR)', 'price eur', 'PRICE_EUR'])
      expect((await decideRows(columns, { target: given })).declaration.target).toBe('price_eur');
    await expect(decideRows(columns, { target: 'rent' })).rejects.toThrow(ParamError);
    await expect(decideRows(columns, { target: 'rent' })).rejects.toThrow('there are: area, Price (EUR)');
  });
});

describe('columns that are none', () => {
  it('have no header', async () => {
    const { declaration, look } = await decideRows(
      { '': cells(N, (i) => i), area, y: cells(N, (i) => i * 2.5) },
      { target: 'y' },
    );
    expect(declaration.columns.map(({ name }) => name)).toEqual(['area', 'y']);
    expect(look).toEqual(['column 1 has no header, and is passed over']);
  });

  it('are all kept out, so that nothing is left to predict from', async () => {
    const wrong = decideRows({ id: cells(N, (i) => i), name: cells(N, (i) => `flat ${i}`), y: area }, { target: 'y' });
    await expect(wrong).rejects.toMatchObject({
      message: 'data.csv has no column to predict from',
      issues: [{ path: 'id', message: 'is kept out: it numbers the rows from 0 on' }, { path: 'name' }],
    });
  });
});
