import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ml/index.ts';

/** A panel: the revenue of 20 shops, each in 12 months. */
export const panel: Declaration = {
  name: 'shops',
  title: 'Revenue of shops',
  file: 'shops.csv',
  target: 'revenue',
  group: 'shop',
  time: 'month',
  columns: [
    { name: 'shop', title: 'Shop', kind: 'identifier' },
    { name: 'month', title: 'Month', kind: 'date', min: '2020-01-01', max: '2029-12-31' },
    { name: 'area', title: 'Floor area', kind: 'numeric', min: 10, unit: 'm²' },
    { name: 'sale', title: 'Sale', kind: 'categorical', levels: ['yes', 'no'] },
    { name: 'revenue', title: 'Revenue', kind: 'numeric', unit: 'k€' },
  ],
};

const SHOPS = 20;

/** A row's shop and month, as its file has them. */
export const shopOf = (row: number) => `N° ${String(row % SHOPS).padStart(3, '0')}`;
export const monthOf = (row: number) => `2024-${String(Math.floor(row / SHOPS) + 1).padStart(2, '0')}-01`;

/** Rows whose revenue follows exactly: twice the area, 30 more in a sale, and a tenth for each day since 2024-01-01. */
export const panelRows = Array.from({ length: 12 * SHOPS }, (_, row) => {
  const area = 50 + ((row * 37) % 101);
  const sale = (row * 7) % 3 === 0 ? 'yes' : 'no';
  const days = (Date.parse(monthOf(row)) - Date.parse('2024-01-01')) / 86_400_000;
  return [shopOf(row), monthOf(row), area, sale, (2 * area + (sale === 'yes' ? 30 : 0) + days / 10).toFixed(1)].join(
    ',',
  );
});

export const panelHeader = 'shop,month,area,sale,revenue';

/** Writes the data set into a folder, as `--dataset` takes it. */
export function writePanel(folder: string, declaration = panel, rows: readonly string[] = panelRows): string {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, panel.file), [panelHeader, ...rows, ''].join('\n'));
  return folder;
}
