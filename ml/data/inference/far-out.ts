import { clip, shortList } from '../../core/short-list.ts';

/** A number of a column, as it is written, and how many rows have it. */
export interface CountedNumber {
  readonly text: string;
  readonly count: number;
  readonly value: number;
}

/** Between these shares of the rows lie nine of ten. */
const [FROM, TO] = [0.05, 0.95];
/** So many times as far from the middle as nine of ten rows are apart. */
const FAR = 1000;
/** More rows of the kind are no slip. */
const MOST_SHARE = 0.02;
const LONGEST = 25;

/**
 * What to look at in a target of which a few numbers lie so far from all others that every model is judged by them alone, since errors
 * are squared; nothing where there are none.
 */
export function farOut(numbers: readonly CountedNumber[]): string[] {
  const sorted = numbers.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const at = (share: number) => {
    let before = 0;
    const found = sorted.find(({ count }) => {
      before += count;
      return before >= share * total;
    });
    return found?.value ?? Number.NaN;
  };
  const [low, middle, high] = [at(FROM), at(0.5), at(TO)];
  const limit = FAR * (high - low);
  const far = sorted.filter(({ value }) => limit > 0 && Math.abs(value - middle) > limit);
  const rows = far.reduce((sum, { count }) => sum + count, 0);
  if (rows === 0 || rows > Math.max(1, MOST_SHARE * total)) return [];
  const named = shortList(far.map(({ text }) => clip(text, LONGEST)));
  const what = rows === 1 ? `${named} in one row is` : `${named} in ${rows.toLocaleString('en')} rows are`;
  return [
    `${what} more than ${FAR.toLocaleString('en')} times as far out as nine of ten rows are apart, and errors are squared: every model is judged by that alone; correct the file, or list it under "missing" if it stands for not known`,
  ];
}
