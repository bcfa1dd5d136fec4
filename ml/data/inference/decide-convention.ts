import type { ColumnSummary } from './column-summary.ts';
import type { Convention } from './number-forms.ts';
import { separatorsIn, writtenNumbers } from './written-numbers.ts';

/** A column is one of numbers where at least so many of its values are. */
const MOST_ARE_NUMBERS = 0.9;

/**
 * How the numbers of a file are written, decided over all of its columns: the convention under which most columns are of numbers; of
 * several the simplest. "1,234" alone may be either: it is a decimal where commas do not separate cells, and a thousand where they do.
 */
export function decideConvention(columns: readonly ColumnSummary[], delimiter: string | undefined): Convention {
  const separators = [...new Set(columns.flatMap(({ facts }) => separatorsIn(facts)))];
  const plain = { decimal: '.', thousands: undefined } as const;
  const decimalComma = { decimal: ',', thousands: undefined } as const;
  const isCommaFree = delimiter !== undefined && delimiter !== ',';
  const candidates: Convention[] = [
    plain,
    ...(isCommaFree ? [decimalComma] : []),
    ...separators.filter((sign) => sign !== '.').map((thousands) => ({ decimal: '.', thousands }) as const),
    ...(isCommaFree ? [] : [decimalComma]),
    ...separators.filter((sign) => sign !== ',').map((thousands) => ({ decimal: ',', thousands }) as const),
  ];
  const scores = candidates.map((convention) => columns.filter((column) => areNumbers(column, convention)).length);
  return candidates[scores.indexOf(Math.max(...scores))] as Convention;
}

function areNumbers({ facts, values }: ColumnSummary, convention: Convention): boolean {
  const { count } = writtenNumbers(facts, values.distinct, convention).statistics;
  return count > 0 && count >= (facts.known - facts.tokenCount) * MOST_ARE_NUMBERS;
}
