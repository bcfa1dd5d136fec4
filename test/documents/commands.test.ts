// Every command of the documents is run here in a clone, as a reader would, unless the line above it says what it needs
// that a test does not have; of such a command it is checked that it exists, with its options. CONTRIBUTING.md lists the
// marks.

import { beforeAll, describe, expect, it, test } from 'vitest';
import { commandsIn, simpleCommands } from './commands.ts';
import { problemOf } from './existence.ts';
import { blocksOf, codeSpans, documents, readDocument } from './markdown.ts';
import { follow, hasCommands } from './page.ts';
import { World } from './world.ts';

const marks = ['Needs an account.', 'Needs Docker.', 'Needs the server.', 'Needs a model.', 'Takes minutes.'];

describe('commands that are run', () => {
  let world: World;
  beforeAll(() => {
    world = new World();
  });

  it.each(documents.filter(hasCommands))('%s', { timeout: 400_000 }, async (document) => {
    const answers = await follow(world, document);
    for (const { line, promised, given } of answers) {
      expect(given, `${document}:${line}`).toEqual(asPattern(promised));
    }
    // The first page that a reader meets trains; those after it find its release.
    if (document === 'README.md') world.keepReleases();
  });
});

/** What a document shows of an answer: "…" stands for any text, and a number for those that round to it. */
function asPattern(promised: unknown): unknown {
  if (promised === '…') return expect.any(String);
  if (typeof promised === 'number') {
    const digits = String(promised).split('.')[1]?.length ?? 0;
    return Number.isInteger(promised) ? promised : expect.closeTo(promised, digits);
  }
  if (Array.isArray(promised)) return promised.map(asPattern);
  if (promised === null || typeof promised !== 'object') return promised;
  return Object.fromEntries(Object.entries(promised).map(([key, value]) => [key, asPattern(value)]));
}

describe('commands that are not run', () => {
  const marked = documents.flatMap(commandsIn).filter(({ mark }) => mark !== undefined);

  it('are marked by what they need', () => {
    expect(new Set(marked.map(({ mark }) => mark))).toEqual(new Set(marks));
    for (const mark of marks) expect(readDocument('CONTRIBUTING.md')).toContain(`\`_${mark}_\``);
  });

  it.each(marked)('$document:$line $text', ({ text }) => {
    expect(simpleCommands(text).map(problemOf).filter(Boolean)).toEqual([]);
  });

  it.each(documents)('%s names commands that exist', (document) => {
    const named = codeSpans(document).filter(({ text }) => /^(?:[A-Z_]+=\S+ )?(?:npm|npx|gh workflow) /.test(text));
    expect(named.flatMap(({ text }) => simpleCommands(text).map(problemOf)).filter(Boolean)).toEqual([]);
  });
});

test('blocks are of a kind that is looked at', () => {
  const kinds = new Set(documents.flatMap(blocksOf).map(({ language }) => language));
  expect([...kinds].sort()).toEqual(['csv', 'json', 'python', 'sh', 'ts']);
});
