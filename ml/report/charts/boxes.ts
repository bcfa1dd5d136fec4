import { formatExact } from '../../core/format-number.ts';
import { named } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import type { Box } from './box.ts';
import { type ChartOptions, emptyFigure, figure } from './chart.ts';
import { axisTitle, drawHorizontal } from './plot.ts';
import { px } from './px.ts';
import { drawRowTexts, rowLayout, withOthers } from './row-layout.ts';
import { extentOf, horizontalScale, type Scale } from './scale.ts';
import { seriesClass } from './series.ts';
import { shownNumber } from './shown-number.ts';
import { svgText } from './svg-text.ts';
import { roundedOut } from './ticks.ts';

export interface BoxesOptions extends ChartOptions {
  /** Of the values. */
  readonly x: Axis;
  /** What the labels are, above them in the table: "Level". @default nothing */
  readonly labels?: string;
}

const ROW = 24;
const TOP = 18;
const HEIGHT = 13;
/** Those beyond stand in the table alone. */
const MOST = 30;

/** How values are spread, a box for each label in the given order. */
export function boxes(all: readonly Box[], options: BoxesOptions): Html {
  const { x, size, labels = '' } = options;
  const drawn = all.slice(0, MOST);
  const extent = extentOf(
    drawn.flatMap(({ low, high }) => [low, high]),
    x.scale,
  );
  if (!extent) return emptyFigure(options, 'There are no values.');
  const texts = { labels: drawn.map(({ label }) => label), texts: drawn.map(({ count }) => formatExact(count)) };
  const layout = rowLayout({ ...texts, size, row: ROW, top: TOP });
  const { bottom, width, middle } = layout;
  const isLinear = (x.scale ?? 'linear') === 'linear' && extent[0] < extent[1];
  const scale = horizontalScale(x, isLinear ? roundedOut(extent, 7) : extent, layout);
  return figure(withOthers(options, all.length - drawn.length), {
    height: layout.height,
    content: html`${drawGrid(scale, bottom)}${svgText('rows', { x: width - 2, y: 12, anchor: 'end', style: 'axis-title' })}${drawn.map((box, i) => drawBox(box, middle(i), scale))}${drawRowTexts(texts, layout)}${drawHorizontal(scale, x, layout)}`,
    description: describe(all, x),
    numbers: {
      columns: [
        { title: labels },
        ...['rows', 'low end', 'first quartile', 'median', 'third quartile', 'high end'].map((title) => ({
          title,
          number: true,
        })),
      ],
      rows: all.map(({ label, count, low, q1, median, q3, high }) => [
        named(label),
        formatExact(count),
        ...[low, q1, median, q3, high].map((value) => shownNumber(value, x)),
      ]),
    },
  });
}

function drawGrid({ ticks, place }: Scale, bottom: number): Html {
  return html`<path class="grid" d="${ticks.map(({ value }) => `M${px(place(value))} 16V${px(bottom)}`).join('')}"/>`;
}

function drawBox({ low, q1, median, q3, high }: Box, y: number, { place }: Scale): Html | undefined {
  if (![low, q1, median, q3, high].every(Number.isFinite)) return undefined;
  const [top, bottom] = [px(y - HEIGHT / 2), px(y + HEIGHT / 2)];
  const whiskers = `M${px(place(low))} ${px(y)}H${px(place(q1))}M${px(place(q3))} ${px(y)}H${px(place(high))}`;
  const ends = `M${px(place(low))} ${px(y - 3)}v6M${px(place(high))} ${px(y - 3)}v6`;
  const size = px(Math.max(1, place(q3) - place(q1)));
  return html`<g class="${seriesClass(0)}"><path class="whisker" d="${whiskers}${ends}"/><rect class="box" x="${px(place(q1))}" y="${top}" width="${size}" height="${HEIGHT}"/><path class="median" d="M${px(place(median))} ${top}V${bottom}"/></g>`;
}

function describe(all: readonly Box[], x: Axis): string {
  const known = all.filter(({ median }) => Number.isFinite(median)).toSorted((a, b) => a.median - b.median);
  const [lowest, highest] = [known[0], known.at(-1)];
  if (!lowest || !highest) return `${axisTitle(x)} by ${all.length} labels.`;
  const told = ({ label, median }: Box) => `${shownNumber(median, x)} of ${label.slice(0, 80)}`;
  return `Box plots of ${axisTitle(x)} by ${all.length} labels: medians from ${told(lowest)} to ${told(highest)}.`;
}
