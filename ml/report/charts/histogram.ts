import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import type { Bins } from './bins.ts';
import { type ChartOptions, emptyFigure, figure } from './chart.ts';
import { axisTitle, type Plot, plotOf } from './plot.ts';
import { px } from './px.ts';
import { extentOf, withZero } from './scale.ts';
import { legend, seriesClass } from './series.ts';
import { shownNumber } from './shown-number.ts';

/** Counts in bins, of one set of rows or of two to compare. */
export interface HistogramData extends Bins {
  /** The first is drawn as bars, a second as a line. Counts of rows, or shares, by bin. */
  readonly series: readonly { readonly name: string; readonly counts: readonly number[] }[];
}

export interface HistogramOptions extends ChartOptions {
  readonly x: Axis;
  /** @default counts of rows */
  readonly y?: Axis;
}

/** How numbers are distributed. */
export function histogram({ edges, labels, series }: HistogramData, options: HistogramOptions): Html {
  const { x, y = { title: 'Rows' }, size } = options;
  const along = extentOf(edges, x.scale);
  const up = extentOf(series.flatMap(({ counts }) => counts));
  if (!along || !up || up[1] <= 0) return emptyFigure(options, 'There are no values.');
  const plot = plotOf({ size, x, y, extents: { x: along, y: withZero(up) } });
  const [bars, line] = series;
  const bin = (i: number) => labels?.[i] ?? `${shownNumber(edges[i], x)} to ${shownNumber(edges[i + 1], x)}`;
  return figure(options, {
    height: plot.height,
    content: html`${plot.frame}${bars && drawBars(bars.counts, edges, plot, bin)}${line && drawSteps(line.counts, edges, plot)}`,
    description: describe(edges, series, x),
    numbers: {
      columns: [{ title: axisTitle(x) }, ...series.map(({ name }) => ({ title: name, number: true }))],
      rows: edges.slice(1).map((_, i) => [bin(i), ...series.map(({ counts }) => shownNumber(counts[i], y))]),
    },
    ...(series.length > 1 && {
      legend: legend(series.map(({ name }, i) => ({ name, shape: i === 0 ? 'area' : 'stroke' }))),
    }),
  });
}

function drawBars(
  counts: readonly number[],
  edges: readonly number[],
  { x, y }: Plot,
  bin: (i: number) => string,
): Html {
  const rects = counts.map((count, i) => {
    if (!(count > 0)) return undefined;
    const [left, right] = [x.place(edges[i] as number), x.place(edges[i + 1] as number)];
    const [top, bottom] = [y.place(count), y.place(0)];
    const gap = right - left > 3 ? 1 : 0;
    // However few, they are to be seen.
    const height = Math.max(1, bottom - top);
    return html`<rect x="${px(left)}" y="${px(bottom - height)}" width="${px(Math.max(0.5, right - left - gap))}" height="${px(height)}"><title>${bin(i)}: ${shownNumber(count)}</title></rect>`;
  });
  return html`<g class="area ${seriesClass(0)}">${rects}</g>`;
}

function drawSteps(counts: readonly number[], edges: readonly number[], { x, y }: Plot): Html {
  const steps = counts.map((count, i) => `V${px(y.place(count))}H${px(x.place(edges[i + 1] as number))}`).join('');
  return html`<path class="stroke ${seriesClass(1)}" d="M${px(x.place(edges[0] as number))} ${px(y.place(0))}${steps}V${px(y.place(0))}"/>`;
}

function describe(edges: readonly number[], [first]: HistogramData['series'], x: Axis): string {
  const counts = first?.counts ?? [];
  const highest = counts.indexOf(Math.max(...counts));
  return `A histogram of ${axisTitle(x)} from ${shownNumber(edges[0], x)} to ${shownNumber(edges.at(-1), x)}. Most lie from ${shownNumber(edges[highest], x)} to ${shownNumber(edges[highest + 1], x)}.`;
}
