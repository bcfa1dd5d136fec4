/** What is known of the numbers of a column. */
interface Seen {
  readonly min: number;
  readonly max: number;
  /** Whether they are whole. */
  readonly isWhole: boolean;
  readonly unit?: string | undefined;
}

/** How much wider than what was seen a range is, at each end, as a share of its width. */
const MARGIN = 1 / 4;
/** Ends are round numbers of about so many to the width. */
const STEPS = 10;

/**
 * A range of round numbers, a quarter wider at each end than what was seen. It crosses neither zero nor, of percentages, 100, and nor
 * does a share of one cross 1.
 */
export function roundedRange({ min, max, isWhole, unit }: Seen): { readonly min: number; readonly max: number } {
  const width = max - min || Math.abs(max) || 1;
  const step = Math.max(roundStep(width / STEPS), isWhole ? 1 : 0);
  const ends = {
    // Of numbers that hardly differ the margin is lost in the rounding.
    min: Math.min(min, rounded(Math.floor((min - width * MARGIN) / step) * step)),
    max: Math.max(max, rounded(Math.ceil((max + width * MARGIN) / step) * step)),
  };
  if (min >= 0) ends.min = Math.max(0, ends.min);
  if (max <= 0 && ends.min < 0) ends.max = Math.min(0, ends.max);
  const most = unit === '%' ? 100 : !isWhole && min >= 0 && max > 0.5 ? 1 : undefined;
  if (most !== undefined && max <= most) ends.max = Math.min(most, ends.max);
  return ends;
}

/** The largest of 1, 2 and 5 times a power of ten that is at most so much. */
function roundStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
}

/** Without what binary fractions leave behind. */
const rounded = (value: number): number => Number(value.toPrecision(12)) || 0;
