import { z } from 'zod';
import { columnShape } from './column-shape.ts';
import { type DateFormat, datePattern, daysFrom } from './iso-date.ts';

const limit = (which: string) =>
  z.string().optional().describe(`The ${which} date that is allowed, in the column’s format.`);

export const dateSchema = z
  .strictObject({
    ...columnShape,
    kind: z.literal('date'),
    format: z
      .enum(['date', 'date-time'])
      .optional()
      .describe(
        'How it is written in ISO 8601: date (2024-01-31) or date-time (2024-01-31T09:30, UTC). Default: date.',
      ),
    min: limit('earliest'),
    max: limit('latest'),
  })
  .superRefine((column, context) => {
    const { min = -Infinity, max = Infinity } = limitsOf(column);
    for (const at of ['min', 'max'] as const) {
      if (!Number.isNaN(limitsOf(column)[at] ?? 0)) continue;
      context.addIssue({ code: 'custom', path: [at], message: `must be a date as ${datePattern[formatOf(column)]}` });
    }
    if (min >= max) context.addIssue({ code: 'custom', path: ['min'], message: 'must be before max' });
  });

/** A column of dates; a table holds days since 1970-01-01 (UTC). */
export type DateColumn = z.infer<typeof dateSchema>;

export function formatOf({ format = 'date' }: DateColumn): DateFormat {
  return format;
}

/** The ends of the range that is allowed, in days; NaN where one is no date. */
export function limitsOf(column: DateColumn): { readonly min: number | undefined; readonly max: number | undefined } {
  const days = (text: string | undefined) =>
    text === undefined ? undefined : (daysFrom(text, formatOf(column)) ?? Number.NaN);
  return { min: days(column.min), max: days(column.max) };
}

/** A function from a text to days, made once for a column; undefined where the column does not allow it. */
export function dateParser(column: DateColumn): (text: string) => number | undefined {
  const format = formatOf(column);
  const { min = -Infinity, max = Infinity } = limitsOf(column);
  return (text) => {
    const days = daysFrom(text, format);
    return days !== undefined && days >= min && days <= max ? days : undefined;
  };
}

/** What the column takes, in words: "a date as YYYY-MM-DD, from 2020-01-01 on". */
export function allowedDate(column: DateColumn): string {
  const range = dateRange(column);
  return `a ${formatOf(column) === 'date' ? 'date' : 'date and time'} as ${datePattern[formatOf(column)]}${range === undefined ? '' : `, ${range}`}`;
}

/** The range in words; undefined where it has no end. */
export function dateRange({ min, max }: DateColumn): string | undefined {
  if (min === undefined) return max === undefined ? undefined : `up to ${max}`;
  return max === undefined ? `from ${min} on` : `from ${min} to ${max}`;
}
