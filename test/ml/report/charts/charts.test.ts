import { describe, expect, test } from 'vitest';
import { barChart } from '../../../../ml/report/charts/bar-chart.ts';
import { binsFor, countInBins } from '../../../../ml/report/charts/bins.ts';
import { boxOf } from '../../../../ml/report/charts/box.ts';
import { boxes } from '../../../../ml/report/charts/boxes.ts';
import { heatmap } from '../../../../ml/report/charts/heatmap.ts';
import { hexagonsOf } from '../../../../ml/report/charts/hexagons.ts';
import { histogram } from '../../../../ml/report/charts/histogram.ts';
import { lineChart } from '../../../../ml/report/charts/line-chart.ts';
import { scatterPlot } from '../../../../ml/report/charts/scatter-plot.ts';
import { spreadOut } from '../../../../ml/report/charts/spread-out.ts';
import { stackedBars } from '../../../../ml/report/charts/stacked-bars.ts';
import { fittedText, textWidth } from '../../../../ml/report/charts/text-width.ts';
import { marks, sizeOf, tableRows } from './svg.ts';

const x = { title: 'Area', unit: 'm²' };
const y = { title: 'Price', unit: '€' };

test('every chart is an image with a title, a description and its numbers', () => {
  const { html } = barChart([{ label: 'a', value: 1 }], { title: 'Sizes', x, description: 'One bar.' });
  expect(html).toMatch(/<svg role="img" [^>]*><title>Sizes<\/title><desc>One bar\.<\/desc>/);
  expect(html).toContain('<figcaption>Sizes</figcaption>');
  expect(html).toContain('<details><summary>Numbers</summary>');
});

describe('histogram', () => {
  test('has bars as high as their counts', () => {
    const chart = histogram({ edges: [0, 1, 2], series: [{ name: 'rows', counts: [10, 5] }] }, { title: 'A', x });
    const [first, second] = marks(chart, 'rect').map(({ attributes: { height } }) => Number(height));
    expect(first).toBeCloseTo(2 * (second as number), 0);
    expect(tableRows(chart)).toEqual([
      ['0 to 1', '10'],
      ['1 to 2', '5'],
    ]);
  });

  test('draws a second set of rows as a line, and says which is which', () => {
    const series = [
      { name: 'learned', counts: [1, 2] },
      { name: 'held', counts: [2, 1] },
    ];
    const chart = histogram({ edges: [0, 1, 2], series }, { title: 'A', x });
    expect(marks(chart, 'path').some(({ attributes }) => attributes.class === 'stroke s2')).toBe(true);
    expect(chart.html).toMatch(/<ul class="legend">.*learned.*held/s);
  });

  test('gives whole numbers a bin each, and others round ones', () => {
    const dice = [1, 2, 6, 6, 3];
    const bins = binsFor(dice, [1, 6]);
    expect(bins).toEqual({ edges: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5], labels: ['1', '2', '3', '4', '5', '6'] });
    expect(countInBins(dice, bins)).toEqual([1, 1, 1, 0, 0, 2]);
    expect(binsFor([0.1, 9.7], [0.1, 9.7], 5).edges).toEqual([0, 2, 4, 6, 8, 10]);
    expect(countInBins([-1, 0, 2, 10, 11, Number.NaN], { edges: [0, 2, 4, 6, 8, 10] })).toEqual([1, 1, 0, 0, 1]);
  });
});

