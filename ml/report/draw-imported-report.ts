import type { Manifest } from '../release/manifest.ts';
import { html } from './html/html.ts';
import { drawPage } from './html/page.ts';
import { overviewSections } from './overview/overview.ts';

/** The report of a model that was trained elsewhere, as far as one can be made: what it learned from is not here to be looked at. */
export function drawImportedReport(manifest: Manifest): string {
  const { title, description, notice } = manifest.dataset;
  return drawPage({
    title: `${title}: report`,
    intro: html`${description !== undefined && html`<p>${description}</p>`}${notice !== undefined && html`<p><strong>${notice}</strong></p>`}`,
    sections: overviewSections(manifest, undefined),
    footer: html`Plumbline ${manifest.versions.plumbline}.`,
  });
}
