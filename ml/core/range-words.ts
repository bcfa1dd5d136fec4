import { formatExact } from './format-number.ts';

/** Two ends, of which each may be missing. */
interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * A range of numbers in words: `10 to 500`, `at least 10`, `at most 500`.
 *
 * @param format @default every digit
 * @returns undefined where the range has no end
 */
export function rangeInWords({ min, max }: Range, format: (value: number) => string = formatExact): string | undefined {
  if (min === undefined) return max === undefined ? undefined : `at most ${format(max)}`;
  return max === undefined ? `at least ${format(min)}` : `${format(min)} to ${format(max)}`;
}
