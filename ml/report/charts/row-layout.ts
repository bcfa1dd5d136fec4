// A picture of rows below each other: a label on the left, a number on the right, and an axis that lies between them.

import { type Html, html } from '../html/html.ts';
import { type ChartOptions, type Size, widthOf } from './chart.ts';
import type { Span } from './scale.ts';
import { svgText } from './svg-text.ts';
import { FONT_SIZE, textWidth } from './text-width.ts';

export interface RowOptions {
  readonly labels: readonly string[];
  /** What stands on the right, as long as the labels. */
  readonly texts: readonly string[];
  readonly size: Size | undefined;
  /** How high a row is, and what stands above the first. */
  readonly row: number;
  readonly top: number;
  /** Whether some are bold. @default false */
  readonly hasStrong?: boolean;
}

/** Where rows are. */
export interface RowLayout extends Span {
  readonly bottom: number;
  /** The height of the whole picture, with its axis. */
  readonly height: number;
  /** The middle of a row. */
  readonly middle: (row: number) => number;
}

const AXIS = 38;
/** The share of the width that labels may take. */
const LABELS = 0.45;
/** What is longer is cut anyway. */
const MEASURED = 80;
/** Bold text is as wide as larger text. */
const BOLD = 1.12 * FONT_SIZE;

export function rowLayout({ labels, texts, size, row, top, hasStrong = false }: RowOptions): RowLayout {
  const width = widthOf(size);
  const font = hasStrong ? BOLD : FONT_SIZE;
  const widest = (all: readonly string[]) => Math.max(...all.map((text) => textWidth(text.slice(0, MEASURED), font)));
  const bottom = top + labels.length * row;
  return {
    // A tenth of a pixel more, so that sums of widths are never too large for themselves.
    left: Math.min(width * LABELS, widest(labels)) + 8.1,
    right: width - Math.min(width * 0.25, Math.max(28, widest(texts))) - 8,
    width,
    bottom,
    height: bottom + AXIS,
    middle: (i) => top + (i + 0.5) * row,
  };
}

/** The texts of all rows. @param isStrong whether a row is to be seen first. @default none is */
export function drawRowTexts(
  { labels, texts }: Pick<RowOptions, 'labels' | 'texts'>,
  { left, width, middle }: RowLayout,
  isStrong: (row: number) => boolean = () => false,
): Html {
  return html`${labels.map((label, i) => {
    const y = middle(i) + 4;
    const strong = isStrong(i);
    return [
      svgText(label, {
        x: left - 6,
        y,
        anchor: 'end',
        width: left - 8,
        ...(strong && { style: 'strong', size: BOLD }),
      }),
      svgText(texts[i] as string, { x: width - 2, y, anchor: 'end', style: strong ? 'strong' : 'tick' }),
    ];
  })}`;
}

/** Options with a note that tells how many rows are not drawn. */
export function withOthers<O extends ChartOptions>(options: O, others: number): O {
  if (others <= 0) return options;
  return {
    ...options,
    note: [options.note, options.note !== undefined && ' ', `The ${others} others stand in the table.`],
  };
}