describe('bar chart', () => {
  test('lays bars to both sides of zero, with error bars', () => {
    const chart = barChart(
      [
        { label: 'more', value: 4, low: 3, high: 5 },
        { label: 'less', value: -4 },
      ],
      { title: 'A', x },
    );
    const [more, less] = marks(chart, 'rect').map(({ attributes }) => attributes);
    expect(Number(less?.x) + Number(less?.width)).toBeCloseTo(Number(more?.x), 0);
    expect(Number(less?.width)).toBeCloseTo(Number(more?.width), 0);
    expect(marks(chart, 'path').filter(({ attributes }) => attributes.class === 'error-bar')).toHaveLength(1);
    expect(tableRows(chart)).toEqual([
      ['more', '4', '3', '5'],
      ['less', '-4', '–', '–'],
    ]);
  });

  test('draws no more bars than can be read, and tells of the others', () => {
    const chart = barChart(
      Array.from({ length: 60 }, (_, i) => ({ label: `level ${i}`, value: i })),
      { title: 'A', x },
    );
    expect(marks(chart, 'rect')).toHaveLength(40);
    expect(chart.html).toContain('The 20 others stand in the table.');
    expect(tableRows(chart)).toHaveLength(60);
  });
});

describe('line chart', () => {
  test('names lines at their ends without one name on another', () => {
    const names = ['first', 'second', 'third'];
    const chart = lineChart(
      names.map((name) => ({
        name,
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      })),
      { title: 'A', x, y },
    );
    const places = marks(chart, 'text').filter(({ attributes }) => attributes.class?.startsWith('series-label'));
    const ys = places.map(({ attributes }) => Number(attributes.y)).sort((a, b) => a - b);
    expect(ys).toHaveLength(3);
    for (let i = 1; i < ys.length; i++) expect((ys[i] as number) - (ys[i - 1] as number)).toBeGreaterThanOrEqual(13);
  });

  test('interrupts a line where a value is missing', () => {
    const points = [0, 1, Number.NaN, 3, 4].map((value, i) => ({ x: i, y: value }));
    const chart = lineChart([{ name: 'a', points }], { title: 'A', x, y });
    const [line] = marks(chart, 'path').filter(({ attributes }) => attributes.class === 'stroke s1');
    expect(line?.attributes.d?.match(/M/g)).toHaveLength(2);
  });

  test('of many points keeps the lowest and the highest', () => {
    const points = Array.from({ length: 100_000 }, (_, i) => ({ x: i, y: i === 50_000 ? 100 : i % 7 }));
    const chart = lineChart([{ name: 'a', points }], { title: 'A', x, y });
    const [line] = marks(chart, 'path').filter(({ attributes }) => attributes.class === 'stroke s1');
    const ys = line?.attributes.d?.match(/ ([\d.]+)/g)?.map(Number) ?? [];
    expect(Math.min(...ys)).toBeLessThan(25);
    expect(ys.length).toBeLessThan(1000);
  });
});

