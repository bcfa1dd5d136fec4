import { dirname } from 'node:path';
import { ReleaseError } from '../../core/errors.ts';
import { type ListedRelease, listReleases } from '../../release/list.ts';
import type { Release } from '../../release/read.ts';
import { readEvaluation } from '../evaluation/read-evaluation.ts';
import { type Content, html } from '../html/html.ts';
import { drawReleases, momentInWords } from './draw-releases.ts';
import { overviewSections } from './overview.ts';

/** A section of a page, with its HTML. */
interface DrawnSection {
  /** Its anchor. */
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** What a page tells of a release, and of those beside it. */
export interface ReleaseOverview {
  /** When it was written where it lies: "2026-11-27 04:18 UTC"; undefined where it lies there no more. */
  readonly written: string | undefined;
  readonly sections: readonly DrawnSection[];
}

/** @param release that was read; whatever has become of its files since, the rest is told */
export async function releaseOverview({
  id,
  path,
  manifest,
}: Pick<Release, 'id' | 'path' | 'manifest'>): Promise<ReleaseOverview> {
  const [evaluation, releases] = await Promise.all([
    readEvaluation({ path, manifest }).catch(() => undefined),
    releasesIn(dirname(path)),
  ]);
  const written = releases.find((release) => release.id === id)?.written;
  return {
    written: written && momentInWords(written),
    sections: [
      ...overviewSections(manifest, evaluation),
      { id: 'releases', title: 'Releases', content: drawReleases(releases, id) },
    ].map(({ id: anchor, title, content }) => ({ id: anchor, title, html: textOf(content) })),
  };
}

const textOf = (content: Content) => html`${content}`.html;

/** None where the folder cannot be read any more. */
async function releasesIn(artifacts: string): Promise<ListedRelease[]> {
  try {
    return await listReleases(artifacts);
  } catch (error) {
    if (error instanceof ReleaseError) return [];
    throw error;
  }
}
