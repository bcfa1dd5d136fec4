// What the documents point to is there: links, paths, files by their names.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { codeSpans, documents, links, readDocument, repositoryFiles, root } from './markdown.ts';

/** The reader's: a data set may be removed, and most documents speak of data sets and releases that are yet to be made. */
const isOwnData = (path: string) => /^(?:data|artifacts)\/(?!dataset\.schema\.json$)/.test(path);

const described = [...documents, 'ARCHITECTURE.md'];

/** GitHub's name for a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (document: string) =>
  [...readDocument(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading as string));

describe.each([...described, 'CHANGELOG.md'])('%s', (document) => {
  it('links to what exists', () => {
    const broken = links(document).filter(({ text }) => {
      if (/^[a-z]+:/.test(text)) return false;
      const [path = '', anchor] = text.split('#');
      const target = path === '' ? document : join(dirname(document), path);
      if (isOwnData(target)) return false;
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

const names = new Set(repositoryFiles.map((path) => basename(path)));
const rooms = new Set(repositoryFiles.map((path) => path.split('/')[0]));

/** Of others: the runner's own script. */
const foreign = ['svc.sh'];

/** Whether a code span names a place in the repository that is not there. */
function isMissing(text: string): boolean {
  const path = text.replace(/\/$/, '');
  // In capitals stands what differs from case to case, as in the name of a log stream.
  if (!/^[\w.@/-]+$/.test(path) || /\/[A-Z]+(?:\/|$)/.test(path) || isOwnData(path) || foreign.includes(path))
    return false;
  const [room] = path.split('/');
  if (path.includes('/')) return rooms.has(room) && !existsSync(join(root, path));
  return /^[\w.-]+\.(?:ts|sh|mjs)$/.test(path) && !names.has(path);
}

describe.each(described)('%s', (document) => {
  it('names files and folders that exist', () => {
    // A file that the page itself has the reader write.
    const written = /`([\w./-]+)`:$/gm;
    const own = new Set([...readDocument(document).matchAll(written)].map(([, path]) => path));
    expect(codeSpans(document).filter(({ text }) => isMissing(text) && !own.has(text))).toEqual([]);
  });
});

test('every page is in the list of README, every decision in that of its folder', () => {
  for (const page of documents.filter((path) => /^docs\/(?:guide|operate)\//.test(path)))
    expect(links('README.md').map(({ text }) => text)).toContain(page);
  const decisions = documents.filter((path) => path.startsWith('docs/decisions/') && !path.endsWith('/README.md'));
  expect(links('docs/decisions/README.md').map(({ text }) => join('docs/decisions', text))).toEqual(
    expect.arrayContaining(decisions),
  );
});
