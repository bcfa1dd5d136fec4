// What a column is like, in a few figures.

import { formatExact, formatShare } from '../../core/format-number.ts';
import { withUnits } from '../../data/kinds/with-unit.ts';
import { named } from '../html/blocks.ts';
import { type Content, type Html, html } from '../html/html.ts';
import type { AnalysedColumn } from './analysis.ts';
import type { Association } from './association.ts';
import { associationText, kindWords, measureWords, rounded, rowsText, shareText, valueText } from './column-words.ts';

/** A column's figures as a list, with how closely it goes together with the target, where it is not the target. */
export function columnFacts(analysed: AnalysedColumn, association?: Association): Html {
  const { column, summary, outliers } = analysed;
  const facts: (readonly [string, Content])[] = [
    ['Kind', kindWords[column.values]],
    ...(association ? [[capital(measureWords[association.measure]), associationText(association)] as const] : []),
    ...(summary.missing > 0 ? [['Missing', shareText(summary.missing / summary.rows)] as const] : []),
    ...(summary.numbers ? numberFacts(analysed) : levelFacts(analysed)),
    ...(outliers && outliers.count > 0 ? [['Outliers', rowsText(outliers.count)] as const] : []),
  ];
  return html`<dl class="column-facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function numberFacts({ column, summary: { numbers } }: AnalysedColumn): (readonly [string, Content])[] {
  if (!numbers) return [];
  const text = (value: number) => valueText(column, value);
  const ends = [numbers.min, numbers.max].map((value) => valueText({ ...column, unit: undefined }, value));
  return [
    ['Range', withUnits(ends, column).join(' to ')],
    ['Median', text(numbers.median)],
    ...(column.values === 'days'
      ? []
      : [['Mean', text(numbers.mean)] as const, ['Standard deviation', rounded(numbers.deviation)] as const]),
  ];
}

function levelFacts({ column, summary: { levels, weight } }: AnalysedColumn): (readonly [string, Content])[] {
  const most = Math.max(0, ...levels);
  if (most === 0) return [];
  const present = levels.filter((count) => count > 0).length;
  const level = column.levels[levels.indexOf(most)] as string;
  return [
    ['Levels', formatExact(present)],
    ['Most often', html`${named(level)} (${formatShare(most / weight)})`],
  ];
}
