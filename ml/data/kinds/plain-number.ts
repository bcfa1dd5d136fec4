import type { CellReading } from './reading.ts';

/** What people write between thousands looks alike in several characters. */
const alike: Readonly<Record<string, string>> = { ' ': ' \u00a0\u202f\u2009', "'": "'’" };

const escaped = (characters: string) => characters.replaceAll(/[\\\]^-]/g, '\\$&');

/**
 * A function from a number's text to how JavaScript writes it: with a point, and nothing between thousands. Of a text that is none
 * it gives one that is none: digits must be grouped throughout or not at all, by three, or by two as in India, where the last are three.
 */
export function plainNumber({ decimal = '.', thousands }: CellReading): (text: string) => string {
  if (decimal === '.' && thousands === undefined) return (text) => text;
  const toPoint = decimal === '.' ? (text: string) => text : commaToPoint;
  if (thousands === undefined) return toPoint;
  const separator = `[${escaped(alike[thousands] ?? thousands)}]`;
  const isGrouped = new RegExp(separator);
  const grouped = new RegExp(`^[+-]?\\d{1,3}(?:${separator}\\d{2,3})*${separator}\\d{3}(?![\\d])`);
  const separators = new RegExp(separator, 'g');
  return (text) => {
    const [whole] = (isGrouped.test(text) && grouped.exec(text)) || [];
    return whole === undefined ? toPoint(text) : whole.replaceAll(separators, '') + toPoint(text.slice(whole.length));
  };
}

/** A point is none where a comma is: what has one is no number. */
const commaToPoint = (text: string) => (text.includes('.') ? text.replaceAll('.', '?') : text.replace(',', '.'));

/** A function from a number to the text that people write for it, without anything between thousands. */
export function numberWriter({ decimal = '.' }: CellReading): (value: number) => string {
  return decimal === '.' ? String : (value) => String(value).replace('.', decimal);
}
