/** What is known of the numbers of a column. */
interface Seen {
  readonly min: number;
  readonly max: number;
  /** Whether they are whole. */
  readonly isWhole: boolean;
  readonly unit?: string | undefined;
  /** How much further the range goes at each end; without end where that is infinite. @default a quarter of the width */
  readonly room?: Room | undefined;
}

/** How much further than what was seen numbers may go. */
export interface Room {
  readonly below: number;
  readonly above: number;
}

/** Of numbers that end abruptly there may be so much more, as a share of their width. */
export const SMALLEST_ROOM = 1 / 4;
/** Ends are round numbers of about so many to the width. */
const STEPS = 10;

/**
 * A range of round numbers, wider at each end than what was seen. It does not cross zero, and of percentages that are not below it, and of
 * shares of one, it ends at 100 and 1.
 */
export function roundedRange({ min, max, isWhole, unit, room }: Seen): {
  readonly min?: number;
  readonly max?: number;
} {
  const width = max - min || Math.abs(max) || 1;
  const { below, above } = room ?? { below: width * SMALLEST_ROOM, above: width * SMALLEST_ROOM };
  const ends = {
    // Of numbers that hardly differ the room is lost in the rounding.
    min: Math.min(min, roundedEnd(min - below, Math.floor, { width: width + below, isWhole })),
    max: Math.max(max, roundedEnd(max + above, Math.ceil, { width: width + above, isWhole })),
  };
  if (min >= 0) ends.min = Math.max(0, ends.min);
  if (max <= 0 && ends.max > 0) ends.max = 0;
  const most = unit === '%' ? 100 : !isWhole && min >= 0 && max > 0.5 ? 1 : undefined;
  if (most !== undefined && max <= most) ends.max = unit === '%' && min < 0 ? Math.min(most, ends.max) : most;
  return {
    ...(Number.isFinite(ends.min) && { min: ends.min }),
    ...(Number.isFinite(ends.max) && { max: ends.max }),
  };
}

/** The largest of 1, 2 and 5 times a power of ten that is at most so much. */
function roundStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
}

/** An end on a round number; without what binary fractions leave behind. */
function roundedEnd(
  end: number,
  round: (value: number) => number,
  { width, isWhole }: { readonly width: number; readonly isWhole: boolean },
): number {
  if (!Number.isFinite(end)) return end;
  const step = Math.max(roundStep(width / STEPS), isWhole ? 1 : 0);
  return Number((round(end / step) * step).toPrecision(12)) || 0;
}
