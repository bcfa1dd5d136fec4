import { formatCompact } from '../../core/format-number.ts';
import type { Axis } from './axis.ts';
import { dateTicks } from './date-ticks.ts';
import { textWidth } from './text-width.ts';
import { type Domain, linearTicks, logTicks, roundedOut } from './ticks.ts';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** From a value to its place in a picture. */
export interface Scale {
  readonly domain: Domain;
  /** What lies outside of the domain stands at its ends. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** The ends of all values that are finite; undefined where there are none, and of a logarithm none above 0. */
export function extentOf(values: Iterable<number>, scale: Axis['scale'] = 'linear'): Domain | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return from <= to ? [from, to] : undefined;
}

/** The domain of an axis: what it says, or the extent of the data; of one value what lies around it. */
function domainOf({ domain, scale }: Axis, extent: Domain): Domain {
  const [from, to] = domain ?? extent;
  if (from < to) return [from, to];
  if (scale === 'log') return [from / 2, Math.min(Number.MAX_VALUE, from * 2)];
  const around = scale === 'date' || from === 0 ? 1 : Math.abs(from) * 0.1;
  return [Math.max(-Number.MAX_VALUE, from - around), Math.min(Number.MAX_VALUE, from + around)];
}

/** A domain that also holds 0, from which lengths are measured. */
export const withZero = ([from, to]: Domain): Domain => [Math.min(0, from), Math.max(0, to)];

/** The scale of an axis that stands, from its lower end to its upper one. */
export function verticalScale(axis: Axis, extent: Domain, [bottom, top]: Domain): Scale {
  const most = Math.max(2, Math.floor((bottom - top) / 34));
  const given = domainOf(axis, extent);
  const isRounded = axis.domain === undefined && (axis.scale ?? 'linear') === 'linear';
  const domain = isRounded ? roundedOut(given, most) : given;
  return scaleOf(axis, domain, [bottom, top], ticksOf(axis, domain, most));
}

/** Where an axis lies, and how wide the picture is out of which its labels may not run. */
export interface Span {
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** The scale of an axis that lies, with as many ticks as have room for their labels. */
export function horizontalScale(axis: Axis, extent: Domain, span: Span): Scale {
  const domain = domainOf(axis, extent);
  const scaleWith = (most: number) => scaleOf(axis, domain, [span.left, span.right], ticksOf(axis, domain, most));
  for (let most = 7; most > 1; most--) {
    const scale = scaleWith(most);
    if (isRoomy(scale, span.width)) return scale;
  }
  const { ticks, ...scale } = scaleWith(2);
  return { ...scale, ticks: ticks.slice(0, 1) };
}

/** The middle of a tick's label: below the tick, but within the picture. */
export function labelPlace({ value, label }: Tick, { place }: Scale, width: number): number {
  const half = textWidth(label) / 2;
  return Math.max(half, Math.min(width - half, place(value)));
}

function isRoomy(scale: Scale, width: number): boolean {
  const ends = scale.ticks.map((tick) => {
    const [middle, half] = [labelPlace(tick, scale, width), textWidth(tick.label) / 2];
    return { start: middle - half, end: middle + half };
  });
  return ends.every(({ start }, i) => i === 0 || start - (ends[i - 1]?.end ?? 0) >= 6);
}

function ticksOf(
  { scale = 'linear', format = formatCompact, tick = format, whole = false }: Axis,
  domain: Domain,
  most: number,
): Tick[] {
  if (scale === 'date') return dateTicks(domain, most);
  const values = scale === 'log' ? logTicks(domain, most) : linearTicks(domain, most);
  return values.filter((value) => !whole || Number.isInteger(value)).map((value) => ({ value, label: tick(value) }));
}

function scaleOf({ scale }: Axis, domain: Domain, [start, end]: Domain, ticks: readonly Tick[]): Scale {
  const along = scale === 'log' ? Math.log : (value: number) => value;
  // Halves, since the difference of two numbers may be more than a number holds.
  const [from, to] = [along(domain[0]) / 2, along(domain[1]) / 2];
  const share = (value: number) => Math.max(0, Math.min(1, (along(value) / 2 - from) / (to - from)));
  return { domain, ticks, place: (value) => start + share(value) * (end - start) };
}
