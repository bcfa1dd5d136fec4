// What every chart is to make of any data.

import { describe, expect, test } from 'vitest';
import { barChart } from '../../../../ml/report/charts/bar-chart.ts';
import { binned } from '../../../../ml/report/charts/bins.ts';
import { boxOf } from '../../../../ml/report/charts/box.ts';
import { boxes } from '../../../../ml/report/charts/boxes.ts';
import { heatmap } from '../../../../ml/report/charts/heatmap.ts';
import { histogram } from '../../../../ml/report/charts/histogram.ts';
import { lineChart } from '../../../../ml/report/charts/line-chart.ts';
import { scatterPlot } from '../../../../ml/report/charts/scatter-plot.ts';
import { stackedBars } from '../../../../ml/report/charts/stacked-bars.ts';
import type { Html } from '../../../../ml/report/html/html.ts';
import { misplaced } from './svg.ts';

const x = { title: 'Area', unit: 'm²' };
const y = { title: 'Price', unit: '€' };

/** Each chart of a list of numbers, with labels. */
const charts: Record<string, (values: readonly number[], labels?: readonly string[]) => Html> = {
  histogram: (values) => {
    const { counts, ...bins } = binned(values);
    return histogram({ ...bins, series: [{ name: 'rows', counts }] }, { title: 'A', x });
  },
  barChart: (values, labels = []) =>
    barChart(
      values.map((value, i) => ({ label: labels[i] ?? `bar ${i}`, value, low: value * 0.9, high: value * 1.1 })),
      { title: 'A', x },
    ),
  lineChart: (values, labels = []) =>
    lineChart(
      [
        { name: labels[0] ?? 'one', points: values.map((value, i) => ({ x: i, y: value, low: value, high: value })) },
        { name: labels[1] ?? 'two', dots: true, points: values.map((value, i) => ({ x: i, y: -value })) },
      ],
      { title: 'A', x, y, diagonal: true, rules: [{ y: 1, label: 'one' }] },
    ),
  'lineChart, logarithmic': (values) =>
    lineChart([{ name: 'one', points: values.map((value, i) => ({ x: i, y: value })) }], {
      title: 'A',
      x: { ...x, scale: 'log' },
      y: { ...y, scale: 'log' },
    }),
  scatterPlot: (values) => scatterPlot({ x: values, y: values.toReversed() }, { title: 'A', x, y, diagonal: true }),
  heatmap: (values, labels = []) =>
    heatmap(
      {
        rows: values.map((_, i) => labels[i] ?? `row ${i}`),
        columns: ['a', 'b'],
        values: values.map((value) => [value, -value]),
      },
      { title: 'A', shading: 'signed', format: String, sides: { rows: 'true', columns: 'predicted' } },
    ),
  boxes: (values, labels = []) =>
    boxes(
      values.map((value, i) => boxOf(labels[i] ?? `box ${i}`, [value, value * 2, value * 3])),
      { title: 'A', x },
    ),
  stackedBars: (values, labels = []) =>
    stackedBars(
      { parts: ['a', 'b'], bars: values.map((value, i) => ({ label: labels[i] ?? `bar ${i}`, values: [value, 1] })) },
      { title: 'A', x: { title: 'Share' } },
    ),
};

const cases: Record<string, readonly number[]> = {
  nothing: [],
  'one value': [7],
  'one value of 0': [0],
  'the same value again': [3, 3, 3],
  'what is all missing': [Number.NaN, Number.NaN],
  infinities: [1, Infinity, -Infinity, Number.NaN, 4],
  'numbers of any size': [1e300, -1e300, 1e-300, 0],
  'the largest numbers there are': [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE],
  'what is below 0': [-5, -3, -900],
  'what is close together far from 0': [1e15, 1e15 + 1, 1e15 + 2],
};

describe.each(Object.entries(charts))('%s', (_, draw) => {
  test.each(Object.entries(cases))('draws %s within its picture', (__, values) => {
    const chart = draw(values);
    expect(chart.html).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(misplaced(chart)).toEqual([]);
  });

  test('gives the same bytes for the same data', () => {
    const values = Array.from({ length: 50 }, (_, i) => Math.sin(i) * 100);
    expect(draw(values).html).toBe(draw(values).html);
  });

  test('stays small with 300 levels of long names, of any script', () => {
    const names = ['a '.repeat(5000), 'مدينة طويلة جدا '.repeat(200), '<b>&"</b>'.repeat(50), '😀'.repeat(500)];
    const labels = Array.from({ length: 300 }, (_, i) => `${names[i % names.length]}${i}`);
    const chart = draw(
      labels.map((_, i) => i + 1),
      labels,
    );
    expect(chart.html.length).toBeLessThan(250_000);
    expect(chart.html).not.toContain('<b>&');
    expect(misplaced(chart)).toEqual([]);
  });
});

test.each(['histogram', 'lineChart', 'scatterPlot'])('%s of a million values stays small', (name) => {
  const values = Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i * 1.7) * 1000 + (i % 977));
  expect((charts[name] as (values: readonly number[]) => Html)(values).html.length).toBeLessThan(100_000);
});
