import { named } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import { type ChartOptions, emptyFigure, figure, type Picture } from './chart.ts';
import { axisTitle, drawHorizontal } from './plot.ts';
import { px } from './px.ts';
import { drawRowTexts, rowLayout, withOthers } from './row-layout.ts';
import { extentOf, horizontalScale, type Scale, withZero } from './scale.ts';
import { legend, seriesClass } from './series.ts';
import { shownNumber } from './shown-number.ts';
import { type Domain, roundedOut } from './ticks.ts';

/** A bar from zero, to the right or to the left. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The ends of an error bar. @default none */
  readonly low?: number;
  readonly high?: number;
  /** A second value, drawn as a mark across the bar. @default none */
  readonly mark?: number;
  /** Whether it is the one that a reader looks for: the others are grey then. @default none is */
  readonly strong?: boolean;
}

export interface BarChartOptions extends ChartOptions {
  readonly x: Axis;
  /** What bars and marks stand for, where there are marks. @default not said */
  readonly names?: { readonly bar: string; readonly mark: string };
  /** What the labels are, above them in the table: "Level". @default nothing */
  readonly labels?: string;
  /** Whether values are points, whose axis need not begin at 0, in place of bars. @default false */
  readonly points?: boolean;
}

const ROW = 21;
const TOP = 4;
const THICKNESS = 11;
const RADIUS = 4.5;
/** Those beyond stand in the table alone. */
const MOST = 40;

/** Numbers by label, as bars that lie below each other in the given order. */
export function barChart(bars: readonly Bar[], options: BarChartOptions): Html {
  const { x, size, names, points = false } = options;
  const drawn = bars.slice(0, MOST);
  const numbers = drawn.flatMap(({ value, low = value, high = value, mark = value }) => [value, low, high, mark]);
  const extent = extentOf(numbers);
  if (!extent) return emptyFigure(options, 'There are no values.');
  const hasStrong = drawn.some(({ strong }) => strong);
  const texts = { labels: drawn.map(({ label }) => label), texts: drawn.map(({ value }) => shownNumber(value, x)) };
  const layout = rowLayout({ ...texts, size, row: ROW, top: TOP, hasStrong });
  const scale = horizontalScale(x, points ? aroundPoints(extent) : roundedOut(withZero(extent), 6), layout);
  return figure(withOthers(options, bars.length - drawn.length), {
    height: layout.height,
    content: html`${drawGrid(scale, layout.bottom, !points)}${drawn.map((bar, i) => drawValue(bar, { y: layout.middle(i), place: scale.place }, { hasStrong, points }))}${drawRowTexts(texts, layout, (i) => drawn[i]?.strong === true)}${drawHorizontal(scale, x, layout)}`,
    description: describe(bars, x),
    numbers: tableOf(bars, options),
    ...(names && { legend: legendOf(names) }),
  });
}

const aroundPoints = (extent: Domain): Domain => (extent[0] < extent[1] ? roundedOut(extent, 6) : extent);

const legendOf = ({ bar, mark }: NonNullable<BarChartOptions['names']>): Html =>
  legend([
    { name: bar, shape: 'area' },
    { name: mark, shape: 'mark' },
  ]);

function drawGrid({ ticks, place }: Scale, bottom: number, isFromZero: boolean): Html {
  const lines = ticks.map(({ value }) => `M${px(place(value))} 2V${px(bottom)}`).join('');
  return html`<path class="grid" d="${lines}"/>${isFromZero && html`<path class="zero" d="M${px(place(0))} 2V${px(bottom)}"/>`}`;
}

interface Place {
  /** The middle of the row. */
  readonly y: number;
  readonly place: (value: number) => number;
}

interface Look {
  /** Whether some are to be seen first, so that the others are grey. */
  readonly hasStrong: boolean;
  readonly points: boolean;
}

function drawValue({ value, low, high, mark, strong }: Bar, at: Place, { hasStrong, points }: Look): Html | undefined {
  if (!Number.isFinite(value)) return undefined;
  const { y, place } = at;
  const colour = hasStrong && !strong ? 's6' : seriesClass(value < 0 ? 1 : 0);
  if (points)
    return html`${drawErrorBar(low, high, at)}<circle class="area ${colour}" cx="${px(place(value))}" cy="${px(y)}" r="${RADIUS}"/>${drawMark(mark, at)}`;
  const [from, to] = [Math.min(place(0), place(value)), Math.max(place(0), place(value))];
  return html`<rect class="area ${colour}" x="${px(from)}" y="${px(y - THICKNESS / 2)}" width="${px(Math.max(0.5, to - from))}" height="${THICKNESS}"/>${drawErrorBar(low, high, at)}${drawMark(mark, at)}`;
}

function drawErrorBar(low: number | undefined, high: number | undefined, { y, place }: Place): Html | undefined {
  if (low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)) return undefined;
  const ends = [low, high].map((end) => `M${px(place(end))} ${px(y - 4)}v8`).join('');
  return html`<path class="error-bar" d="M${px(place(low))} ${px(y)}H${px(place(high))}${ends}"/>`;
}

function drawMark(mark: number | undefined, { y, place }: Place): Html | undefined {
  if (mark === undefined || !Number.isFinite(mark)) return undefined;
  return html`<path class="bar-mark ${seriesClass(1)}" d="M${px(place(mark))} ${px(y - 8)}v16"/>`;
}

function tableOf(bars: readonly Bar[], { x, names, labels = '' }: BarChartOptions): Picture['numbers'] {
  const number = true;
  const hasEnds = bars.some(({ low, high }) => low !== undefined || high !== undefined);
  const hasMarks = bars.some(({ mark }) => mark !== undefined);
  return {
    columns: [
      { title: labels },
      { title: names?.bar ?? axisTitle(x), number },
      ...(hasEnds
        ? [
            { title: 'from', number },
            { title: 'to', number },
          ]
        : []),
      ...(hasMarks ? [{ title: names?.mark ?? 'mark', number }] : []),
    ],
    rows: bars.map(({ label, value, low, high, mark }) => [
      named(label),
      ...[value, ...(hasEnds ? [low, high] : []), ...(hasMarks ? [mark] : [])].map((each) => shownNumber(each, x)),
    ]),
  };
}

function describe(bars: readonly Bar[], x: Axis): string {
  const [first] = bars.filter(({ value }) => Number.isFinite(value)).toSorted((a, b) => b.value - a.value);
  return `${axisTitle(x)} by ${bars.length} labels${first ? `; the largest is ${shownNumber(first.value, x)}, of ${first.label.slice(0, 80)}` : ''}.`;
}
