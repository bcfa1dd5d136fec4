import { expect, test } from 'vitest';
import { simpleCommands } from './commands.ts';
import { blocksOf, codeSpans, documents, links, readDocument } from './markdown.ts';

test('every page of the documents is found, and read', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/guide/train.md', 'docs/operate/ship.md']));
  expect(links('README.md').map(({ text }) => text)).toContain('docs/operate/ship.md');
  expect(codeSpans('README.md').map(({ text }) => text)).toContain('PORT=9000 npm start');
});

test('README begins with the two commands, and fits on a few screens', () => {
  const lines = readDocument('README.md').trimEnd().split('\n');
  expect(lines.slice(2, 6)).toEqual([
    '```sh',
    expect.stringMatching(/^npm start /),
    expect.stringMatching(/^npm test /),
    '```',
  ]);
  expect(lines.length).toBeLessThanOrEqual(150);
});

test('no sequence diagram has a semicolon, which would end a statement of it', () => {
  const diagrams = blocksOf('ARCHITECTURE.md').filter(({ text }) => text.startsWith('sequenceDiagram'));
  expect(diagrams.length).toBeGreaterThan(0);
  for (const { text } of diagrams) expect(text).not.toContain(';');
});

test('a line of shell is read as its commands', () => {
  expect(simpleCommands('git worktree add ../x && (cd ../x && npm ci) # a copy')).toEqual([
    ['git', 'worktree', 'add', '../x'],
    ['cd', '../x'],
    ['npm', 'ci'],
  ]);
  expect(simpleCommands('npm run live -- "$(aws ec2 \\\n  --query "a[0]")"')).toEqual([
    ['npm', 'run', 'live', '--', '"$(aws ec2    --query "a[0]")"'],
  ]);
});
