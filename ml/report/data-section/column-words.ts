// Columns and their values in words.

import { formatExact, formatShare, formatShort } from '../../core/format-number.ts';
import { withUnit } from '../../data/kinds/with-unit.ts';
import type { Axis } from '../charts/axis.ts';
import { shownNumber } from '../charts/shown-number.ts';
import type { Association } from './association.ts';
import { type ViewedColumn, yearText } from './viewed-column.ts';

/** The axis of a column's values. */
export const axisOf = ({ title, values, unit, isWhole, isYear }: ViewedColumn): Axis => ({
  title: title.slice(0, 60),
  unit,
  ...(values === 'days' && { scale: 'date' }),
  ...(isWhole && { whole: true }),
  ...(isYear && { format: yearText }),
});

/** A value of numbers or dates. */
export function valueText(column: ViewedColumn, value: number): string {
  const { values, isYear } = column;
  if (isYear) return yearText(value);
  const text = shownNumber(value, values === 'days' ? { scale: 'date' } : {});
  return withUnit(text, column);
}

export const kindWords = { number: 'number', days: 'date', codes: 'category' } as const;

/** "1,200 rows", "1 row". */
export const rowsText = (rows: number): string => `${formatExact(rows)} ${rows === 1 ? 'row' : 'rows'}`;

export const associationText = ({ value }: Association): string => (Number.isNaN(value) ? '–' : correlationText(value));

/** In two decimals, of which 0 has no sign. */
export const correlationText = (value: number): string => (Math.round(value * 100) / 100 + 0).toFixed(2);

export const measureWords = {
  spearman: 'rank correlation',
  cramers_v: 'Cramér’s V',
  correlation_ratio: 'correlation ratio',
} as const;

/** A share of 0 is none. */
export const shareText = (share: number): string => (share === 0 ? '0' : formatShare(share));

export const rounded = (value: number): string => formatShort(value, 4);
