import { type Content, type Html, html } from './html.ts';

interface TableColumn {
  readonly title: Content;
  /** Numbers stand on the right. @default false */
  readonly number?: boolean;
  /** Long texts have room on a phone too. @default false */
  readonly long?: boolean;
}

export interface DataTable {
  /** What it shows, in a few words, for whoever does not see it. */
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly Content[])[];
}

/** A table of data that scrolls by itself where the page is narrower. */
export function dataTable({ caption, columns, rows }: DataTable): Html {
  const kinds = columns.map(({ number, long }) => (number && html` class="number"`) || (long && html` class="long"`));
  const row = ([name, ...cells]: readonly Content[]) =>
    html`<tr><th scope="row"${kinds[0]}>${name}</th>${cells.map((cell, i) => html`<td${kinds[i + 1]}>${cell}</td>`)}</tr>`;
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table>
<thead><tr>${columns.map(({ title }, i) => html`<th scope="col"${kinds[i]}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody>
</table></div>`;
}
