// The exploratory analysis of a release's rows, as a section of a page.

import { chartGrid, named, note } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Section } from '../html/page.ts';
import { type AnalysedFeature, analyseData, type DataAnalysis, type DataRows, DETAILED } from './analysis.ts';
import { associationText, kindWords, measureWords } from './column-words.ts';
import { drawAgainstTarget, drawDistribution } from './draw-column.ts';
import { drawCorrelations } from './draw-correlations.ts';
import { drawOutliers } from './draw-outliers.ts';
import { drawColumnTable, drawFacts, drawMissing, momentsText, sampleNote, valuesText } from './draw-overview.ts';
import { drawSplit } from './draw-split.ts';

/** What the rows of a release are like: however many rows and columns, the section is small. */
export const dataSection = (rows: DataRows): Section => drawData(analyseData(rows));

function drawData(analysis: DataAnalysis): Section {
  const { target, features } = analysis;
  const detailed = features.slice(0, DETAILED);
  const missing = drawMissing(features);
  return {
    id: 'data',
    title: 'Data',
    content: html`${drawFacts(analysis)}${sampleNote(analysis)}`,
    sections: [
      {
        id: 'data-target',
        title: `Predicted: ${target.column.title}`,
        content: html`<p>${valuesText(target)}. ${momentsText(target)}</p>${chartGrid([drawDistribution(target, target.column.title)])}`,
      },
      {
        id: 'data-columns',
        title: 'Columns against the target',
        content: html`${detailed.length < features.length && note(`The ${detailed.length} of ${features.length} columns that matter most; the others stand in the table.`)}${detailed.map((feature) => drawFeature(feature, analysis))}`,
      },
      {
        id: 'data-all',
        title: 'Every column',
        content: html`${drawColumnTable(analysis)}${missing && chartGrid([missing])}`,
      },
      { id: 'data-correlations', title: 'Correlations', content: drawCorrelations(analysis.correlations) },
      { id: 'data-outliers', title: 'Outliers', content: drawOutliers(analysis) },
      { id: 'data-split', title: 'Learned from and held out', content: drawSplit(analysis) },
    ],
  };
}

function drawFeature(feature: AnalysedFeature, { target, positive }: DataAnalysis): Html {
  const { column, association, againstTarget } = feature;
  const told = `${kindWords[column.values]}; ${measureWords[association.measure]} with the target ${associationText(association)}`;
  return html`<section class="column"><h4>${named(column.title)}</h4>
<p class="note">${told}; ${valuesText(feature)}. ${momentsText(feature)}</p>
${chartGrid([
  drawDistribution(feature, `${column.title}: distribution`),
  ...(againstTarget ? [drawAgainstTarget(againstTarget, { feature, target: target.column, positive })] : []),
])}</section>`;
}
