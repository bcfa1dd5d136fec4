// What is shown of the release that serves. It is made in a thread, once for each release: reading other releases and drawing charts takes
// longer than the event loop should wait.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { releaseOverview, reportPath } from '../../../ml/report/index.ts';
import { featuresOf, type LoadedRelease, learnedFromInWords, targetOf } from '../../../ml/serving.ts';
import { renderModel } from '../views.ts';

/** What is asked of the pages. */
export interface ModelQuestion {
  /** Since when the release serves here. */
  readonly since: Date;
}

/** The report of a release, which is a page of its own. */
interface ReportFile {
  readonly path: string;
  /** The content security policy that its own style needs. */
  readonly policy: string;
}

export interface ModelPages {
  readonly html: string;
  /** Undefined where the release is without one, as in an image. */
  readonly report: ReportFile | undefined;
}

/** @throws where the report cannot be read though it is there */
export async function modelPages(release: LoadedRelease, { since }: ModelQuestion): Promise<ModelPages> {
  const { id, manifest } = release;
  const { dataset, versions } = manifest;
  const [report, { written, sections }] = await Promise.all([reportOf(release), releaseOverview(release)]);
  const { title, description, notice } = dataset;
  const html = renderModel({
    title,
    description,
    notice,
    target: targetOf(dataset).title,
    facts: [
      { label: 'Release', value: id, isCode: true },
      { label: 'Serves here since', value: `${since.toISOString().slice(0, 16).replace('T', ' ')} UTC` },
      ...(written === undefined ? [] : [{ label: 'Written here', value: written }]),
      { label: 'Learned from', value: `${learnedFromInWords(manifest)}, ${featuresOf(dataset).length} columns` },
      { label: 'Plumbline', value: versions.plumbline ?? 'not recorded' },
    ],
    hasReport: report !== undefined,
    sections,
  });
  return { html, report };
}

async function reportOf(release: LoadedRelease): Promise<ReportFile | undefined> {
  const path = reportPath(release);
  return path === undefined ? undefined : { path, policy: policyOf(await readFile(path, 'utf8')) };
}

/** What a page of one file may use: its own style, whatever version made it, and nothing else. */
function policyOf(page: string): string {
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
