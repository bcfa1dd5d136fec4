import { expect, test } from 'vitest';
import type { Column } from '../../../../ml/data/declaration.ts';
import { lineChart } from '../../../../ml/report/charts/line-chart.ts';
import { axisOf, valueText } from '../../../../ml/report/data-section/column-words.ts';
import { viewedTarget } from '../../../../ml/report/data-section/viewed-column.ts';

const viewed = (column: Column) =>
  viewedTarget({ name: 'x', title: 'X', file: 'x.csv', target: column.name, columns: [column] });
const year: Column = { name: 'year', title: 'Year', kind: 'numeric', min: 2000, max: 2015, step: 1 };

test('years are written without separators, and marked where they begin', () => {
  const column = viewed(year);
  expect([2014, 2007.46].map((value) => valueText(column, value))).toEqual(['2014', '2007.5']);
  const points = [2013, 2014, 2015].map((x) => ({ x, y: x }));
  const { html } = lineChart([{ name: 'mean', points }], { title: 'By year', x: axisOf(column), y: { title: 'Mean' } });
  const ticks = [...html.matchAll(/class="tick">([^<]*)</g)].map(([, text]) => text);
  expect(ticks.slice(-3)).toEqual(['2013', '2014', '2015']);
});

test.each<[string, Partial<Column>]>([
  ['have a unit', { unit: 'kg' }],
  ['have fractions', { step: 0.5 }],
  ['may be smaller', { min: 0 }],
])('numbers that %s are none', (_, other) => {
  expect(valueText(viewed({ ...year, ...other } as Column), 2014)).toMatch(/^2,014/);
});
