import { isoText } from '../kinds/iso-date.ts';
import { dayUnder } from './date-formats.ts';
import { type ColumnView, type Deduction, deduced } from './deduction.ts';
import { exceptionsOf } from './exceptions.ts';
import { saysTime } from './header-hints.ts';

/** Which of day and month stands first, where a file leaves that open. */
export type DayOrder = 'day-first' | 'month-first';

const MANY_VALUES = 20;

/** A column of dates; undefined where it is none. @param order what was answered, or other columns of the file show */
export function decideDate(view: ColumnView, order: DayOrder | undefined): Deduction | undefined {
  const { summary, words, sample } = view;
  const possible = summary.facts.dates.best();
  const [first] = possible;
  if (!first) return undefined;
  if (/^YYYY[-/]?MM(DD)?$/.test(first.format) && !saysTime(words) && summary.values.distinct < MANY_VALUES)
    return undefined;
  const exceptions = exceptionsOf(view, first.count, (text) => dayUnder(text, first.format) !== undefined);
  if (!exceptions) return undefined;
  const other = possible.find(({ format }) => isDayFirst(format) !== isDayFirst(first.format));
  const { chosen, why, look } = other ? choose(first.format, other.format, sample, order) : single(first.format);
  const { min, max } = possible.find(({ format }) => format === chosen) ?? first;
  const text = (days: number) => isoText(Math.floor(days), 'date');
  return deduced({ kind: 'date', format: chosen }, `dates from ${text(min)} to ${text(max)}${why}`, {
    missing: exceptions.missing,
    look: [...exceptions.look, ...look],
  });
}

/** Which of day and month stands first in a format; undefined where the year does, or the month has a name. */
function isDayFirst(format: string): boolean | undefined {
  if (/^D/.test(format) && !format.includes('MMM')) return true;
  return /^M(?!MM)/.test(format) ? false : undefined;
}

/** Whether day and month are open in a column, so that somebody should be asked. */
export function isDayOrderOpen({ summary }: ColumnView): boolean {
  const orders = new Set(summary.facts.dates.best().map(({ format }) => isDayFirst(format)));
  return orders.has(true) && orders.has(false);
}

/** Which of day and month stands first in a column that shows it; undefined where it does not. */
export function dayOrderOf(deduction: Deduction): DayOrder | undefined {
  if (deduction.is.kind !== 'date') return undefined;
  const isFirst = isDayFirst(deduction.is.format);
  return isFirst === undefined ? undefined : isFirst ? 'day-first' : 'month-first';
}

interface Choice {
  readonly chosen: string;
  readonly why: string;
  readonly look: readonly string[];
}

const single = (chosen: string): Choice => ({ chosen, why: '', look: [] });

/** Between the two orders of day and month: as somebody said, else the one in which the rows ascend, else the day first. */
function choose(a: string, b: string, sample: readonly string[], order: DayOrder | undefined): Choice {
  const [dayFirst, monthFirst] = isDayFirst(a) ? [a, b] : [b, a];
  if (order)
    return { chosen: order === 'day-first' ? dayFirst : monthFirst, why: `, ${order.replace('-', ' ')}`, look: [] };
  const ascends = [dayFirst, monthFirst].filter((format) => isAscending(sample, format));
  const chosen = ascends.length === 1 ? (ascends[0] as string) : dayFirst;
  const because = ascends.length === 1 ? 'so the rows are in order' : 'no value tells';
  const [taken, alternative] = chosen === dayFirst ? ['the day', monthFirst] : ['the month', dayFirst];
  return {
    chosen,
    why: '',
    look: [
      `whether day or month stands first is open; ${taken} is taken to (${because}). Else: "format": "${alternative}"`,
    ],
  };
}

function isAscending(texts: readonly string[], format: string): boolean {
  const days = texts.map((text) => dayUnder(text, format)).filter((each) => each !== undefined);
  return days.every((day, i) => i === 0 || (days[i - 1] as number) <= day);
}
