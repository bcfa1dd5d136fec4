import { type Html, html } from '../html/html.ts';
import { isolated, shownText } from '../html/shown-text.ts';
import { px } from './px.ts';
import { FONT_SIZE, fittedText } from './text-width.ts';

export interface SvgText {
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  /** Which of its ends, or the middle, stands at x. @default start */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** What is longer is cut, and told in full to whoever points at it. @default as long as it is */
  readonly width?: number;
  /** Its class in the style of the page. @default none */
  readonly style?: string;
  /** In pixels. @default that of all text */
  readonly size?: number;
  /** Whether it is written upwards. @default false */
  readonly upwards?: boolean;
}

/** A line of text in a picture. */
export function svgText(text: string, options: SvgText): Html {
  const { x, y, anchor = 'start', width = Infinity, style, size = FONT_SIZE, upwards = false } = options;
  const whole = shownText(text);
  const shown = fittedText(whole, width, size);
  const place = upwards
    ? html` transform="translate(${px(x)} ${px(y)}) rotate(-90)"`
    : html` x="${px(x)}" y="${px(y)}"`;
  return html`<text${place}${anchor !== 'start' && html` text-anchor="${anchor}"`}${style !== undefined && html` class="${style}"`}>${isolated(shown)}${shown !== whole && html`<title>${whole}</title>`}</text>`;
}
