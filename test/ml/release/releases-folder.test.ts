import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeReleasesFolder, releasesFolder } from '../../../ml/release/releases-folder.ts';
import { temporaryFolder } from '../../temporary.ts';

/** Two folders of the same name, which no other data set has. */
function namesakes(): [string, string] {
  const first = temporaryFolder();
  const second = join(temporaryFolder(), basename(first));
  mkdirSync(second);
  onTestFinished(() => rmSync(join('artifacts', basename(first)), { recursive: true, force: true }));
  return [first, second];
}

test('whoever comes first has the folder, however many come at once', async () => {
  const [first, second] = namesakes();
  const outcomes = await Promise.allSettled([first, second, first, second].map(makeReleasesFolder));
  const owner = outcomes[0]?.status === 'fulfilled' ? first : second;
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
    [first, second, first, second].map((it) => it === owner),
  );
  expect(releasesFolder(owner)).toBe(`artifacts/${basename(first)}`);
});

test('a folder whose data set is gone says how it can be had', async () => {
  const [first, second] = namesakes();
  await makeReleasesFolder(first);
  rmSync(first, { recursive: true });
  expect(() => releasesFolder(second)).toThrow(
    `Where the other is gone for good, remove artifacts/${basename(first)}/dataset`,
  );
});
