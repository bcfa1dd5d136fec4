import { numberFrom } from '../number-from.ts';

const marks = ['.', ',', ' ', "'"] as const;

/** How numbers are written: what stands before their decimals, and what groups their digits, if anything does. */
export interface Convention {
  readonly decimal: '.' | ',';
  readonly thousands: (typeof marks)[number] | undefined;
}

/** A way to read a text as a number, and what that asks of the convention: undefined is the same under any. */
interface NumberReading {
  readonly decimal: Convention['decimal'] | undefined;
  readonly thousands: Convention['thousands'];
  readonly value: number;
}

const whole = /^[+-]?\d+$/;
const simple = /^[+-]?(?:\d+(?:([.,])\d*)?|([.,])\d+)(?:[eE][+-]?\d+)?$/;
const grouped = /^[+-]?[1-9]\d{0,2}([.,'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*(?:([.,])\d+)?$/;

/** The ways to read a text as a number: none, one, or the two of "1,234". A number that a double cannot hold is none. */
function readingsOf(text: string): NumberReading[] {
  if (whole.test(text)) return readingOf(text, undefined, undefined);
  const one = simple.exec(text);
  const many = grouped.exec(text);
  return [
    ...(one ? readingOf(text, one[1] ?? one[2], undefined) : []),
    ...(many && many[1] !== many[2] ? readingOf(text, many[2], many[1]) : []),
  ];
}

function readingOf(text: string, point: string | undefined, group: string | undefined): NumberReading[] {
  const digits = group === undefined ? text : text.replaceAll(group, '');
  const value = numberFrom(point === ',' ? digits.replace(',', '.') : digits);
  if (value === undefined) return [];
  const decimal = point === undefined ? undefined : point === ',' ? ',' : '.';
  return [{ decimal, thousands: group === undefined ? undefined : markOf(group), value }];
}

/** Spaces and apostrophes of several kinds group digits alike. */
const markOf = (sign: string) => marks.find((mark) => mark === sign) ?? (sign === '’' ? "'" : ' ');

/** Whether a reading is the one that a convention asks for. */
const fits = ({ decimal, thousands }: NumberReading, convention: Convention): boolean =>
  (decimal === undefined || decimal === convention.decimal) &&
  (thousands === undefined || thousands === convention.thousands);

/** A text as a number under a convention; undefined where it is none. */
export function numberUnder(text: string, convention: Convention): number | undefined {
  if (convention.decimal === '.' && convention.thousands === undefined) return numberFrom(text);
  return readingsOf(text).find((each) => fits(each, convention))?.value;
}

/** What is known of numbers that are written alike. */
export interface NumberStatistics {
  count: number;
  min: number;
  max: number;
  isWhole: boolean;
}

const none = (): NumberStatistics => ({ count: 0, min: Infinity, max: -Infinity, isWhole: true });

interface Form {
  readonly readings: readonly NumberReading[];
  /** Of each reading. */
  readonly statistics: readonly NumberStatistics[];
}

/** Takes a number that occurs so many times. */
function note(all: NumberStatistics, value: number, count: number): void {
  all.count += count;
  if (value < all.min) all.min = value;
  if (value > all.max) all.max = value;
  if (all.isWhole && !Number.isInteger(value)) all.isWhole = false;
}

/** A form that is read in one way. */
const formOf = (decimal: NumberReading['decimal']): Form => ({
  readings: [{ decimal, thousands: undefined, value: 0 }],
  statistics: [none()],
});

/** Numbers by the ways in which they may be read. */
export class NumberForms {
  /** Those that most columns have alone: whole ones, and those with a point. */
  readonly #whole = formOf(undefined);
  readonly #pointed = formOf('.');
  readonly #forms = new Map<string, Form>([
    [':|', this.#whole],
    ['.:|', this.#pointed],
  ]);

  /** Takes a text that occurs so many times; returns whether it is a number under any convention. */
  add(text: string, count: number): boolean {
    const plain = grouped.test(text) ? undefined : numberFrom(text);
    if (plain !== undefined) {
      const { statistics } = text.includes('.') ? this.#pointed : this.#whole;
      note(statistics[0] as NumberStatistics, plain, count);
      return true;
    }
    const readings = readingsOf(text);
    if (readings.length === 0) return false;
    const key = readings.map(({ decimal = '', thousands = '' }) => `${decimal}:${thousands}|`).join('');
    const form = this.#forms.get(key) ?? { readings, statistics: readings.map(none) };
    this.#forms.set(key, form);
    for (const [i, { value }] of readings.entries()) note(form.statistics[i] as NumberStatistics, value, count);
    return true;
  }

  /** What is known of the numbers that a convention reads. */
  under(convention: Convention): Readonly<NumberStatistics> {
    const joined = none();
    for (const { readings, statistics } of this.#forms.values()) {
      const read = statistics[readings.findIndex((each) => fits(each, convention))];
      if (read === undefined) continue;
      joined.count += read.count;
      joined.min = Math.min(joined.min, read.min);
      joined.max = Math.max(joined.max, read.max);
      joined.isWhole &&= read.isWhole;
    }
    return joined;
  }

  /** How many cells are numbers under some convention. */
  get count(): number {
    return [...this.#forms.values()].reduce((sum, { statistics }) => sum + (statistics[0]?.count ?? 0), 0);
  }

  /** The characters that group digits somewhere. */
  separators(): NonNullable<Convention['thousands']>[] {
    const all = [...this.#forms.values()].flatMap(({ readings }) => readings.map(({ thousands }) => thousands));
    return [...new Set(all)].filter((each) => each !== undefined);
  }
}
