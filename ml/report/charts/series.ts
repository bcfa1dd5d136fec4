import { named } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';

/** How many series have a colour of their own. */
const COLOURS = 6;
const DASHES = ['', '7 3', '2 3', '9 3 2 3'];

/** The class of a series, which gives its marks their colour; those beyond the colours begin again. */
export const seriesClass = (series: number): string => `s${(series % COLOURS) + 1}`;

/** Lines differ by more than their colour. */
export function dashOf(series: number): Html | undefined {
  const dash = DASHES[series % DASHES.length] as string;
  return dash === '' ? undefined : html` stroke-dasharray="${dash}"`;
}

/** An area, a line along, or a mark across a bar. */
type Shape = 'area' | 'stroke' | 'mark';

/** Which colour is which, as a list above a picture. */
export function legend(items: readonly { readonly name: string; readonly shape: Shape }[]): Html {
  return html`<ul class="legend">${items.map(
    ({ name, shape }, i) =>
      html`<li><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">${swatch(shape, i)}</svg>${named(name)}</li>`,
  )}</ul>`;
}

function swatch(shape: Shape, series: number): Html {
  if (shape === 'area') return html`<rect class="area ${seriesClass(series)}" width="12" height="12" rx="2"/>`;
  if (shape === 'mark') return html`<path class="bar-mark ${seriesClass(series)}" d="M6 0V12"/>`;
  return html`<path class="stroke ${seriesClass(series)}" d="M0 6H12"/>`;
}
