// The exploratory analysis of a release's rows, as a section of a page.

import { chartGrid, named, note } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Section } from '../html/page.ts';
import { type AnalysedFeature, analyseData, type DataAnalysis, type DataRows, DETAILED } from './analysis.ts';
import { columnFacts } from './column-facts.ts';
import { drawAgainstTarget, drawDistribution } from './draw-column.ts';
import { drawCorrelations } from './draw-correlations.ts';
import { drawOutliers } from './draw-outliers.ts';
import { drawColumnTable, drawFacts, drawMissing, sampleNote, weightNote } from './draw-overview.ts';
import { drawSplit } from './draw-split.ts';

/** What the rows of a release are like: however many rows and columns, the section is small. */
export const dataSection = (rows: DataRows): Section => drawData(analyseData(rows));

/** @param detailed how many columns are told of one by one, of those that were looked at so */
export function drawData(analysis: DataAnalysis, detailed = DETAILED): Section {
  const { target, features } = analysis;
  const missing = drawMissing(features);
  return {
    id: 'data',
    title: 'Data',
    content: html`${drawFacts(analysis)}${sampleNote(analysis)}${weightNote(analysis)}`,
    sections: [
      {
        id: 'data-target',
        title: `Predicted: ${target.column.title}`,
        content: html`<div class="column">${columnFacts(target)}${drawDistribution(target, analysis)}</div>`,
      },
      { id: 'data-columns', title: 'Columns against the target', content: drawFeatures(analysis, detailed) },
      {
        id: 'data-all',
        title: 'Every column',
        content: html`${drawColumnTable(analysis)}${missing && chartGrid([missing])}`,
      },
      { id: 'data-correlations', title: 'Correlations', content: drawCorrelations(analysis.correlations) },
      { id: 'data-outliers', title: 'Outliers', content: drawOutliers(analysis) },
      { id: 'data-split', title: 'Training and held-out rows', content: drawSplit(analysis) },
    ],
  };
}

function drawFeatures(analysis: DataAnalysis, most: number): Html {
  const { features } = analysis;
  const detailed = features.slice(0, most);
  const which =
    detailed.length < features.length
      ? `The ${detailed.length} of ${features.length} columns that matter most, the others stand in the table below.`
      : 'The columns that matter most come first.';
  return html`${note(`${which} Rank correlation, correlation ratio and Cramér’s V say how closely a column goes together with what is predicted.`)}${detailed.map((feature) => drawFeature(feature, analysis))}`;
}

function drawFeature(feature: AnalysedFeature, analysis: DataAnalysis): Html {
  const { target, positive, weight } = analysis;
  const { column, association, againstTarget } = feature;
  return html`<h4>${named(column.title)}</h4>
<div class="column">${columnFacts(feature, association)}${drawDistribution(feature, analysis)}
${againstTarget && drawAgainstTarget(againstTarget, { feature, target: target.column, positive, weight })}</div>
`;
}
