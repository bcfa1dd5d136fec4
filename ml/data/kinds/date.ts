import { z } from 'zod';
import { type CellProblem, IF_NOT_KNOWN, isNot, standsForNotKnown } from '../cell-problem.ts';
import { defineKind, type FeatureKind } from './column-kind.ts';
import { columnShape } from './column-shape.ts';
import { type DateText, dateTextOf, whyNoFormat } from './date-text.ts';
import { isoPattern, isoText } from './iso-date.ts';
import { type CellReading, missingCheck, missingTexts, missingValues } from './reading.ts';

const limit = (which: string) =>
  z.string().optional().describe(`The ${which} date that is allowed, in the column’s format.`);

const schema = z
  .strictObject({
    ...columnShape,
    kind: z.literal('date'),
    format: z
      .string()
      .superRefine((format, context) => {
        const message = whyNoFormat(format);
        // No limit can be read by a format that is none.
        if (message !== undefined) context.addIssue({ code: 'custom', message, continue: false });
      })
      .optional()
      .describe(
        'How it is written: date (2024-01-31) or date-time (2024-01-31T09:30, UTC), as in ISO 8601; or a pattern of YYYY, MM, DD, hh, mm and ss with what stands between them: DD.MM.YYYY, M/D/YYYY hh:mm, YYYYMMDD, D MMM YYYY. Default: date.',
      ),
    min: limit('earliest'),
    max: limit('latest'),
  })
  .superRefine((column, context) => {
    const refuse = (at: string, message: string) => context.addIssue({ code: 'custom', path: [at], message });
    const { pattern } = dateTextOf(column.format);
    const { min = -Infinity, max = Infinity } = limitsOf(column);
    for (const at of ['min', 'max'] as const)
      if (Number.isNaN(limitsOf(column)[at] ?? 0)) refuse(at, `must be a date as ${pattern}`);
    if (min >= max) refuse('min', 'must be before max');
  });

type DateColumn = z.infer<typeof schema>;

/** A column of dates; a table holds days since 1970-01-01 (UTC). */
export const date = defineKind({ name: 'date', schema, roles: ['time'] }, (column): FeatureKind => {
  const text = dateTextOf(column.format);
  const { parse, write } = text;
  const limits = limitsOf(column);
  const { min = -Infinity, max = Infinity } = limits;
  /** A function from days to themselves; NaN of those that stand for "not known", undefined of those that are not allowed. */
  const knownDays = (reading: CellReading) => {
    const missing = missingValues(missingTexts(column, reading), parse);
    return (days: number | undefined) => {
      if (days === undefined) return undefined;
      if (missing.has(days)) return Number.NaN;
      return days >= min && days <= max ? days : undefined;
    };
  };
  const allowed = () => allowedDate(column, text);
  return {
    values: 'days',
    limits,
    allowed,
    parser(reading) {
      const isMissing = missingCheck(column, reading);
      const known = knownDays(reading);
      return (cell) => {
        const trimmed = cell.trim();
        return isMissing(trimmed) ? Number.NaN : known(parse(trimmed));
      };
    },
    problem: (cell) => ({ ...isNot(allowed()), ...remedyFor(text, cell.trim()) }),
    writer: () => write,
    valueReader(reading) {
      const isMissing = missingCheck(column, reading);
      const known = knownDays(reading);
      return (value) => {
        if (typeof value !== 'string' || value === '') return undefined;
        return isMissing(value) ? Number.NaN : known(parse(value));
      };
    },
    fromText: (value) => value,
    example: () => write(limits.min ?? limits.max ?? 0),
    jsonSchema: () => ({
      type: ['string', 'null'],
      ...(text.pattern === isoPattern.date ? { format: 'date' } : { examples: [write(limits.min ?? limits.max ?? 0)] }),
    }),
    control() {
      const { iso } = text;
      if (iso === undefined) return { control: 'text', example: text.pattern };
      const end = (days: number | undefined) => (days === undefined ? undefined : isoText(days, iso));
      return { control: 'date', hasTime: iso === 'date-time', min: end(limits.min), max: end(limits.max) };
    },
  };
});

/** The ends of the range that is allowed, in days; NaN where one is no date. */
function limitsOf({ format, min, max }: DateColumn): FeatureKind['limits'] {
  const { parse } = dateTextOf(format);
  const days = (text: string | undefined) => (text === undefined ? undefined : (parse(text) ?? Number.NaN));
  return { min: days(min), max: days(max) };
}

/** What to do about a text that is no date of the column's format. */
function remedyFor(own: DateText, text: string): Pick<CellProblem, 'remedy'> {
  const reads = (format: string) => dateTextOf(format).parse(text) !== undefined;
  if (standsForNotKnown(text)) return { remedy: IF_NOT_KNOWN };
  if (own.parse(text) !== undefined) return {};
  if (reads('date')) return { remedy: 'declare "format": "date" where there is no time of day' };
  if (reads('date-time')) return { remedy: 'declare "format": "date-time" where there is a time of day' };
  return own.iso !== undefined && own.pattern === isoPattern[own.iso]
    ? { remedy: 'write dates as 2024-01-31: year, month, day, or declare the "format" that they have' }
    : {};
}

function allowedDate(column: DateColumn, { pattern, hasTime }: DateText): string {
  const range = dateRange(column);
  return `a date${hasTime ? ' and time' : ''} as ${pattern}${range === undefined ? '' : `, ${range}`}`;
}

/** A range of dates in words: "from 2020-01-01 on"; undefined where it has no end. */
export function dateRange({ min, max }: { readonly min?: string | undefined; readonly max?: string | undefined }) {
  if (min === undefined) return max === undefined ? undefined : `up to ${max}`;
  return max === undefined ? `from ${min} on` : `from ${min} to ${max}`;
}
