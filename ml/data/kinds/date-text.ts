// How a column writes its dates, and how they are read.

import { type DatePattern, datePatternOf, whyNotAPattern } from './date-pattern.ts';
import { daysFrom, type IsoFormat, isoPattern, isoText } from './iso-date.ts';

/** The texts of a column's dates. */
export interface DateText {
  /** What people are to write. */
  readonly pattern: string;
  readonly hasTime: boolean;
  /** How ISO 8601 writes them; undefined where such a text could mean another date by the pattern, or says more than that. */
  readonly iso: IsoFormat | undefined;
  /** The days since 1970-01-01 (UTC) of a text, by the pattern or as ISO 8601 has it; undefined where it is no such date. */
  parse(text: string): number | undefined;
  /** The text of a number of days, which reads back as it was, as far as the pattern goes. */
  write(days: number): string;
}

const isoFormats = ['date', 'date-time'] as const;
const isIso = (format: string): format is IsoFormat => isoFormats.some((each) => each === format);

const isoDates = (format: IsoFormat): DateText => ({
  pattern: isoPattern[format],
  hasTime: format === 'date-time',
  iso: format,
  parse: (text) => daysFrom(text, format),
  write: (days) => isoText(days, format),
});

const ofIso = { date: isoDates('date'), 'date-time': isoDates('date-time') };

/** How the dates of a format are written: `date`, `date-time`, or a pattern. @throws Error where it is none of them */
export function dateTextOf(format = 'date'): DateText {
  return isIso(format) ? ofIso[format] : patternDates(datePatternOf(format));
}

/** Why a format is none; undefined where it is one. */
export function whyNoFormat(format = 'date'): string | undefined {
  return isIso(format) ? undefined : whyNotAPattern(format);
}

/** A date of two digits each, that is another one with its day and month in the place of each other. */
const TELLING = daysFrom('2003-11-10T12:00', 'date-time') as number;

function patternDates({ pattern, hasTime, hasDay, parse, write }: DatePattern): DateText {
  // YYYY-DD-MM reads as if it were YYYY-MM-DD.
  const sample = write(TELLING);
  const isOtherDate = isoFormats.some((each) => {
    const days = daysFrom(sample, each);
    return days !== undefined && days !== parse(sample);
  });
  const iso = !hasDay || isOtherDate ? undefined : hasTime ? 'date-time' : 'date';
  const fromIso = (text: string) => {
    const days = iso && daysFrom(text, iso);
    const read = days === undefined ? undefined : parse(write(days));
    // Two digits of a year say nothing of its century.
    return days !== undefined && read !== undefined && Math.floor(read) === Math.floor(days) ? days : undefined;
  };
  return { pattern, hasTime, iso, parse: (text) => parse(text) ?? fromIso(text), write };
}
