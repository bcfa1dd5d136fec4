// What the tests of the documents read out of Markdown: fenced blocks, code spans and links, with their lines.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Every file of the repository, as a commit would have them. */
export const repositoryFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

/** The documents whose commands are run, in the order in which a reader meets them. */
export const documents: readonly string[] = [
  'README.md',
  ...repositoryFiles.filter((path) => /^docs\/.*\.md$/.test(path)),
  'CONTRIBUTING.md',
];

export interface Block {
  readonly document: string;
  /** Of its first line inside the fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** Without the indentation of the fence. */
  readonly text: string;
  /** What it needs beyond a clone, as the line above says: "Needs Docker." */
  readonly mark: string | undefined;
  /** The file that it is, where the line above ends in "`path`:". */
  readonly file: string | undefined;
}

export function readDocument(document: string): string {
  return readFileSync(join(root, document), 'utf8');
}

export function blocksOf(document: string): Block[] {
  const lines = readDocument(document).split('\n');
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, indent, language] = /^( *)```(\w*)/.exec(lines[i] as string) ?? [];
    if (indent === undefined || language === undefined) continue;
    const above = lines.slice(0, i).findLast((line) => line.trim() !== '') ?? '';
    const end = lines.findIndex((line, j) => j > i && line.trim() === '```');
    if (end < 0) throw new Error(`${document}:${i + 1}: a fence without an end`);
    blocks.push({
      document,
      line: i + 2,
      language,
      text: lines
        .slice(i + 1, end)
        .map((line) => line.slice(indent.length))
        .join('\n'),
      mark: /^ *_((?:Needs|Takes) [^_]+)_$/.exec(above)?.[1],
      file: /`([^`]+)`:$/.exec(above)?.[1],
    });
    i = end;
  }
  return blocks;
}

export interface Span {
  readonly line: number;
  readonly text: string;
}

/** Everything between backquotes, outside fences. */
export const codeSpans = (document: string) => spans(document, /`([^`]+)`/g);

/** The targets of links and pictures, outside fences. */
export const links = (document: string) => spans(document, /\]\(([^)\s]+)\)/g);

function spans(document: string, pattern: RegExp): Span[] {
  let fenced = false;
  return readDocument(document)
    .split('\n')
    .flatMap((text, i) => {
      if (text.trim().startsWith('```')) fenced = !fenced;
      return fenced ? [] : [...text.matchAll(pattern)].map(([, span]) => ({ line: i + 1, text: span as string }));
    });
}
