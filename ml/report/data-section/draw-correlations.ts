import { heatmap } from '../charts/heatmap.ts';
import { named, note } from '../html/blocks.ts';
import { dataTable } from '../html/data-table.ts';
import { type Html, html } from '../html/html.ts';
import type { Correlations } from './analysis.ts';
import { associationText, correlationText, measureWords } from './column-words.ts';

const STRONGEST = 10;
/** What is weaker is not worth a line. */
const WEAK = 0.5;

/** How closely columns go together: all pairs as cells, and the closest in a table. */
export function drawCorrelations({ columns, pairs }: Correlations): Html {
  const names = columns.map(({ title }) => title);
  const strongest = pairs
    .flatMap((row, i) => row.map((association, j) => ({ i, j, association })))
    // The first is the target, whose pairs are told of with each column.
    .filter(({ i, j, association: { value } }) => i > 0 && i < j && Math.abs(value) >= WEAK)
    .sort((a, b) => Math.abs(b.association.value) - Math.abs(a.association.value))
    .slice(0, STRONGEST);
  return html`${note(
    'Of two numbers Spearman’s rank correlation, of two categories Cramér’s V, of a number and a category the correlation ratio of its ranks; the last two have no sign, and are corrected for chance. The first line is what is predicted.',
  )}${heatmap(
    { rows: names, columns: names, values: pairs.map((row) => row.map(({ value }) => value)) },
    {
      title: 'How closely columns go together',
      size: 'wide',
      shading: 'signed',
      format: correlationText,
      note: 'Blue: together, or in any way; orange: one is high where the other is low.',
    },
  )}${
    strongest.length > 0 &&
    html`<p>Columns that go together closely tell a model about the same:</p>${dataTable({
      caption: 'The columns that go together most closely',
      columns: [
        { title: 'Column' },
        { title: 'and' },
        { title: 'Association', number: true },
        { title: 'Measure' },
        { title: 'Pearson', number: true },
      ],
      rows: strongest.map(({ i, j, association }) => [
        named(names[i] as string),
        named(names[j] as string),
        associationText(association),
        measureWords[association.measure],
        association.pearson === undefined ? '' : correlationText(association.pearson),
      ]),
    })}`
  }`;
}
