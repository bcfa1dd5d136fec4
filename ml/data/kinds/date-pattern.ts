// Dates by a pattern: DD.MM.YYYY, M/D/YYYY hh:mm, YYYYMMDD, D MMM YYYY.

import { dayOf, timeOfDay, writable } from './iso-date.ts';

/** A pattern that was understood. */
export interface DatePattern {
  readonly pattern: string;
  readonly hasTime: boolean;
  /** Without one, a date is the first of its month. */
  readonly hasDay: boolean;
  /** The days since 1970-01-01 (UTC); undefined where the text has another form, or there is no such day or time. */
  parse(text: string): number | undefined;
  write(days: number): string;
}

/** What a date consists of; an hour is one of 24. */
interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 12 in the afternoon, by a clock of 12 hours. */
  half: number;
}

interface Token {
  readonly part: keyof Parts;
  /** What it looks like, as a regular expression. */
  readonly form: string;
  /** The value of such a text. */
  read(text: string): number | undefined;
  write(parts: Parts): string;
}

// Not asked of Intl, whose data takes each process that loads this some 10 ms.
const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** A number of exactly so many digits, or of one or two. */
function number(part: keyof Parts, digits: 1 | 2 | 4): Token {
  const form = digits === 1 ? '\\d{1,2}' : `\\d{${digits}}`;
  return { part, form, read: Number, write: (parts) => String(parts[part]).padStart(digits, '0') };
}

function monthName(length: number): Token {
  const names = monthNames.map((name) => name.slice(0, length));
  return {
    part: 'month',
    form: '\\p{L}+',
    read(text) {
      const place = names.findIndex((name) => name.toLowerCase() === text.toLowerCase());
      return place === -1 ? undefined : place + 1;
    },
    write: ({ month }) => names[month - 1] as string,
  };
}

/** Years of two digits are those from 1969 to 2068, as POSIX has it. */
const shortYear: Token = {
  part: 'year',
  form: '\\d{2}',
  read: (text) => Number(text) + (Number(text) < 69 ? 2000 : 1900),
  write: ({ year }) => String(year % 100).padStart(2, '0'),
};

const half: Token = {
  part: 'half',
  form: '[AaPp]\\.?[Mm]\\.?',
  read: (text) => (/^p/i.test(text) ? 12 : 0),
  write: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
};

// The longest first, since a shorter one may begin it.
const tokens: readonly (readonly [letters: string, token: Token])[] = [
  ['YYYY', number('year', 4)],
  ['YY', shortYear],
  ['MMMM', monthName(9)],
  ['MMM', monthName(3)],
  ['MM', number('month', 2)],
  ['M', number('month', 1)],
  ['DD', number('day', 2)],
  ['D', number('day', 1)],
  ['hh', number('hour', 2)],
  ['h', number('hour', 1)],
  ['mm', number('minute', 2)],
  ['ss', number('second', 2)],
  ['A', half],
];

/** A token, or a text that stands as it is. */
type Piece = Token | string;

function piecesOf(pattern: string): Piece[] {
  const known = new Map(tokens);
  const letters = new RegExp(`(${tokens.map(([letters]) => letters).join('|')})`);
  return pattern
    .split(letters)
    .filter((text) => text !== '')
    .map((text) => known.get(text) ?? text);
}

const tokensOf = (pieces: readonly Piece[]) => pieces.filter((piece) => typeof piece !== 'string');

/** Why a pattern is none of a date; undefined where it is one. */
export function whyNotAPattern(pattern: string): string | undefined {
  const pieces = piecesOf(pattern);
  const parts = tokensOf(pieces).map(({ part }) => part);
  const allowed = 'must be date, date-time, or a pattern of YYYY, MM, DD, hh, mm and ss, as DD.MM.YYYY';
  const words = pieces.find((piece) => typeof piece === 'string' && /[\p{L}\p{N}]/u.test(piece) && piece !== 'T');
  if (words !== undefined) return `${allowed}: ${JSON.stringify(words)} stands for no part of a date`;
  const twice = parts.find((part, i) => parts.indexOf(part) !== i);
  if (twice !== undefined) return `${allowed}: it has the ${twice} twice`;
  const needs = (part: keyof Parts, other: keyof Parts) => parts.includes(part) && !parts.includes(other);
  if (!parts.includes('year') || !parts.includes('month')) return `${allowed}: it has no year, or no month`;
  if (needs('minute', 'hour') || needs('second', 'minute') || needs('half', 'hour') || needs('hour', 'day'))
    return `${allowed}: a time needs what is larger than its parts`;
  const isVague = (piece: Piece | undefined) => typeof piece === 'object' && !/^\\d\{\d\}$/.test(piece.form);
  if (pieces.some((piece, i) => isVague(piece) && typeof pieces[i + 1] === 'object'))
    return `${allowed}: nothing says where a part of one or two digits ends, or a name`;
  return undefined;
}

const known = new Map<string, DatePattern>();

/** @throws Error where it is no pattern of a date */
export function datePatternOf(pattern: string): DatePattern {
  const made = known.get(pattern) ?? makePattern(pattern);
  known.set(pattern, made);
  return made;
}

function makePattern(pattern: string): DatePattern {
  const why = whyNotAPattern(pattern);
  if (why !== undefined) throw new Error(`${pattern}: ${why}`);
  const pieces = piecesOf(pattern);
  const read = tokensOf(pieces);
  const form = new RegExp(
    `^${pieces.map((piece) => (typeof piece === 'string' ? literalForm(piece) : `(${piece.form})`)).join('')}$`,
    'u',
  );
  const has = (part: keyof Parts) => read.some((token) => token.part === part);
  return {
    pattern,
    hasTime: has('hour'),
    hasDay: has('day'),
    parse(text) {
      const groups = form.exec(text);
      return groups === null ? undefined : daysOf(partsOf(read, groups.slice(1)), has('half'));
    },
    write(days) {
      const parts = partsFrom(days);
      const shown = has('half') ? { ...parts, hour: parts.hour % 12 || 12 } : parts;
      const written = (token: Token) => token.write(token.part === 'hour' ? shown : parts);
      return pieces.map((piece) => (typeof piece === 'string' ? piece : written(piece))).join('');
    },
  };
}

/** Spaces may be several. */
const literalForm = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+');

function partsOf(read: readonly Token[], texts: readonly string[]): Partial<Parts> | undefined {
  const parts: Partial<Parts> = {};
  for (const [i, token] of read.entries()) {
    const value = token.read(texts[i] as string);
    if (value === undefined) return undefined;
    parts[token.part] = value;
  }
  return parts;
}

const DAY_MS = 86_400_000;

function daysOf(parts: Partial<Parts> | undefined, isHalved: boolean): number | undefined {
  if (!parts) return undefined;
  const { year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0, half = 0 } = parts;
  if (isHalved && (hour < 1 || hour > 12)) return undefined;
  const days = dayOf(year, month, day);
  const ofDay = timeOfDay(isHalved ? (hour % 12) + half : hour, minute, second);
  return days === undefined || ofDay === undefined ? undefined : writable((days * DAY_MS + ofDay) / DAY_MS);
}

function partsFrom(days: number): Parts {
  // To the millisecond, since a fraction of a day is rounded.
  const at = new Date(Math.round(days * DAY_MS));
  const hour = at.getUTCHours();
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour,
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    half: hour < 12 ? 0 : 12,
  };
}
