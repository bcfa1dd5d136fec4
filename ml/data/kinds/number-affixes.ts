import type { CellReading } from './reading.ts';

/** What stands beside the numbers of a column. */
export interface Affixes {
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** Whether parentheses around a number say that it is below zero. */
  readonly parentheses?: true | undefined;
}

/**
 * A function from a cell's text to its number alone, with its sign in front; undefined where what is to stand beside it does not. Where
 * programs wrote the numbers, nothing need.
 */
export function bareNumber(
  { prefix = '', suffix = '', parentheses }: Affixes,
  { areBare = false }: CellReading,
): (text: string) => string | undefined {
  if (prefix === '' && suffix === '' && parentheses === undefined) return (text) => text;
  const without = (text: string) => {
    const sign = /^[+-]/.exec(text)?.[0] ?? '';
    const unsigned = text.slice(sign.length).trimStart();
    const isWhole = unsigned.startsWith(prefix) && unsigned.endsWith(suffix);
    if (!isWhole) return areBare ? text : undefined;
    const number = unsigned.slice(prefix.length, unsigned.length - suffix.length).trim();
    // The sign stands before the prefix, or behind it.
    return sign !== '' && /^[+-]/.test(number) ? undefined : `${sign}${number}`;
  };
  return (text) => {
    const inside = parentheses === true ? /^\((.*)\)$/.exec(text)?.[1]?.trim() : undefined;
    const number = without(inside ?? text);
    return inside === undefined || number === undefined ? number : /^[+-]/.test(number) ? undefined : `-${number}`;
  };
}

/** What has to stand beside a number, in words: '"$" before the number'. */
export function affixesInWords({ prefix, suffix }: Affixes): string {
  return [
    ...(prefix === undefined ? [] : [`${JSON.stringify(prefix)} before the number`]),
    ...(suffix === undefined ? [] : [`${JSON.stringify(suffix)} behind the number`]),
  ].join(' and ');
}
