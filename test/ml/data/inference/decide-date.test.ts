import { describe, expect, it } from 'vitest';
import { deduceColumns } from '../../../../ml/data/inference/deduce-columns.ts';
import { cells, decideRows, inTurns, summaryOf } from './decide-rows.ts';

const two = (value: number) => String(value).padStart(2, '0');

const formatOf = async (columns: Record<string, readonly string[]>, options = {}) => {
  const { declaration, decisions } = await decideRows(columns, options);
  const [column] = declaration.columns;
  return { format: column?.kind === 'date' ? column.format : column?.kind, look: decisions[0]?.look.join() ?? '' };
};

it.each([
  ['date', (d: number) => `2024-01-${two(d)}`],
  ['date-time', (d: number) => `2024-01-${two(d)}T09:30`],
  ['date-time', (d: number) => `2024-01-${two(d)} 09:30:15`],
  ['date-time', (d: number) => `2024-01-${two(d)} 09:30:15.123456`],
  ['date-time', (d: number) => `2024-01-${two(d)} 09:30:15+00`],
  ['date-time', (d: number) => `2024-01-${two(d)} 09:30:15 UTC`],
  ['date-time', (d: number) => `2024-01-${two(d)} 09:30:15 +0000`],
  ['date-time', (d: number) => `2024-01-${two(d)} ${two(1 + ((d * 7) % 24))}:00`],
  ['DD.MM.YYYY hh:mm', (d: number) => `${two(d)}.01.2024 ${two(1 + ((d * 7) % 24))}:00`],
  ['DD.MM.YYYY', (d: number) => `${two(d)}.01.2024`],
  ['D.M.YYYY', (d: number) => `${d}.1.2024`],
  ['DD/MM/YYYY', (d: number) => `${two(d)}/01/2024`],
  ['MM/DD/YYYY', (d: number) => `01/${two(d)}/2024`],
  ['M/D/YYYY h:mm', (d: number) => `1/${d}/2024 9:05`],
  ['M/D/YYYY h:mm A', (d: number) => `1/${d}/2024 9:05 PM`],
  ['MM/DD/YY', (d: number) => `01/${two(d)}/24`],
  ['YYYYMMDD', (d: number) => `202401${two(d)}`],
  ['YYYY/MM/DD', (d: number) => `2024/01/${two(d)}`],
  ['MMM D YYYY', (d: number) => `Jan ${d} 2024`],
  ['MMMM D, YYYY', (d: number) => `January ${d}, 2024`],
  ['DD-MMM-YYYY', (d: number) => `${two(d)}-Jan-2024`],
])('reads %s', async (format, write) => {
  expect((await formatOf({ sold: cells(90, (i) => write(1 + (i % 28))) })).format).toBe(format);
});

describe('day and month', () => {
  // Neither is above 12, and in one order alone the rows ascend.
  const inOrder = cells(60, (i) => `0${1 + Math.floor(i / 12)}/${two(1 + (i % 12))}/2024`);
  const shuffled = cells(60, (i) => `${two(1 + ((i * 7) % 12))}/${two(1 + ((i * 5) % 11))}/2024`);

  it('stand so that the rows ascend where no value tells', async () => {
    expect(await formatOf({ sold: inOrder })).toEqual({
      format: 'MM/DD/YYYY',
      look: expect.stringContaining('the month is taken to'),
    });
  });

  it('stand as in another column that tells', async () => {
    const told = cells(60, (i) => `01/${two(1 + (i % 28))}/2024`);
    expect(await formatOf({ sold: shuffled, listed: told })).toEqual({ format: 'MM/DD/YYYY', look: '' });
  });

  it('stand day first where nothing tells, which somebody is to look at', async () => {
    expect(await formatOf({ sold: shuffled })).toEqual({
      format: 'DD/MM/YYYY',
      look: expect.stringContaining('no value tells'),
    });
    const summary = await summaryOf({ sold: shuffled });
    expect(deduceColumns(summary, {}).open.map(({ name }) => name)).toEqual(['sold']);
    expect(deduceColumns(summary, { dayOrder: 'day-first' }).open).toEqual([]);
  });

  it('stand as somebody says', async () => {
    expect(await formatOf({ sold: shuffled }, { dayOrder: 'month-first' })).toEqual({ format: 'MM/DD/YYYY', look: '' });
  });

  it('are decided by one value among many', async () => {
    expect(await formatOf({ sold: [...shuffled, '03/31/2024'] })).toEqual({ format: 'MM/DD/YYYY', look: '' });
  });
});

it('takes what is no date among dates for not known', async () => {
  const texts = cells(200, (i) => (i % 20 === 3 ? 'n/a' : `2024-0${1 + (i % 9)}-1${i % 10}`));
  expect((await formatOf({ sold: texts })).format).toBe('date');
  expect((await formatOf({ sold: inTurns(60, '2024-01-31', 'tomorrow', 'soon') })).format).toBe('categorical');
});

it.each([
  ['numbers of eight digits', cells(90, (i) => 20_240_000 + i * 97)],
  ['decimals', cells(90, (i) => `12.${two(i % 60)}`)],
  ['years', cells(90, (i) => 1930 + i)],
])('does not take %s for dates', async (_, texts) => {
  expect((await formatOf({ x: texts })).format).toBe('numeric');
});
