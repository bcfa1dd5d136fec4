import { formatExact } from '../../core/format-number.ts';
import { type DataTable, dataTable } from '../html/data-table.ts';
import { type Content, type Html, html } from '../html/html.ts';

/** What every chart is told beside its data. */
export interface ChartOptions {
  /** What it shows, in a few words: stands above the picture. */
  readonly title: string;
  /** What it shows, in a sentence, for whoever does not see it. @default made of the data */
  readonly description?: string;
  /** A small one fits a phone, and three stand beside each other on a screen; a wide one takes the whole width. @default small */
  readonly size?: Size;
  /** What stands below the picture. @default nothing */
  readonly note?: Content;
}

export type Size = 'small' | 'wide';

/** How wide a picture is drawn, in its own pixels, which scale with the page. */
export const widthOf = (size: Size = 'small'): number => (size === 'wide' ? 900 : 360);

/** What a chart draws. */
export interface Picture {
  readonly height: number;
  /** SVG. */
  readonly content: Html;
  /** What it shows, where the options do not say. */
  readonly description: string;
  /** The numbers that are drawn. */
  readonly numbers: Omit<DataTable, 'caption'>;
  /** What stands between title and picture. @default nothing */
  readonly legend?: Html;
}

/** A table below a picture has no more rows. */
const MOST_ROWS = 100;

/** A picture with its title, its description, and its numbers as a table. */
export function figure(options: ChartOptions, picture: Picture): Html {
  const { title, size = 'small' } = options;
  return html`<figure class="chart ${size}">
<figcaption>${title}</figcaption>
${picture.legend}
<div class="picture"${size === 'wide' && html` role="group" aria-label="${title}" tabindex="0"`}>${drawSvg(options, picture)}</div>
${options.note !== undefined && html`<p class="note">${options.note}</p>`}
${drawNumbers(title, picture.numbers)}
</figure>
`;
}

function drawSvg({ title, size, description }: ChartOptions, picture: Picture): Html {
  const box = `0 0 ${widthOf(size)} ${Math.ceil(picture.height)}`;
  return html`<svg role="img" viewBox="${box}" xmlns="http://www.w3.org/2000/svg"><title>${title}</title><desc>${description ?? picture.description}</desc>${picture.content}</svg>`;
}

function drawNumbers(title: string, { columns, rows }: Picture['numbers']): Html {
  const table = dataTable({ caption: `${title}: numbers`, columns, rows: rows.slice(0, MOST_ROWS) });
  const isCut = rows.length > MOST_ROWS;
  return html`<details><summary>Numbers</summary>${table}${isCut && html`<p class="note">The first ${MOST_ROWS} of ${formatExact(rows.length)} rows.</p>`}</details>`;
}

/** What stands in the place of a picture that has nothing to show. */
export function emptyFigure({ title, size = 'small', note }: ChartOptions, reason = 'There is nothing to show.'): Html {
  return html`<figure class="chart ${size}">
<figcaption>${title}</figcaption>
<p class="note">${reason}</p>
${note !== undefined && html`<p class="note">${note}</p>`}
</figure>
`;
}
