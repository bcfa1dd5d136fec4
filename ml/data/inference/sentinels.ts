import { countTexts } from './count-texts.ts';
import type { ColumnView } from './deduction.ts';

/** As programs write a number that is not known: -9, -99, 999, -9999.0. */
const alike = /^-?9{1,7}(?:[.,]0+)?$/;
/** It stands for "not known" in so many rows, and in so large a share of them. */
const FEWEST = 3;
const SMALLEST_SHARE = 0.005;

/** The end of a column's numbers without what stands for "not known", and its texts. */
export interface WithoutSentinels {
  readonly texts: readonly string[];
  readonly min: number;
  readonly max: number;
}

/**
 * Numbers that stand for "not known": nines at one end, far outside of all other numbers, and frequent. Far is further than the others are
 * apart, or below zero where no other is.
 */
export function withoutSentinels({ numbers, counts, summary, sample, numberIn }: ColumnView): WithoutSentinels {
  // Most columns end at other numbers, and need no second look.
  if (![numbers.min, numbers.max].some((end) => alike.test(String(end))))
    return { texts: [], min: numbers.min, max: numbers.max };
  const texts = summary.values.isExact ? counts : countTexts(sample);
  const all = [...texts].flatMap(([text, count]) => {
    const value = numberIn(text);
    return value === undefined ? [] : [{ text, count, value }];
  });
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const values = [...new Set(all.map(({ value }) => value))].sort((a, b) => a - b);
  const isSentinel = (end: number, nearest: number | undefined, width: number) => {
    const own = all.filter(({ value }) => value === end);
    const count = own.reduce((sum, each) => sum + each.count, 0);
    return (
      nearest !== undefined &&
      own.every(({ text }) => alike.test(text)) &&
      count >= Math.max(FEWEST, total * SMALLEST_SHARE) &&
      (Math.abs(end - nearest) > width || (end <= -9 && nearest >= 0))
    );
  };
  const found: number[] = [];
  for (const [end, nearest, far] of [
    [values[0], values[1], values.at(-1)],
    [values.at(-1), values.at(-2), values[0]],
  ]) {
    if (end === undefined || nearest === undefined || far === undefined || values.length < 4) continue;
    if (isSentinel(end, nearest, Math.abs(far - nearest))) found.push(end);
  }
  if (found.length === 0) return { texts: [], min: numbers.min, max: numbers.max };
  const rest = values.filter((value) => !found.includes(value));
  return {
    texts: all.filter(({ value }) => found.includes(value)).map(({ text }) => text),
    // Of many values the sample knows the ends beside them only about; a range is wider than they are.
    min: found.includes(numbers.min) ? (rest[0] as number) : numbers.min,
    max: found.includes(numbers.max) ? (rest.at(-1) as number) : numbers.max,
  };
}
