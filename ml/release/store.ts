import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hasCode, ReleaseError } from '../core/errors.ts';
import { sha256, sha256OfFile } from '../core/files.ts';
import { jsonText } from '../core/json.ts';
import { csvWriter } from '../data/csv-writer.ts';
import { withAccess } from './access.ts';
import { currentPath, hasCurrent, isPlace, pointCurrentAt, REMEDY } from './current.ts';
import { type Manifest, manifestSchema, RELEASE_FORMAT } from './manifest.ts';
import { removeAbandoned, temporaryName } from './temporaries.ts';

const MANIFEST = 'manifest.json';
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
type Content = string | Iterable<readonly string[]>;

type Contents = Readonly<Record<string, Content>>;
type Describe = (files: Manifest['files']) => Manifest;

/**
 * Writes a release into `artifacts` and points `current` at it.
 *
 * Everything goes into a temporary folder first, is read back and checked, and renamed: killed at any moment, this leaves
 * `current` as it was or pointing at a whole release.
 * The id is the start of the manifest's SHA-256, and the manifest holds that of every other file.
 *
 * @param check looks at what was written and read back; what it throws keeps the release from being used
 * @throws ReleaseError where what was written is not a whole release, or this user may not write there
 */
export async function writeRelease(
  artifacts: string,
  contents: Contents,
  describe: Describe,
  check?: (written: Release) => Promise<void>,
): Promise<Release> {
  return withAccess(artifacts, 'write', async () => {
    await mkdir(artifacts, { recursive: true });
    await removeAbandoned(artifacts);
    const temporary = await mkdtemp(join(artifacts, temporaryName('writing')));
    try {
      const text = await writeFiles(temporary, contents, describe);
      const written = await readFolder(temporary, { data: 'required', id: idOf(text) });
      await check?.(written);
      const release = { ...written, path: join(artifacts, written.id) };
      await moveInto(release.path, temporary);
      await pointCurrentAt(artifacts, release.id, (folder) => keepUnderItsId(folder, artifacts));
      return release;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

/** Renames a folder; where there is one of that name already, it stays if it is whole, and else gives way. */
async function moveInto(path: string, folder: string): Promise<void> {
  for (;;) {
    try {
      return await rename(folder, path);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].some((code) => hasCode(error, code))) throw error;
    }
    if (await isWhole(path)) return;
    await rm(path, { recursive: true, force: true });
  }
}

/** Writes every file, the manifest last; gives the manifest's text. */
async function writeFiles(folder: string, contents: Contents, describe: Describe): Promise<string> {
  const files: Manifest['files'] = {};
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    if (typeof content === 'string') await writeFile(path, content);
    else await pipeline(Readable.from(content), csvWriter(), createWriteStream(path));
    files[name] = { bytes: (await stat(path)).size, sha256: await sha256OfFile(path) };
  }
  const text = jsonText(describe(files));
  await writeFile(join(folder, MANIFEST), text);
  return text;
}

/** Whether `artifacts` has a release in use, whole or not. */
export async function hasRelease(artifacts: string): Promise<boolean> {
  return withAccess(artifacts, 'read', () => hasCurrent(artifacts));
}

/**
 * Reads the release in use and checks every byte of it. Its data may have been left out, but only as a whole.
 *
 * @throws ReleaseError saying what is wrong: none there, truncated, edited, of another format, or not permitted.
 */
export async function readRelease(artifacts: string): Promise<Release> {
  return withAccess(artifacts, 'read', async () => readFolder(await currentPath(artifacts), { data: 'optional' }));
}

/** @param id what the manifest must have. @default the folder's name, where that is not a place's */
async function readFolder(
  path: string,
  { data, id: expected }: { data: 'optional' | 'required'; id?: string },
): Promise<Release> {
  const name = basename(path);
  const text = await readFile(join(path, MANIFEST), 'utf8').catch((cause) => {
    if (isAbsent(cause)) throw new ReleaseError(`release ${name} has no ${MANIFEST}. ${REMEDY}`, { cause });
    throw cause;
  });
  const id = expected ?? (isPlace(name) ? idOf(text) : name);
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

/** Gives a release that lay in the place of `current` the folder that is its own; one that is not whole stays. */
async function keepUnderItsId(folder: string, artifacts: string): Promise<void> {
  const release = await readFolder(folder, { data: 'optional' }).catch((error) => {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  });
  if (release && !(await readdir(artifacts)).includes(release.id)) await rename(folder, join(artifacts, release.id));
}

function parseManifest(text: string, id: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ReleaseError(`${MANIFEST} of release ${id} is truncated or not JSON. ${REMEDY}`, { cause });
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
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = issue ? `: ${issue.path.join('.')}: ${issue.message}` : '';
  throw new ReleaseError(`${MANIFEST} of release ${id} is not a manifest${what}. ${REMEDY}`, { cause: parsed.error });
}

async function checkFile(path: string, what: string, recorded: { bytes: number; sha256: string }): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size < recorded.bytes)
      throw new ReleaseError(`${what} is truncated: ${size} of ${recorded.bytes} bytes. ${REMEDY}`);
    if ((await sha256OfFile(path)) !== recorded.sha256)
      throw new ReleaseError(`${what} was edited: its SHA-256 is not the recorded one. ${REMEDY}`);
  } catch (cause) {
    if (isAbsent(cause)) throw new ReleaseError(`${what} is missing. ${REMEDY}`, { cause });
    throw cause;
  }
}

/** Whether there is no such file, or a file where a folder should be, or the reverse. */
const isAbsent = (error: unknown) => ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'].some((code) => hasCode(error, code));

function idOf(manifest: string): string {
  return sha256(manifest).slice(0, ID_LENGTH);
}
