import { datePatternOf } from '../kinds/date-pattern.ts';
import { daysFrom } from '../kinds/iso-date.ts';

/** Orders of year, month and day; of several that read the same, the first is taken. */
const orders = [
  ['YYYY', 'MM', 'DD'],
  ['YYYY', 'M', 'D'],
  ['DD', 'MM', 'YYYY'],
  ['MM', 'DD', 'YYYY'],
  ['D', 'M', 'YYYY'],
  ['M', 'D', 'YYYY'],
  ['DD', 'MM', 'YY'],
  ['MM', 'DD', 'YY'],
  ['D', 'M', 'YY'],
  ['M', 'D', 'YY'],
] as const;

const days = [
  ...['-', '/', '.', ' '].flatMap((sign) => orders.map((parts) => parts.join(sign))),
  ...['MMM', 'MMMM'].flatMap((month) => [
    ...[`${month} DD, YYYY`, `${month} D, YYYY`, `${month} DD YYYY`, `${month} D YYYY`],
    ...['DD', 'D'].flatMap((day) =>
      ['YYYY', 'YY'].flatMap((year) => [' ', '-'].map((sign) => [day, month, year].join(sign))),
    ),
  ]),
].filter((pattern) => pattern !== 'YYYY-MM-DD');

const times = ['', ' hh:mm', ' hh:mm:ss', 'Thh:mm', 'Thh:mm:ss', ' h:mm', ' h:mm:ss', ' h:mm A', ' h:mm:ss A'];

/** Formats that are tried: those of ISO 8601 first, and last those that much else looks like. */
const formats: readonly string[] = [
  ...['date', 'date-time'],
  ...['YYYY-MM-DD h:mm', 'YYYY-MM-DD h:mm:ss', 'YYYY-MM-DD h:mm A', 'YYYY-MM-DD h:mm:ss A'],
  ...days.flatMap((day) => times.map((time) => `${day}${time}`)),
  ...['YYYYMMDD', 'YYYY-MM', 'YYYY/MM', 'MM/YYYY', 'MMM YYYY', 'MMMM YYYY'],
];

/** What any of them looks like: numbers with a sign between, a month's name, or eight digits. */
const alike =
  /^\d{1,4}([-/. ])\d{1,2}\1\d{1,4}(?!\d)|^\d{1,2}[- ]\p{L}{3,9}[- ]\d{2}|^\p{L}{3,9} \d{1,2},? \d{4}|^\p{L}{3,9} \d{4}$|^(?:19|20)\d{6}$|^\d{4}[-/]\d{2}$|^\d{2}\/\d{4}$/u;

/** The days since 1970-01-01 (UTC) of a text of a format; undefined where it has another form. */
export const dayUnder = (text: string, format: string): number | undefined =>
  format === 'date' || format === 'date-time' ? daysFrom(text, format) : datePatternOf(format).parse(text);

/** Of a column that has a few wrong dates, so many are tried under formats that read none before. */
const MOST_TRIED = 100;

interface Read {
  count: number;
  min: number;
  max: number;
}

/** How often each of the formats has read a text of a column. */
export class DateFormats {
  /** Cells that are dates in any format. */
  count = 0;
  readonly #read = new Map<string, Read>();
  #tried = 0;

  /** Takes a text that occurs so many times; returns whether it is a date in any format. */
  add(text: string, count: number): boolean {
    if (!alike.test(text)) return false;
    const isRead = this.#readBy(text, count, this.#read.keys()) || this.#readByOthers(text, count);
    if (isRead) this.count += count;
    return isRead;
  }

  /** The formats that read the most rows, in the order in which they are preferred; several where day and month may be either. */
  best(): (Readonly<Read> & { readonly format: string })[] {
    const most = Math.max(0, ...[...this.#read.values()].map(({ count }) => count));
    return formats.flatMap((format) => {
      const read = this.#read.get(format);
      return read?.count === most ? [{ format, ...read }] : [];
    });
  }

  #readByOthers(text: string, count: number): boolean {
    if (this.#tried >= MOST_TRIED) return false;
    this.#tried += 1;
    return this.#readBy(text, count, formats);
  }

  #readBy(text: string, count: number, tried: Iterable<string>): boolean {
    let isRead = false;
    for (const format of tried) {
      const days = dayUnder(text, format);
      if (days === undefined) continue;
      isRead = true;
      const read = this.#read.get(format) ?? { count: 0, min: Infinity, max: -Infinity };
      read.count += count;
      read.min = Math.min(read.min, days);
      read.max = Math.max(read.max, days);
      this.#read.set(format, read);
    }
    return isRead;
  }
}
