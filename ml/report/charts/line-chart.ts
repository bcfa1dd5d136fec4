import { named } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import { type ChartOptions, emptyFigure, figure, widthOf } from './chart.ts';
import { axisTitle, type Plot, plotOf } from './plot.ts';
import { px } from './px.ts';
import { drawDiagonal, drawHighlights, drawRules, type Highlight, type Rule } from './references.ts';
import { extentOf } from './scale.ts';
import { dashOf, seriesClass } from './series.ts';
import { shownNumber } from './shown-number.ts';
import { spreadOut } from './spread-out.ts';
import { svgText } from './svg-text.ts';
import { textWidth } from './text-width.ts';
import { thinned } from './thinned.ts';

interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** The ends of a band around the line. @default none */
  readonly low?: number;
  readonly high?: number;
}

/** A line; where several are drawn, with its name at its end. */
export interface Line {
  readonly name: string;
  /** In ascending order of x. A y that is not finite interrupts the line. */
  readonly points: readonly LinePoint[];
  /** Whether each point is marked, where there are few. @default false */
  readonly dots?: boolean;
}

export interface LineChartOptions extends ChartOptions {
  readonly x: Axis;
  readonly y: Axis;
  /** Whether the line on which both are equal is drawn. @default false */
  readonly diagonal?: boolean;
  /** Lines of one y, with their names. @default none */
  readonly rules?: readonly Rule[];
  /** Points that a reader looks for. @default none */
  readonly highlights?: readonly Highlight[];
}

/** Numbers along an axis. */
export function lineChart(lines: readonly Line[], options: LineChartOptions): Html {
  const { x, y, size, diagonal = false, rules = [], highlights = [] } = options;
  const points = lines.flatMap(({ points: each }) => each);
  const along = extentOf(
    points.map((point) => point.x),
    x.scale,
  );
  const up = extentOf(
    [
      ...points.flatMap(({ y: value, low = value, high = value }) => [value, low, high]),
      ...rules.map((rule) => rule.y),
    ],
    y.scale,
  );
  if (
    !along ||
    !up ||
    extentOf(
      points.map((point) => point.y),
      y.scale,
    ) === undefined
  ) {
    return emptyFigure(options, 'There are no values.');
  }
  const names = lines.length > 1 ? Math.max(...lines.map(({ name }) => textWidth(name.slice(0, 60)))) : 0;
  const room = Math.min(widthOf(size) * 0.3, names);
  const plot = plotOf({ size, x, y, extents: { x: along, y: up }, right: room + 12 });
  const drawn = lines.map((line) => ({ ...line, points: thinned(visible(line.points, options), plot.x.place) }));
  return figure(options, {
    height: plot.height,
    content: html`${plot.frame}${diagonal && drawDiagonal(plot)}${drawn.map((line, i) => drawBand(line, plot, i))}${drawn.map((line, i) => drawLine(line, plot, i))}${drawRules(rules, plot)}${drawHighlights(highlights, plot)}${lines.length > 1 && drawNames(drawn, plot, room)}`,
    description: describe(lines, options),
    numbers: tableOf(drawn, options),
  });
}

/** A logarithm shows what is above 0 alone. */
function visible(points: readonly LinePoint[], { x, y }: LineChartOptions): LinePoint[] {
  return points
    .filter((point) => Number.isFinite(point.x) && (x.scale !== 'log' || point.x > 0))
    .map((point) => (y.scale === 'log' && !(point.y > 0) ? { ...point, y: Number.NaN } : point));
}

/** Points without a gap between them. */
function runsOf(points: readonly LinePoint[], isIn: (point: LinePoint) => boolean): LinePoint[][] {
  const runs: LinePoint[][] = [[]];
  for (const point of points) {
    if (isIn(point)) runs.at(-1)?.push(point);
    else if (runs.at(-1)?.length !== 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function drawLine({ points, dots = false }: Line, { x, y }: Plot, series: number): Html {
  const runs = runsOf(points, (point) => Number.isFinite(point.y));
  const at = (point: LinePoint) => `${px(x.place(point.x))} ${px(y.place(point.y))}`;
  const path = runs.map((run) => `M${run.map(at).join('L')}`).join('');
  // A point by itself is a line to nowhere.
  const marked = dots ? runs.flat() : runs.filter((run) => run.length === 1).flat();
  const circles = marked.map(
    (point) =>
      html`<circle class="mark ${seriesClass(series)}" cx="${px(x.place(point.x))}" cy="${px(y.place(point.y))}" r="3"/>`,
  );
  return html`<path class="stroke ${seriesClass(series)}"${dashOf(series)} d="${path}"/>${circles}`;
}

function drawBand({ points }: Line, { x, y }: Plot, series: number): Html | undefined {
  const runs = runsOf(points, ({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  if (runs.length === 0) return undefined;
  const path = runs.map((run) => {
    const upper = run.map((point) => `${px(x.place(point.x))} ${px(y.place(point.high as number))}`);
    const lower = run.toReversed().map((point) => `${px(x.place(point.x))} ${px(y.place(point.low as number))}`);
    return `M${[...upper, ...lower].join('L')}Z`;
  });
  return html`<path class="pale ${seriesClass(series)}" d="${path.join('')}"/>`;
}

function drawNames(lines: readonly Line[], { y, area }: Plot, room: number): Html {
  const ends = lines.flatMap(({ name, points }, series) => {
    const last = points.findLast((point) => Number.isFinite(point.y));
    return last ? [{ name, series, place: y.place(last.y) }] : [];
  });
  const places = spreadOut(
    ends.map(({ place }) => place),
    { apart: 13, from: area.top + 4, to: area.bottom },
  );
  return html`${ends.map(({ name, series }, i) =>
    svgText(name, {
      x: area.right + 5,
      y: (places[i] as number) + 4,
      width: room,
      style: `series-label ${seriesClass(series)}`,
    }),
  )}`;
}

function tableOf(lines: readonly Line[], { x, y }: LineChartOptions) {
  const number = true;
  const hasBand = lines.some(({ points }) => points.some(({ low, high }) => low !== undefined || high !== undefined));
  return {
    columns: [
      ...(lines.length > 1 ? [{ title: 'Line' }] : []),
      { title: axisTitle(x), number },
      { title: axisTitle(y), number },
      ...(hasBand
        ? [
            { title: 'from', number },
            { title: 'to', number },
          ]
        : []),
    ],
    rows: lines.flatMap(({ name, points }) =>
      points.map((point) => [
        ...(lines.length > 1 ? [named(name)] : []),
        shownNumber(point.x, x),
        shownNumber(point.y, y),
        ...(hasBand ? [shownNumber(point.low, y), shownNumber(point.high, y)] : []),
      ]),
    ),
  };
}

function describe(lines: readonly Line[], { x, y }: LineChartOptions): string {
  const parts = lines.slice(0, 6).map(({ name, points }) => {
    const known = points.filter((point) => Number.isFinite(point.y));
    const [first, last] = [known[0], known.at(-1)];
    const way = first && last ? `from ${shownNumber(first.y, y)} to ${shownNumber(last.y, y)}` : 'without values';
    return `${name.slice(0, 60)} goes ${way}`;
  });
  return `${axisTitle(y)} by ${axisTitle(x)}: ${parts.join('; ')}.`;
}
