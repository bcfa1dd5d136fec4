import type { ColumnView } from './deduction.ts';
import { type Room, SMALLEST_ROOM } from './rounded-range.ts';

/** Fewer numbers say nothing of how they end. */
const FEWEST = 10;
/** The end of a range is so many times as far from the last tenth of the numbers as the last of them. */
const TIMES = 10;
/** In widths of what was seen. */
const MOST_ROOM = 2;
/** Where the last is so much further from the median than the last tenth is, there may be much larger ones; and any. */
const LONG_TAIL = 8;
const NO_END = 60;
const LONG_ROOM = 10;

/**
 * How much further the numbers of further rows may go than those that were seen, by how the ones at each end thin out: ten times as many rows have other
 * ends, and a range is to refuse what was mistyped, not what is rare.
 *
 * @param end that of the numbers without those that stand for "not known"
 */
export function roomOf(
  { sample, numberIn }: ColumnView,
  missing: readonly string[],
  end: { min: number; max: number },
): Room {
  const absent = new Set(['', ...missing]);
  const values = Float64Array.from(sample.flatMap((text) => (absent.has(text) ? [] : (numberIn(text) ?? [])))).sort();
  const width = end.max - end.min || Math.abs(end.max) || 1;
  if (values.length < FEWEST) return { below: width * SMALLEST_ROOM, above: width * SMALLEST_ROOM };
  const at = (share: number) => values[Math.round(share * (values.length - 1))] as number;
  return {
    below: roomAt(at(0.5) - at(0.1), at(0.5) - end.min, width),
    above: roomAt(at(0.9) - at(0.5), end.max - at(0.5), width),
  };
}

/** @param tenth how far the last tenth of the numbers is from the median @param last how far the last of them is */
function roomAt(tenth: number, last: number, width: number): number {
  // Where most numbers are the same, how far the others go says nothing.
  if (last <= tenth) return width * SMALLEST_ROOM;
  if (tenth > 0 && last > NO_END * tenth) return Infinity;
  if (tenth <= 0 || last > LONG_TAIL * tenth) return width * LONG_ROOM;
  return width * Math.min(MOST_ROOM, Math.max(SMALLEST_ROOM, (TIMES * (last - tenth)) / width));
}
