import { formatRounded, formatShort } from '../../core/format-number.ts';
import { isoText } from '../../data/kinds/iso-date.ts';
import type { Axis } from './axis.ts';

/** A number of a table below a picture: as the axis writes it, or in four significant digits; a dash where there is none. */
export function shownNumber(value: number | undefined, { format, scale }: Pick<Axis, 'format' | 'scale'> = {}): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (format) return format(value);
  if (scale !== 'date') return formatShort(value, 4);
  // What a table can hold may be further away than what a date can tell.
  return Math.abs(value) < 1e6 ? isoText(value, 'date') : `${formatRounded(value, 4)} days`;
}
