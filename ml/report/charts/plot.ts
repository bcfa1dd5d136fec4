// A picture with two axes: values lie along, and stand up.

import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import { type Size, widthOf } from './chart.ts';
import { px } from './px.ts';
import { horizontalScale, labelPlace, type Scale, type Span, verticalScale } from './scale.ts';
import { svgText } from './svg-text.ts';
import { textWidth } from './text-width.ts';
import type { Domain } from './ticks.ts';

/** The part of a picture in which values are drawn. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Plot {
  readonly x: Scale;
  readonly y: Scale;
  readonly area: Area;
  readonly height: number;
  /** Lines, ticks and titles: to be drawn before the values. */
  readonly frame: Html;
}

export interface PlotOptions {
  readonly size: Size | undefined;
  readonly x: Axis;
  readonly y: Axis;
  /** What the data reaches, of each. */
  readonly extents: { readonly x: Domain; readonly y: Domain };
  /** What is kept free on the right. @default 12 */
  readonly right?: number;
}

const TOP = 22;
const BELOW = 38;

export function plotOf({ size, x, y, extents, right = 12 }: PlotOptions): Plot {
  const width = widthOf(size);
  const height = size === 'wide' ? 320 : 240;
  const [top, bottom] = [TOP, height - BELOW];
  const vertical = verticalScale(y, extents.y, [bottom, top]);
  const left = Math.min(width * 0.3, Math.max(24, ...vertical.ticks.map(({ label }) => textWidth(label) + 8)));
  const area = { left, right: width - right, top, bottom };
  const horizontal = horizontalScale(x, extents.x, { ...area, width });
  const frame = html`${drawVertical(vertical, y, area)}${drawHorizontal(horizontal, x, { ...area, width })}`;
  return { x: horizontal, y: vertical, area, height, frame };
}

/** A title with its unit: "Price (€)". */
export const axisTitle = ({ title, unit }: Axis): string => (unit === undefined ? title : `${title} (${unit})`);

function drawVertical({ ticks, place }: Scale, axis: Axis, { left, right, top }: Area): Html {
  const lines = ticks.map(({ value }) => `M${px(left)} ${px(place(value))}H${px(right)}`).join('');
  const labels = ticks.map(({ value, label }) =>
    svgText(label, { x: left - 5, y: place(value) + 4, anchor: 'end', width: left - 5, style: 'tick' }),
  );
  const title = svgText(axisTitle(axis), { x: 2, y: top - 10, width: right - 2, style: 'axis-title' });
  return html`<path class="grid" d="${lines}"/>${labels}${title}`;
}

/** The line below a picture, its ticks, and its title. */
export function drawHorizontal(scale: Scale, axis: Axis, span: Span & Pick<Area, 'bottom'>): Html {
  const { left, right, bottom, width } = span;
  const marks = scale.ticks.map(({ value }) => `M${px(scale.place(value))} ${px(bottom)}v4`).join('');
  const labels = scale.ticks.map((tick) =>
    svgText(tick.label, { x: labelPlace(tick, scale, width), y: bottom + 15, anchor: 'middle', style: 'tick' }),
  );
  const title = svgText(axisTitle(axis), {
    x: right,
    y: bottom + 31,
    anchor: 'end',
    width: right - 2,
    style: 'axis-title',
  });
  return html`<path class="zero" d="M${px(left)} ${px(bottom)}H${px(right)}${marks}"/>${labels}${title}`;
}
