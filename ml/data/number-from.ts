import { readingOf } from './decimal.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A number as people write it in a CSV or a form, or undefined; no hex, no Infinity, no thousands, and
 * nothing that would be read as another number.
 */
export function numberFrom(text: string): number | undefined {
  if (!decimal.test(text)) return undefined;
  const value = Number(text);
  return readingOf(text, value) === 'lost' ? undefined : value;
}
