import { formatExact, formatShare } from '../../core/format-number.ts';
import { named, note } from '../html/blocks.ts';
import { dataTable } from '../html/data-table.ts';
import { type Html, html } from '../html/html.ts';
import type { AnalysedColumn, DataAnalysis } from './analysis.ts';
import { valueText } from './column-words.ts';

const MOST = 15;

/** The columns with values far from the others, and the farthest of these. */
export function drawOutliers({ target, features }: DataAnalysis): Html {
  const found = [target, ...features]
    .flatMap((each) => (each.outliers && each.outliers.count > 0 ? [{ ...each, outliers: each.outliers }] : []))
    .sort((a, b) => b.outliers.count - a.outliers.count);
  if (found.length === 0) return note('No column has values more than three interquartile ranges from its quartiles.');
  const more = found.length - MOST;
  return html`${note(
    'Values more than three interquartile ranges from the quartiles. They may be mistakes, or the most interesting rows there are: nothing is dropped because of them.',
  )}${dataTable({
    caption: 'Columns with values far from the others',
    columns: [
      { title: 'Column' },
      { title: 'Outliers', number: true },
      { title: 'of rows', number: true },
      { title: 'Beyond', number: true },
      { title: 'The farthest', number: true },
    ],
    rows: found.slice(0, MOST).map(outlierRow),
  })}${more > 0 && note(`… and ${more} more columns.`)}`;
}

function outlierRow({
  column,
  summary,
  outliers,
}: AnalysedColumn & { outliers: NonNullable<AnalysedColumn['outliers']> }) {
  const { fences, count, worst } = outliers;
  const { numbers } = summary;
  const ends = [
    ...(numbers && numbers.min < fences.low ? [`below ${valueText(column, fences.low)}`] : []),
    ...(numbers && numbers.max > fences.high ? [`above ${valueText(column, fences.high)}`] : []),
  ];
  return [
    named(column.title),
    formatExact(count),
    formatShare(count / summary.rows),
    ends.join(', '),
    worst.map((value) => valueText({ ...column, unit: undefined }, value)).join('; '),
  ];
}
