import { featuresOf, targetOf } from '../../data/declaration.ts';
import { featureKindOf } from '../../data/kinds/index.ts';
import type { Manifest } from '../../release/manifest.ts';
import { rowsInWords } from '../../release/rows-in-words.ts';
import { factTiles, named } from '../html/blocks.ts';
import { dataTable } from '../html/data-table.ts';
import { type Html, html } from '../html/html.ts';
import { shownText } from '../html/shown-text.ts';
import { count } from '../markdown.ts';

/** More columns are told of by their number alone. */
const MOST = 200;
const LONG = 160;

/** What the data is: how many rows and columns, and what each column may be. */
export function drawColumns(manifest: Manifest): Html {
  const { dataset, data, imported } = manifest;
  const features = featuresOf(dataset);
  const target = targetOf(dataset);
  const left = features.length - MOST;
  return html`${factTiles([
    {
      label: 'Rows',
      value: count(data.rows),
      note: imported ? rowsInWords(manifest) : `${count(data.train)} learned from, ${count(data.test)} held out`,
    },
    { label: 'Columns', value: count(features.length), note: 'that it predicts from' },
    {
      label: 'Predicted',
      value: named(target.title),
      note: 'levels' in target ? `one of ${count(target.levels.length)} classes` : target.unit,
    },
  ])}
${dataTable({
  caption: 'The columns that it predicts from',
  columns: [{ title: 'Column' }, { title: 'Kind' }, { title: 'What it may be', long: true }],
  rows: features.slice(0, MOST).map((column) => {
    const { unit, allowed } = featureKindOf(column);
    const title = unit === undefined ? named(column.title) : html`${named(column.title)}, ${unit}`;
    return [title, column.kind, html`<bdi>${shownText(allowed(), LONG)}</bdi>`];
  }),
})}
${left > 0 && html`<p class="note">… and ${count(left)} more columns.</p>`}`;
}
