// What the rows are like as a whole, and every column in a line of a table.

import { formatExact, formatShare } from '../../core/format-number.ts';
import { withUnits } from '../../data/kinds/with-unit.ts';
import { barChart } from '../charts/bar-chart.ts';
import { type Fact, factTiles, folded, named, note } from '../html/blocks.ts';
import { dataTable } from '../html/data-table.ts';
import { type Content, type Html, html } from '../html/html.ts';
import type { AnalysedColumn, AnalysedFeature, DataAnalysis } from './analysis.ts';
import { associationText, kindWords, measureWords, rowsText, shareText, valueText } from './column-words.ts';

export function drawFacts({ rows, target, features, duplicates }: DataAnalysis): Html {
  const cells = rows.learned * features.length;
  const missing = features.reduce((sum, { summary }) => sum + summary.missing, 0);
  const incomplete = features.filter(({ summary }) => summary.missing > 0).length;
  const kinds = new Map<string, number>();
  for (const { column } of features)
    kinds.set(kindWords[column.values], (kinds.get(kindWords[column.values]) ?? 0) + 1);
  return factTiles([
    { label: 'Training rows', value: formatExact(rows.learned) },
    { label: 'Held-out rows', value: formatExact(rows.held), note: shareOfAll(rows) },
    {
      label: 'Features',
      value: formatExact(features.length),
      note: [...kinds].map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`).join(', '),
    },
    {
      label: 'Missing values',
      value: cells === 0 ? '–' : shareText(missing / cells),
      note:
        incomplete === 0 ? 'in no column' : `in ${formatExact(incomplete)} of ${formatExact(features.length)} columns`,
    },
    {
      label: 'Repeated rows',
      value: formatExact(duplicates.repeated),
      note:
        duplicates.across === 0
          ? 'none on both sides'
          : `${formatExact(duplicates.across)} held out are like one learned from`,
    },
    outlierFact([target, ...features]),
  ]);
}

function outlierFact(columns: readonly AnalysedColumn[]): Fact {
  const counts = columns.map(({ outliers }) => outliers?.count ?? 0).filter((count) => count > 0);
  return {
    label: 'Outliers',
    value: formatExact(counts.reduce((sum, count) => sum + count, 0)),
    note:
      counts.length === 0
        ? 'in no column'
        : `in ${formatExact(counts.length)} of ${formatExact(columns.length)} columns`,
  };
}

const plural = (kind: string) => (kind === 'category' ? 'categories' : `${kind}s`);

const shareOfAll = ({ learned, held }: DataAnalysis['rows']) =>
  learned + held > 0 ? `${formatShare(held / (learned + held))} of all` : undefined;

/** What counts by weight, where rows have weights. */
export function weightNote({ weight }: DataAnalysis): Html | undefined {
  if (weight === undefined) return undefined;
  return note(
    html`In shares, means and bands each row counts by its weight, ${named(weight)}. In quartiles, boxes, correlations and outliers, and where rows are counted, each counts once.`,
  );
}

export function sampleNote({ rows, sampled }: DataAnalysis): Html | undefined {
  if (sampled.learned >= rows.learned && sampled.held >= rows.held) return undefined;
  return note(
    `Pictures, quartiles and correlations are of ${rowsText(sampled.learned)} drawn at random from those learned from, and ${rowsText(sampled.held)} from those held out. Rows, missing and repeated ones, means, extremes and outliers are counted in all.`,
  );
}

/** Which columns have missing values, the worst first; undefined where none has. */
export function drawMissing(features: readonly AnalysedFeature[]): Html | undefined {
  const incomplete = features
    .filter(({ summary: { missing } }) => missing > 0)
    .toSorted((a, b) => b.summary.missing - a.summary.missing);
  if (incomplete.length === 0) return undefined;
  return barChart(
    incomplete
      .slice(0, 25)
      .map(({ column: { title }, summary: { missing, rows } }) => ({ label: title, value: missing / rows })),
    {
      title: 'Missing values by column',
      size: 'wide',
      x: { title: 'Share of rows', format: formatShare },
      labels: 'Column',
      ...(incomplete.length > 25 && { note: `The 25 of ${incomplete.length} columns that lack most.` }),
    },
  );
}

const MOST_LISTED = 300;

/** Every column in a line. */
export function drawColumnTable({ features, target, differences }: DataAnalysis): Html {
  const shown = [target, ...features].slice(0, MOST_LISTED);
  const table = dataTable({
    caption: 'Every column',
    columns: [
      { title: 'Column' },
      { title: 'Kind' },
      { title: 'Missing', number: true },
      { title: 'Values' },
      { title: 'With the target', number: true },
      { title: 'Outliers', number: true },
      { title: 'Held out differs', number: true },
    ],
    rows: shown.map((each): Content[] => {
      const { column, summary, outliers } = each;
      return [
        named(column.title),
        kindWords[column.values],
        summary.rows === 0 ? '–' : shareText(summary.missing / summary.rows),
        valuesText(each),
        'association' in each
          ? html`<span title="${measureWords[(each as AnalysedFeature).association.measure]}">${associationText((each as AnalysedFeature).association)}</span>`
          : 'target',
        outliers ? formatExact(outliers.count) : '–',
        differences?.distances.get(column.name)?.toFixed(3) ?? '–',
      ];
    }),
  });
  const left = 1 + features.length - shown.length;
  const rest = left > 0 && note(`… and ${formatExact(left)} more columns.`);
  const content = html`${table}${rest}`;
  return features.length > 30 ? folded(`All ${formatExact(features.length + 1)} columns`, content) : content;
}

/** What a column's values are, in a few words: its range and its middle, or its most frequent level. */
function valuesText({ column, summary }: AnalysedColumn): Content {
  const { numbers, levels, weight } = summary;
  if (numbers) {
    const [min = '', max = '', median] = [numbers.min, numbers.max, numbers.median].map((value) =>
      valueText({ ...column, unit: undefined }, value),
    );
    return `${withUnits([min, max], column).join(' to ')}, median ${median}`;
  }
  const present = levels.filter((count) => count > 0).length;
  const most = Math.max(0, ...levels);
  if (most === 0) return 'none';
  const level = column.levels[levels.indexOf(most)] as string;
  return html`${formatExact(present)} levels, most often ${named(level)} (${formatShare(most / weight)})`;
}
