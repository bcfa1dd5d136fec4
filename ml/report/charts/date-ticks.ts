// Round dates for an axis, in days since 1970-01-01 (UTC).

import { isoText } from '../../data/kinds/iso-date.ts';
import type { Domain } from './ticks.ts';

interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Steps by the days that they take, from an hour up: what is counted, how many of it, and as how much of a date it is written. */
const steps: readonly {
  readonly days: number;
  readonly unit: 'days' | 'months';
  readonly size: number;
  readonly letters: number;
}[] = [
  ...[1, 3, 6, 12].map((hours) => ({ days: hours / 24, unit: 'days' as const, size: hours / 24, letters: 16 })),
  ...[1, 2, 7, 14].map((days) => ({ days, unit: 'days' as const, size: days, letters: 10 })),
  ...[1, 3, 6].map((months) => ({ days: 30 * months, unit: 'months' as const, size: months, letters: 7 })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((years) => ({
    days: 365 * years,
    unit: 'months' as const,
    size: 12 * years,
    letters: 4,
  })),
];

/** The first and the last day that a date can be written of, in years of four digits. */
const FIRST = -719_162;
const LAST = 2_932_896;

/** The round dates in a domain, ascending: at most one more than `most`. */
export function dateTicks([from, to]: Domain, most: number): Tick[] {
  const [first, last] = [Math.max(from, FIRST), Math.min(to, LAST)];
  if (!(last > first)) return [];
  const step = steps.find(({ days }) => days * most >= last - first) ?? steps.at(-1);
  if (!step) return [];
  const { unit, size, letters } = step;
  const values = unit === 'days' ? multiples(first, last, size) : months(first, last, size);
  return values.map((value) => ({
    value,
    label: isoText(value, letters > 10 ? 'date-time' : 'date')
      .slice(0, letters)
      .replace('T', ' '),
  }));
}

function multiples(first: number, last: number, size: number): number[] {
  const start = Math.ceil(first / size - 1e-9);
  const end = Math.floor(last / size + 1e-9);
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, i) => (start + i) * size);
}

/** The first days of every so many months. */
function months(first: number, last: number, size: number): number[] {
  const day = (days: number) => new Date(days * 86_400_000);
  const monthOf = (days: number) => 12 * day(days).getUTCFullYear() + day(days).getUTCMonth();
  const values: number[] = [];
  for (let month = Math.ceil(monthOf(first) / size) * size; month <= monthOf(last); month += size) {
    const value = new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1) / 86_400_000;
    if (value >= first && value <= last) values.push(value);
  }
  return values;
}
