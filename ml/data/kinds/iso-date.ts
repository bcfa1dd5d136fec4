/** How a column writes its dates, by the names that JSON Schema has for them; without an offset, a time is UTC. */
export type IsoFormat = 'date' | 'date-time';

/** What people are to write. */
export const isoPattern: Readonly<Record<IsoFormat, string>> = {
  date: 'YYYY-MM-DD',
  'date-time': 'YYYY-MM-DDThh:mm',
};

const DAY_MS = 86_400_000;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Digits past the millisecond are passed over; databases and programs write six and nine of them, and " UTC" in place of an offset. */
const dateTime =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/i;

/** Years are written with four digits. */
const [FIRST_DAY, LAST_DAY] = [dayOf(0, 1, 1) as number, dayOf(9999, 12, 31) as number];

/**
 * The days from 1970-01-01 (UTC) to a date in ISO 8601, with the time of day as a fraction, to the millisecond.
 *
 * @returns undefined where the text has another format, there is no such day or time, or it is of a year of more digits in UTC
 */
export function daysFrom(text: string, format: IsoFormat): number | undefined {
  if (format === 'date') return dayNumber(text);
  const [, day, hours, minutes, seconds = '0', fraction = '', offset = 'Z'] = dateTime.exec(text) ?? [];
  const days = day === undefined ? undefined : dayNumber(day);
  if (days === undefined) return undefined;
  const ofDay = timeOfDay(Number(hours), Number(minutes), Number(seconds) + Number(`0.${fraction.slice(0, 3)}`));
  const offsetMinutes = minutesOf(offset);
  if (ofDay === undefined || offsetMinutes === undefined) return undefined;
  return writable((days * DAY_MS + ofDay - offsetMinutes * 60_000) / DAY_MS);
}

/** The milliseconds from midnight to a time of day, of which 24:00 is the end; undefined where there is none. */
export function timeOfDay(hours: number, minutes: number, seconds: number): number | undefined {
  if (hours > 23 && !(hours === 24 && minutes === 0 && seconds === 0)) return undefined;
  return minutes > 59 || seconds >= 60 ? undefined : (hours * 60 + minutes) * 60_000 + Math.round(seconds * 1000);
}

/** A number of days, undefined where no year of four digits has it: what is read can be written. */
export function writable(days: number): number | undefined {
  return days >= FIRST_DAY && days < LAST_DAY + 1 ? days : undefined;
}

function dayNumber(text: string): number | undefined {
  const [, year, month, day] = date.exec(text) ?? [];
  return year === undefined ? undefined : dayOf(Number(year), Number(month), Number(day));
}

/** The days since 1970-01-01 of a day in the Gregorian calendar; undefined where there is none. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12) return undefined;
  // Date.UTC takes years below 100 for those of the 20th century.
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  // A day that a month does not have is one of another month.
  return at.getUTCDate() === day ? at.getTime() / DAY_MS : undefined;
}

/** An offset as minutes; undefined where no place has such a one. */
function minutesOf(offset: string): number | undefined {
  if (!/^[+-]/.test(offset)) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), offset.length > 3 ? Number(offset.slice(-2)) : 0];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The text of a number of days, which reads back as it was: seconds are written only where there are some. */
export function isoText(days: number, format: IsoFormat): string {
  const text = new Date(Math.round(days * DAY_MS)).toISOString();
  return format === 'date'
    ? text.slice(0, 10)
    : text
        .slice(0, -1)
        .replace(/\.000$/, '')
        .replace(/:00$/, '');
}
