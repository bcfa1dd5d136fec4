import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const newFolder = () => mkdtempSync(join(tmpdir(), 'plumbline-'));
/** Browsers and servers may be writing yet. */
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

const ofThisFile: string[] = [];
// Registered before the file's own, so that it comes after them: what they end may still use its folder. Rehearsals use some of what is
// for tests too, and their folders go with their own.
if (process.env.VITEST) afterAll(() => ofThisFile.forEach(remove));

/** A new empty folder for the tests of a file, gone when they are over. */
export function makeFolder(): string {
  const folder = newFolder();
  ofThisFile.push(folder);
  return folder;
}

/** A new empty folder, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = newFolder();
  onTestFinished(() => remove(folder));
  return folder;
}

/** A file with this content in a folder of its own, gone when the test is over. */
export function temporaryFile(content: string | Uint8Array, name = 'data.csv'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}
