import { analyseData, DETAILED } from './data-section/analysis.ts';
import { drawData } from './data-section/data-section.ts';
import { html } from './html/html.ts';
import { drawPage } from './html/page.ts';
import { modelsSection } from './models-section/models-section.ts';
import { provenanceSection } from './provenance-section/provenance-section.ts';
import type { ReleaseReport } from './release-report.ts';
import { summarySection } from './summary/draw-summary.ts';

/** A page is smaller than a megabyte: where names are so long that it is not, fewer columns are told of one by one. */
const MOST_BYTES = 1_000_000;
const FEWER = [DETAILED, DETAILED / 2, DETAILED / 4, 1];

/** The report of a release as an HTML document of its own. It names no release, since the release's id is made from it too. */
export function drawReleaseReport(report: ReleaseReport): string {
  const { manifest, rows, important } = report;
  const { dataset, positive, seed } = manifest;
  const { title, description, notice } = dataset;
  const analysis = analyseData({
    declaration: dataset,
    learned: rows.train,
    held: rows.test,
    positive,
    order: important,
    seed,
  });
  const others = { before: [summarySection(report)], after: [modelsSection(report), provenanceSection(manifest)] };
  let page = '';
  for (const detailed of FEWER) {
    page = drawPage({
      title: `${title}: report`,
      intro: html`${description !== undefined && html`<p>${description}</p>`}${notice !== undefined && html`<p><strong>${notice}</strong></p>`}`,
      sections: [...others.before, drawData(analysis, detailed), ...others.after],
      footer: html`Plumbline ${manifest.versions.plumbline}. Rows of the data are shown here: it is for those who may see them.`,
    });
    if (Buffer.byteLength(page) < MOST_BYTES) break;
  }
  return page;
}
