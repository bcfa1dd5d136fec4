// Products and ratios of two columns that a target is, to the last digit.

import { inFewDigits, mostFrequent, type Numbers, toleranceOf } from './exact-numbers.ts';

/** What a target is: a number of times one column times another, or by another. */
export interface ExactProduct {
  readonly factor: number;
  /** Places in a list. */
  readonly first: number;
  readonly second: number;
  readonly isRatio: boolean;
  /** The share of the rows in which it holds. */
  readonly share: number;
}

/** Of more columns not all pairs are tried. */
const MOST_COLUMNS = 200;
/** Most pairs are refused by the first of so many rows. */
const PROBES = 12;
const FEWEST_PROBES = 5;
const EVIDENCE = 50;
const HOLDS = 0.99;
const MOST_DIGITS = 6;

/** The two columns that a target is a product or a ratio of, in nearly every row; undefined where there are none. */
export function exactProduct(target: Numbers, columns: readonly Numbers[]): ExactProduct | undefined {
  if (columns.length > MOST_COLUMNS) return undefined;
  const known = Array.from(target.values.keys()).filter((row) => !Number.isNaN(target.values[row] as number));
  const frequent = mostFrequent(known.map((row) => target.values[row] as number));
  const telling = known.filter((row) => target.values[row] !== frequent && target.values[row] !== 0);
  // Of a large number rounding takes the smallest share.
  const size = (row: number) => Math.abs(target.values[row] as number);
  const step = Math.max(1, Math.floor(telling.length / PROBES));
  const probes = telling.filter((_, i) => i % step === 0).sort((a, b) => size(b) - size(a));
  for (let first = 0; first < columns.length; first++) {
    for (let second = 0; second < columns.length; second++) {
      for (const isRatio of [false, true]) {
        if (first === second || (!isRatio && first > second)) continue;
        const pair = pairOf(columns[first] as Numbers, columns[second] as Numbers, isRatio);
        const factor = factorOf(target, pair, probes);
        if (factor === undefined) continue;
        const found = shortest(target, pair, factor, { known, telling });
        if (found) return { ...found, first, second, isRatio };
      }
    }
  }
  return undefined;
}

type Pair = (row: number) => number;

const pairOf = ({ values: a }: Numbers, { values: b }: Numbers, isRatio: boolean): Pair =>
  isRatio ? (row) => (a[row] as number) / (b[row] as number) : (row) => (a[row] as number) * (b[row] as number);

/** How many times the pair each of some rows is, by the first of them; undefined where that is not so. */
function factorOf(target: Numbers, pair: Pair, probes: readonly number[]): number | undefined {
  const usable = probes.filter((row) => pair(row) !== 0 && Number.isFinite(pair(row)));
  const [first] = usable;
  if (first === undefined || usable.length < FEWEST_PROBES) return undefined;
  const factor = (target.values[first] as number) / pair(first);
  return usable.every((row) => isNear(target, factor * pair(row), row, true)) ? factor : undefined;
}

/** Whether a target is a number; about, where that number itself was found by a rounded one. */
function isNear(target: Numbers, value: number, row: number, isAbout: boolean): boolean {
  const most = toleranceOf(target, 0, Math.abs(value));
  return Math.abs((target.values[row] as number) - value) <= (isAbout ? 2 * most : most);
}

/** The factor in as few digits as it holds with; undefined where it does not hold. */
function shortest(
  target: Numbers,
  pair: Pair,
  factor: number,
  { known, telling }: { readonly known: readonly number[]; readonly telling: readonly number[] },
): Pick<ExactProduct, 'factor' | 'share'> | undefined {
  const isKnown = (row: number) => Number.isFinite(pair(row));
  const [all, some] = [known.filter(isKnown), telling.filter(isKnown)];
  if (some.length < EVIDENCE || all.length < known.length / 4) return undefined;
  const found = (times: number, isAbout: boolean) => {
    const [share, telling] = [all, some].map(
      (rows) => rows.filter((row) => isNear(target, times * pair(row), row, isAbout)).length / rows.length,
    ) as [number, number];
    return Math.min(share, telling) >= HOLDS ? { factor: times, share } : undefined;
  };
  for (let digits = 1; digits <= MOST_DIGITS; digits++) {
    const short = inFewDigits(factor, digits);
    const exact = found(short, false);
    if (exact) return exact;
  }
  return found(factor, true);
}