describe('scatter plot', () => {
  test('draws a dot for each point, and hexagons of many', () => {
    const few = scatterPlot({ x: [1, 2, 3], y: [1, 2, 3] }, { title: 'A', x, y });
    expect(
      marks(few, 'path')
        .find(({ attributes }) => attributes.class === 'dots s1')
        ?.attributes.d?.match(/h0/g),
    ).toHaveLength(3);
    const values = Float64Array.from({ length: 5000 }, (_, i) => i % 71);
    const many = scatterPlot({ x: values, y: values.map((value) => value / 2) }, { title: 'A', x, y });
    expect(many.html).not.toContain('dots');
    expect(many.html).toMatch(/1 to \d+ rows each/);
  });

  test('has one domain for both axes where it compares them', () => {
    const chart = scatterPlot({ x: [0, 100], y: [40, 60] }, { title: 'A', x, y, diagonal: true });
    expect(marks(chart, 'path').some(({ attributes }) => attributes.class === 'reference')).toBe(true);
    const texts = [...chart.html.matchAll(/class="tick">([^<]*)</g)].map(([, text]) => text);
    expect(texts.filter((text) => text === '0')).toHaveLength(2);
  });

  test('puts every point into the nearest hexagon', () => {
    const points = Array.from({ length: 500 }, (_, i) => [(i * 37) % 101, (i * 53) % 89] as const);
    const hexagons = hexagonsOf(points, 5);
    expect(hexagons.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    for (const [px, py] of points) {
      const nearest = Math.min(...hexagons.map(({ x: hx, y: hy }) => Math.hypot(px - hx, py - hy)));
      expect(nearest).toBeLessThanOrEqual(5);
    }
  });
});

describe('heatmap', () => {
  test('is the darker, the larger the share of the row', () => {
    const chart = heatmap(
      {
        rows: ['a', 'b'],
        columns: ['a', 'b'],
        values: [
          [3, 1],
          [0, 8],
        ],
      },
      { title: 'A', shading: 'of-row', format: String },
    );
    expect(marks(chart, 'rect').map(({ attributes }) => attributes['fill-opacity'])).toEqual([
      '0.75',
      '0.25',
      '0',
      '1',
    ]);
    expect(tableRows(chart)).toEqual([
      ['a', '3', '1'],
      ['b', '0', '8'],
    ]);
  });

  test('leaves out what is beyond its picture, and says so', () => {
    const names = Array.from({ length: 50 }, (_, i) => `c${i}`);
    const chart = heatmap(
      { rows: names, columns: names, values: names.map(() => names.map(() => 0.5)) },
      { title: 'A', shading: 'signed', format: String },
    );
    expect(marks(chart, 'rect')).toHaveLength(1600);
    expect(chart.html).toContain('The first 40 of 50 rows and 40 of 50 columns.');
  });
});

test('boxes have quartiles, and whiskers to the outermost values that are not far out', () => {
  expect(boxOf('a', [1, 2, 3, 4, 5, 6, 7, 8, 100])).toEqual({
    label: 'a',
    count: 9,
    low: 1,
    high: 8,
    q1: 3,
    median: 5,
    q3: 7,
  });
  const chart = boxes([boxOf('a', [1, 2, 3, 4, 5])], { title: 'A', x, labels: 'Level' });
  expect(tableRows(chart)).toEqual([['a', '5', '1', '2', '3', '4', '5']]);
});

test('stacked bars have the shares of their parts, of many the smaller ones as one', () => {
  const chart = stackedBars(
    { parts: ['a', 'b'], bars: [{ label: 'x', values: [1, 3] }] },
    { title: 'A', x: { title: 'Share' }, totals: 'rows' },
  );
  const [a, b] = marks(chart, 'rect').map(({ attributes: { width } }) => Number(width));
  expect(b).toBeCloseTo(3 * (a as number), 0);
  expect(tableRows(chart)).toEqual([['x', '25 %', '75 %', '4']]);
  const parts = Array.from({ length: 20 }, (_, i) => `part ${i}`);
  const many = stackedBars(
    { parts, bars: [{ label: 'x', values: parts.map((_, i) => i) }] },
    { title: 'A', x: { title: 'Share' }, totals: 'rows' },
  );
  expect(many.html).toContain('15 others');
});

test('texts are cut to what there is room for, at the end of a character, and told in full', () => {
  expect(fittedText('short', 100)).toBe('short');
  const cut = fittedText('a name that is far too long', 60);
  expect(cut).toMatch(/^a na.*…$/);
  expect(textWidth(cut)).toBeLessThanOrEqual(60);
  expect(fittedText('👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧', 50)).toMatch(/^(👩‍👧)+…$/u);
  const chart = barChart([{ label: 'a name that is far too long to stand beside its bar', value: 1 }], {
    title: 'A',
    x,
  });
  expect(chart.html).toContain('<title>a name that is far too long to stand beside its bar</title>');
  expect(sizeOf(chart).width).toBe(360);
});

test('names are spread out, from one end to the other', () => {
  expect(spreadOut([10, 10, 10], { apart: 5, from: 0, to: 100 })).toEqual([10, 15, 20]);
  expect(spreadOut([98, 99], { apart: 5, from: 0, to: 100 })).toEqual([95, 100]);
});
