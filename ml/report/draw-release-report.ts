import { dataSection } from './data-section/data-section.ts';
import { html } from './html/html.ts';
import { drawPage } from './html/page.ts';
import { modelsSection } from './models-section/models-section.ts';
import { provenanceSection } from './provenance-section/provenance-section.ts';
import type { ReleaseReport } from './release-report.ts';
import { summarySection } from './summary/draw-summary.ts';

/** The report of a release as an HTML document of its own. It names no release, since the release's id is made from it too. */
export function drawReleaseReport(report: ReleaseReport): string {
  const { manifest, rows, important } = report;
  const { dataset, positive, seed } = manifest;
  const { title, description, notice } = dataset;
  const data = dataSection({
    declaration: dataset,
    learned: rows.train,
    held: rows.test,
    positive,
    order: important,
    seed,
  });
  return drawPage({
    title: `${title}: report`,
    intro: html`${description !== undefined && html`<p>${description}</p>`}${notice !== undefined && html`<p><strong>${notice}</strong></p>`}`,
    sections: [summarySection(report), data, modelsSection(report), provenanceSection(manifest)],
    footer: html`Plumbline ${manifest.versions.plumbline}. Rows of the data are shown here: it is for those who may see them.`,
  });
}
