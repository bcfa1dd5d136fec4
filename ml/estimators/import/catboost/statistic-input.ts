import { Hash64 } from './hash-64.ts';

/**
 * A target statistic of CatBoost: of each combination of categories, and of answers to tests, that training had a number, by a hash
 * of the combination; and a number for all others.
 */
export type StatisticInput = {
  readonly kind: 'statistic';
  readonly parts: readonly StatisticPart[];
  /** The halves of the hashes, ascending. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** A number for each hash. */
  readonly values: Float32Array;
  readonly otherwise: number;
};

/** What of a row is hashed: a category's code, whether a number is above a border, or whether a category has a code. */
export type StatisticPart = {
  readonly feature: number;
  /** What is hashed of a missing value. */
  readonly missing: number;
} & (
  | { readonly is: 'code' }
  | { readonly is: 'above'; readonly border: number }
  | { readonly is: 'equal'; readonly code: number }
);

/** A function from the values of a row's features, from a place on, to the statistic. */
export function statisticFiller({ parts, high, low, values, otherwise }: StatisticInput) {
  const hash = new Hash64();
  return (row: Float64Array, at: number): number => {
    hash.clear();
    for (const part of parts) {
      const value = row[at + part.feature]!;
      // A category that nobody knows has no hash, and is in no combination that training had.
      if (part.is === 'code' && value < 0) return otherwise;
      hash.add(Number.isNaN(value) ? part.missing : hashed(part, value));
    }
    const place = placeOf(hash, high, low);
    return place < 0 ? otherwise : values[place]!;
  };
}

function hashed(part: StatisticPart, value: number): number {
  switch (part.is) {
    case 'code':
      // The code is of 32 bits without sign, and is hashed as one with a sign.
      return value | 0;
    case 'above':
      return Math.fround(value) > part.border ? 1 : 0;
    case 'equal':
      return value === part.code ? 1 : 0;
  }
}

function placeOf(hash: Hash64, high: Uint32Array, low: Uint32Array): number {
  let from = 0;
  let to = high.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const isBelow = high[middle]! < hash.high || (high[middle] === hash.high && low[middle]! < hash.low);
    if (isBelow) from = middle + 1;
    else to = middle;
  }
  return high[from] === hash.high && low[from] === hash.low ? from : -1;
}
