import { createWriteStream } from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { hasCode, ReleaseError } from './errors.ts';
import { replaceLink, sha256, sha256OfFile } from './files.ts';
import { type Manifest, manifestSchema, RELEASE_FORMAT } from './manifest.ts';

const MANIFEST = 'manifest.json';
const CURRENT = 'current';
const ID_LENGTH = 12;
/** What was learned from and measured on. It takes no part in predicting, so a copy that only serves may lack all of it. */
const DATA_FILES = ['data.csv', 'train.csv', 'test.csv'];

/** A release on disk whose every file is as it was written. */
export interface Release {
  readonly id: string;
  readonly path: string;
  readonly manifest: Manifest;
}

/** A file of a release: its text, or the rows of a CSV. */
export type Content = string | Iterable<readonly string[]>;

/**
 * Writes a release into `artifacts` and points `current` at it.
 *
 * Everything goes into a temporary folder first, which is then renamed: killed at any moment,
 * this leaves `current` as it was or pointing at a whole release.
 * The id is the start of the manifest's SHA-256, and the manifest holds that of every other file.
 */
export async function writeRelease(
  artifacts: string,
  contents: Readonly<Record<string, Content>>,
  describe: (files: Manifest['files']) => Manifest,
): Promise<Release> {
  await mkdir(artifacts, { recursive: true });
  await removeAbandoned(artifacts);
  const temporary = await mkdtemp(join(artifacts, `.writing-${process.pid}-`));
  try {
    const files: Manifest['files'] = {};
    for (const [name, content] of Object.entries(contents)) {
      const path = join(temporary, name);
      if (typeof content === 'string') await writeFile(path, content);
      else await pipeline(Readable.from(content), stringify(), createWriteStream(path));
      files[name] = { bytes: (await stat(path)).size, sha256: await sha256OfFile(path) };
    }
    const manifest = describe(files);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(join(temporary, MANIFEST), text);
    const id = idOf(text);
    const path = join(artifacts, id);
    if (!(await isWhole(path))) {
      // Free the name, where something damaged has it: a folder cannot be renamed onto a full one.
      await rm(path, { recursive: true, force: true });
      await rename(temporary, path);
    }
    await replaceLink(join(artifacts, CURRENT), id);
    return { id, path, manifest };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Whether `artifacts` has a release in use, whole or not. */
export async function hasRelease(artifacts: string): Promise<boolean> {
  try {
    await lstat(join(artifacts, CURRENT));
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/**
 * Reads the release in use and checks every byte of it. Its data may have been left out, but only as a whole.
 *
 * @throws ReleaseError saying what is wrong: none there, truncated, edited, or of another format.
 */
export async function readRelease(artifacts: string): Promise<Release> {
  return readFolder(await currentPath(artifacts), { data: 'optional' });
}

async function readFolder(path: string, { data }: { data: 'optional' | 'required' }): Promise<Release> {
  const id = basename(path);
  const text = await readFile(join(path, MANIFEST), 'utf8').catch((error) => {
    throw new ReleaseError(`release ${id} has no readable ${MANIFEST}. ${REMEDY}`, { cause: error });
  });
  const manifest = parseManifest(text, id);
  const lacksData = data === 'optional' && !(await readdir(path)).some((name) => DATA_FILES.includes(name));
  for (const [name, recorded] of Object.entries(manifest.files)) {
    if (lacksData && DATA_FILES.includes(name)) continue;
    await checkFile(join(path, name), `${name} of release ${id}`, recorded);
  }
  return { id, path, manifest };
}

async function isWhole(path: string): Promise<boolean> {
  try {
    await readFolder(path, { data: 'required' });
    return true;
  } catch (error) {
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}

const REMEDY = 'Train again (npm run train), or point artifacts/current at a whole release.';

async function currentPath(artifacts: string): Promise<string> {
  const link = join(artifacts, CURRENT);
  try {
    return await realpath(link);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    const target = await readlink(link).catch(() => undefined);
    throw new ReleaseError(
      target === undefined
        ? `there is no release in ${artifacts} yet. Train one: npm run train`
        : `${link} points to ${target}, which does not exist. ${REMEDY}`,
      { cause: error },
    );
  }
}

function parseManifest(text: string, id: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ReleaseError(`${MANIFEST} of release ${id} is truncated or not JSON. ${REMEDY}`, { cause: error });
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (format !== RELEASE_FORMAT) {
    throw new ReleaseError(
      `release ${id} has format ${format}; this version of Plumbline reads format ${RELEASE_FORMAT}. Train again: npm run train`,
    );
  }
  if (idOf(text) !== id) {
    throw new ReleaseError(
      `${MANIFEST} of release ${id} was edited, or its folder renamed: its SHA-256 starts with ${idOf(text)}. ${REMEDY}`,
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success)
    throw new ReleaseError(`${MANIFEST} of release ${id} is not a manifest. ${REMEDY}`, { cause: parsed.error });
  return parsed.data;
}

async function checkFile(path: string, what: string, recorded: { bytes: number; sha256: string }): Promise<void> {
  const size = await stat(path).then(
    ({ size }) => size,
    (error) => {
      throw new ReleaseError(`${what} is missing. ${REMEDY}`, { cause: error });
    },
  );
  if (size < recorded.bytes)
    throw new ReleaseError(`${what} is truncated: ${size} of ${recorded.bytes} bytes. ${REMEDY}`);
  if ((await sha256OfFile(path)) !== recorded.sha256)
    throw new ReleaseError(`${what} was edited: its SHA-256 is not the recorded one. ${REMEDY}`);
}

function idOf(manifest: string): string {
  return sha256(manifest).slice(0, ID_LENGTH);
}

/** Removes what trainings that were killed left behind. */
async function removeAbandoned(artifacts: string): Promise<void> {
  for (const name of await readdir(artifacts)) {
    const pid = /^\.writing-(\d+)-|^current\.(\d+)\..*tmp$/.exec(name)?.slice(1).find(Boolean);
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(artifacts, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
