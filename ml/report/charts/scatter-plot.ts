import { formatExact } from '../../core/format-number.ts';
import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import { type ChartOptions, emptyFigure, figure } from './chart.ts';
import { hexagonsOf } from './hexagons.ts';
import { axisTitle, type Plot, plotOf } from './plot.ts';
import { px } from './px.ts';
import { drawDiagonal, drawRules, type Rule } from './references.ts';
import { extentOf } from './scale.ts';
import { shownNumber } from './shown-number.ts';
import { type Domain, roundedOut } from './ticks.ts';

/** A point for each place of both lists, which are of one length. */
export interface ScatterData {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface ScatterPlotOptions extends ChartOptions {
  readonly x: Axis;
  readonly y: Axis;
  /** Whether both axes have one domain, and the line on which both are equal is drawn. @default false */
  readonly diagonal?: boolean;
  /** Lines of one y, with their names. @default none */
  readonly rules?: readonly Rule[];
}

type Point = readonly [x: number, y: number];

/** From so many points on hexagons are drawn, that hold them: a file stays small, and what is dense is seen to be. */
const MANY = 1500;
const RADIUS = 6;
/** How dark hexagons are, by their counts. */
const SHADES = 5;

/** Pairs of numbers: as points, or where they are many as hexagons that hold them. */
export function scatterPlot({ x: xs, y: ys }: ScatterData, options: ScatterPlotOptions): Html {
  const { x, y, size, diagonal = false, rules = [] } = options;
  const points: Point[] = [];
  for (let i = 0; i < xs.length; i++) {
    const point: Point = [xs[i] as number, ys[i] as number];
    if (isShown(point[0], x) && isShown(point[1], y)) points.push(point);
  }
  const along = extentOf(points.map(([value]) => value));
  const up = extentOf([...points.map(([, value]) => value), ...rules.map((rule) => rule.y)]);
  if (!along || !up) return emptyFigure(options, 'There are no values.');
  const common: Domain = [Math.min(along[0], up[0]), Math.max(along[1], up[1])];
  const extents = diagonal ? { x: rounded(common, x), y: common } : { x: rounded(along, x), y: up };
  const plot = plotOf({ size, x, y, extents });
  const places = points.map(([px, py]): Point => [plot.x.place(px), plot.y.place(py)]);
  return figure(options, {
    height: plot.height,
    content: html`${plot.frame}${points.length < MANY ? drawPoints(places) : drawHexagons(places, plot)}${diagonal && drawDiagonal(plot)}${drawRules(rules, plot)}`,
    description: `${formatExact(points.length)} points of ${axisTitle(y)} by ${axisTitle(x)}.`,
    numbers: tableOf(points, options),
  });
}

const isShown = (value: number, { scale }: Axis) => Number.isFinite(value) && (scale !== 'log' || value > 0);

/** No point lies on the edge. */
const rounded = (extent: Domain, { scale }: Axis): Domain =>
  extent[0] < extent[1] && (scale ?? 'linear') === 'linear' ? roundedOut(extent, 7) : extent;

/** A path of dots; those at one place are one. */
function drawPoints(places: readonly Point[]): Html {
  const dots = new Set(places.map(([x, y]) => `M${px(x)} ${px(y)}h0`));
  const radius = places.length > 400 ? 4 : 5.5;
  return html`<path class="dots s1" stroke-width="${radius}" d="${[...dots].join('')}"/>`;
}

function drawHexagons(places: readonly Point[], plot: Plot): Html {
  const hexagons = hexagonsOf(places, RADIUS);
  const most = Math.max(...hexagons.map(({ count }) => count));
  // Counts differ by orders of magnitude.
  const shadeOf = (count: number) =>
    Math.min(SHADES - 1, Math.floor((SHADES * Math.log(count + 1)) / Math.log(most + 1.01)));
  const paths = Array.from({ length: SHADES }, () => [] as string[]);
  for (const { x, y, count } of hexagons) paths[shadeOf(count)]?.push(`M${px(x)} ${px(y - RADIUS)}${outline}`);
  return html`<g class="area s1">${paths.map(
    (path, shade) => path.length > 0 && html`<path fill-opacity="${(shade + 1) / SHADES}" d="${path.join('')}"/>`,
  )}</g>${scaleNote(most, plot)}`;
}

/** From its upper corner around. */
const half = px((Math.sqrt(3) / 2) * RADIUS);
const outline = `l${half} ${RADIUS / 2}v${RADIUS}l-${half} ${RADIUS / 2}l-${half} -${RADIUS / 2}v-${RADIUS}Z`;

function scaleNote(most: number, { area }: Plot): Html {
  return html`<text class="tick" x="${px(area.right)}" y="${px(area.top - 10)}" text-anchor="end">1 to ${formatExact(most)} rows each</text>`;
}

function tableOf(points: readonly Point[], { x, y }: ScatterPlotOptions) {
  return {
    columns: [
      { title: axisTitle(x), number: true },
      { title: axisTitle(y), number: true },
    ],
    rows: points.slice(0, 100).map((point) => [shownNumber(point[0], x), shownNumber(point[1], y)]),
  };
}
