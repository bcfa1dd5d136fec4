import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Declaration } from '../../../ml/index.ts';
import { newRows } from '../../../ml/pipeline/new-rows.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { readRows } from '../../../ml/selection/rows.ts';
import { houseHeader, houseRows, houses } from '../../houses.ts';
import { panel, panelRows, writePanel } from '../../panel.ts';
import { temporaryFolder } from '../../temporary.ts';

function writeRows(rows: readonly string[], declaration: Declaration = houses): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, declaration.file), [houseHeader, ...rows, ''].join('\n'));
  return folder;
}

/** The release of a training of `dataset` that holds these rows out. */
async function releaseOf(dataset: string, holdoutRows?: number[]) {
  const artifacts = join(temporaryFolder(), 'artifacts');
  await train({ dataset, holdoutRows, artifacts, models: ['linear'], threshold: -9, champion: 'ignored' });
  return readRelease(artifacts);
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('rows that were held out then and now are new; those that were learned from are not', async () => {
  const dataset = writeRows(houseRows(60));
  const release = await releaseOf(dataset, numbers(0, 20));
  const rows = await readRows({ dataset, holdoutRows: numbers(10, 30) }, 42);
  expect(await newRows(release, rows)).toEqual(Uint32Array.from(numbers(0, 10)));
});

test('rows that were added are new', async () => {
  const release = await releaseOf(writeRows(houseRows(60)), numbers(0, 20));
  const rows = await readRows({ dataset: writeRows(houseRows(70)), holdoutRows: numbers(50, 70) }, 42);
  expect(await newRows(release, rows)).toEqual(Uint32Array.from(numbers(10, 20)));
});

test('of rows that are alike as many are new as there are more than were learned from', async () => {
  // The last row four times, of which two were learned from; the others are told apart.
  const last = houseRows(40).at(-1) as string;
  const lines = [...houseRows(40), last, last, last];
  const release = await releaseOf(writeRows(lines), [...numbers(0, 10), 41, 42]);
  const holding = async (holdoutRows: number[]) =>
    newRows(release, await readRows({ dataset: writeRows(lines), holdoutRows }, 42));
  expect(await holding([0, 39, 40])).toEqual(Uint32Array.of(0, 1, 2));
  expect(await holding([0, 39, 40, 41])).toEqual(Uint32Array.of(0, 1, 2));
  expect(await holding([0, 30, 42])).toEqual(Uint32Array.of(0, 2));
});

test('the order of columns and levels makes no row new', async () => {
  const release = await releaseOf(writeRows(houseRows(60)), numbers(0, 20));
  const columns = houses.columns
    .map((column) => (column.kind === 'categorical' ? { ...column, levels: column.levels.toReversed() } : column))
    .toReversed();
  const other = writeRows(houseRows(60), { ...houses, columns });
  const rows = await readRows({ dataset: other, holdoutRows: numbers(10, 30) }, 42);
  expect(await newRows(release, rows)).toEqual(Uint32Array.from(numbers(0, 10)));
});

test('no row is new whose group was learned from', async () => {
  const declaration = { ...houses, group: 'rooms' };
  const rooms = (row: number) => Number(houseRows(90)[row]?.split(',')[1]);
  const ofRooms = (...some: number[]) => numbers(0, 90).filter((row) => some.includes(rooms(row)));
  const dataset = writeRows(houseRows(90), declaration);
  const release = await releaseOf(dataset, ofRooms(1, 2));
  // Houses that are new, of groups that are and that are not.
  const more = ['99.5,1,gas,204', '99.5,2,gas,209', '99.5,3,gas,214', '99.5,,gas,200'];
  const grown = writeRows([...houseRows(90), ...more], declaration);
  const held = [...ofRooms(2, 3), 91, 92, 93].sort((a, b) => a - b);
  const rows = await readRows({ dataset: grown, holdoutRows: held }, 42);
  const expected = held.flatMap((row, at) => (row === 93 || (row < 90 ? rooms(row) : row - 89) === 2 ? [at] : []));
  expect(await newRows(release, rows)).toEqual(Uint32Array.from(expected));
});

test('no row is new that is not later than all that were learned from', async () => {
  const { group, ...byMonth } = panel;
  const monthly = (rows: readonly string[]) => writePanel(temporaryFolder(), byMonth, rows);
  // Months 1 to 12 of twenty shops: ten are learned from, or, where the last two are taken out, eight.
  const all = await releaseOf(monthly(panelRows));
  const early = await releaseOf(monthly(panelRows.slice(0, 200)));
  const rows = await readRows({ dataset: monthly(panelRows) }, 42);
  expect((await newRows(early, rows))?.length).toBe(rows.test.rows);
  const until = await readRows({ dataset: monthly(panelRows.slice(0, 200)) }, 42);
  expect(await newRows(all, until)).toEqual(new Uint32Array(0));
});

test('rows with an identifier are told by it as well', async () => {
  const release = await releaseOf(writePanel(temporaryFolder()));
  const shifted = panelRows.map((row) => row.replace('N° 0', 'N° 1'));
  const rows = await readRows({ dataset: writePanel(temporaryFolder(), panel, shifted) }, 42);
  const fresh = await newRows(release, rows);
  // The same months of shops that nobody has seen.
  expect(fresh?.length).toBe(rows.test.rows);
});

test('other texts for yes and no make no row new', async () => {
  const declared = (yes: string, no: string): Declaration => ({
    ...houses,
    columns: houses.columns.map((column) =>
      column.name === 'heating' ? { name: 'heating', title: 'Heating', kind: 'yes_no', yes, no } : column,
    ),
  });
  const lines = (yes: string, no: string) =>
    houseRows(60).map((row, i) => row.replace(/gas|heat pump|none/, i % 3 === 0 ? yes : no));
  const release = await releaseOf(writeRows(lines('Y', 'N'), declared('Y', 'N')), numbers(0, 20));
  const dataset = writeRows(lines('yes', 'no'), declared('yes', 'no'));
  const rows = await readRows({ dataset, holdoutRows: numbers(10, 30) }, 42);
  expect(await newRows(release, rows)).toEqual(Uint32Array.from(numbers(0, 10)));
});
