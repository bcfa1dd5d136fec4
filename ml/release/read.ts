import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ZodError } from 'zod';
import { hasCode, ReleaseError } from '../core/errors.ts';
import { sha256, sha256OfFile } from '../core/files.ts';
import { withAccess } from './access.ts';
import { currentPath, hasCurrent, isPlace, REMEDY } from './current.ts';
import { type DataRole, dataRoles, type FileRecord, filesOf, MANIFEST, type Role } from './files.ts';
import { firstIssue, type Manifest, manifestSchema } from './manifest.ts';
import { isReadable, migrateManifest, readableFormats } from './migrations/index.ts';
import { PackingError, unpackArrays } from './packed-arrays.ts';

/** Of characters. */
export const ID_LENGTH = 12;

/** A release on disk whose every file is as it was written; its rows are as long as they were, and checked as they are read (`rowsFileOf`). */
export interface Release {
  readonly id: string;
  readonly path: string;
  /** As today's format has it. */
  readonly manifest: Manifest;
  /** The format of its files, which may be older. */
  readonly format: number;
  /** What is packed in its file of arrays, in memory that threads share. */
  readonly arrays: SharedArrayBuffer;
}

/** Whether `artifacts` has a release in use, whole or not. */
export async function hasRelease(artifacts: string): Promise<boolean> {
  return withAccess(artifacts, 'read', () => hasCurrent(artifacts));
}

interface ReadOptions {
  /**
   * Whether every byte of its rows is checked, or how many there are alone: no prediction hangs on them, millions take seconds, and
   * whoever reads them has them checked (`rowsFileOf`). @default measured
   */
  readonly rows?: 'checked' | 'measured';
}

/**
 * Reads the release in use and checks it. Its data may have been left out, but only as a whole, and its report.
 *
 * @throws ReleaseError saying what is wrong: none there, truncated, edited, of a format that is not read, or not permitted.
 */
export async function readRelease(artifacts: string, { rows = 'measured' }: ReadOptions = {}): Promise<Release> {
  return withAccess(artifacts, 'read', async () =>
    readFolder(await currentPath(artifacts), { data: 'optional', rows }),
  );
}

/**
 * Reads the release in the folder that is its own; its data may have been left out, but only as a whole, and its report.
 *
 * @throws ReleaseError as `readRelease`
 */
export async function readReleaseAt(path: string, { rows = 'measured' }: ReadOptions = {}): Promise<Release> {
  return withAccess(path, 'read', () => readFolder(path, { data: 'optional', rows }));
}

/**
 * Reads the manifest of the release in a folder, and nothing else.
 *
 * @param expected the id that it must have. @default the folder's name, where that is not a place's
 * @throws ReleaseError saying what is wrong with it
 */
export async function readManifest(
  path: string,
  expected?: string,
): Promise<Pick<Release, 'id' | 'manifest' | 'format'>> {
  const name = basename(path);
  const text = await readFile(join(path, MANIFEST), 'utf8').catch((cause) => {
    if (isAbsent(cause)) throw new ReleaseError(`release ${name} has no ${MANIFEST}. ${REMEDY}`, { cause });
    throw cause;
  });
  const id = expected ?? (isPlace(name) ? idOf(text) : name);
  return { id, ...parseManifest(text, id) };
}

/**
 * Reads the release in a folder and checks it: every byte, but for rows that are to be measured alone.
 *
 * @param id what the manifest must have. @default the folder's name, where that is not a place's
 * @throws ReleaseError saying what is wrong with it
 */
export async function readFolder(
  path: string,
  { data, rows = 'checked', id: expected }: ReadOptions & { data: 'optional' | 'required'; id?: string },
): Promise<Release> {
  const { id, manifest, format } = await readManifest(path, expected);
  const present = await readdir(path);
  const isData = (role: Role) => dataRoles.some((each) => each === role);
  const lacksData =
    data === 'optional' && !filesOf(manifest.files).some(([role, { name }]) => isData(role) && present.includes(name));
  const isLeftOut = (role: Role, { name }: FileRecord) =>
    isData(role) ? lacksData : role === 'report' && data === 'optional' && !present.includes(name);
  const { arrays, ...others } = manifest.files;
  for (const [role, recorded] of filesOf(others)) {
    const isMeasured = isData(role) && rows === 'measured';
    if (!isLeftOut(role, recorded)) await readFileOf(path, id, recorded, isMeasured ? checkSize : checkFile);
  }
  return {
    id,
    path,
    manifest,
    format,
    arrays: arrays ? await readFileOf(path, id, arrays, unpackArrays) : new SharedArrayBuffer(0),
  };
}

/** Checks every byte of a file of a release. @throws ReleaseError where it is not as it was written */
export async function checkFileOf({ id, path, manifest: { files } }: Release, role: DataRole): Promise<void> {
  await withAccess(path, 'read', () => readFileOf(path, id, files[role], checkFile));
}

/** Whether a folder holds a release with all of its files. */
export async function isWhole(path: string): Promise<boolean> {
  try {
    await readFolder(path, { data: 'required' });
    return true;
  } catch (error) {
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}

/** A release's id: the start of its manifest's SHA-256, and the manifest holds that of every other file. */
export function idOf(manifest: string): string {
  return sha256(manifest).slice(0, ID_LENGTH);
}

/** @throws ReleaseError unless this is the text of the manifest of release `id` */
function parseManifest(text: string, id: string): Pick<Release, 'manifest' | 'format'> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ReleaseError(`${MANIFEST} of release ${id} is truncated or not JSON. ${REMEDY}`, { cause });
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (!isReadable(format)) {
    throw new ReleaseError(
      `release ${id} has format ${format}; this version of Plumbline reads formats ${readableFormats}. Train again: npm run train`,
    );
  }
  if (idOf(text) !== id) {
    throw new ReleaseError(
      `${MANIFEST} of release ${id} was edited, or its folder renamed: its SHA-256 starts with ${idOf(text)}. ${REMEDY}`,
    );
  }
  try {
    return { manifest: manifestSchema.parse(migrateManifest(format, json)), format };
  } catch (cause) {
    if (!(cause instanceof ZodError)) throw cause;
    throw new ReleaseError(`${MANIFEST} of release ${id} is not a manifest: ${firstIssue(cause)}. ${REMEDY}`, {
      cause,
    });
  }
}

/** Reads a file of release `id`; what is wrong with it is said of that. */
async function readFileOf<T>(
  folder: string,
  id: string,
  recorded: FileRecord,
  read: (path: string, recorded: FileRecord, what: string) => Promise<T>,
): Promise<T> {
  const what = `${recorded.name} of release ${id}`;
  try {
    return await read(join(folder, recorded.name), recorded, what);
  } catch (cause) {
    if (isAbsent(cause)) throw new ReleaseError(`${what} is missing. ${REMEDY}`, { cause });
    if (cause instanceof PackingError)
      throw new ReleaseError(`${what} was truncated or edited: ${cause.message}. ${REMEDY}`, { cause });
    throw cause;
  }
}

async function checkSize(path: string, { bytes }: FileRecord, what: string): Promise<void> {
  const { size } = await stat(path);
  if (size < bytes) throw new ReleaseError(`${what} is truncated: ${size} of ${bytes} bytes. ${REMEDY}`);
  if (size > bytes) throw new ReleaseError(`${what} was edited: it has ${size} bytes, and had ${bytes}. ${REMEDY}`);
}

async function checkFile(path: string, recorded: FileRecord, what: string): Promise<void> {
  await checkSize(path, recorded, what);
  if ((await sha256OfFile(path)) !== recorded.sha256)
    throw new ReleaseError(`${what} was edited: its SHA-256 is not the recorded one. ${REMEDY}`);
}

/** Whether there is no such file, or a file where a folder should be, or the reverse. */
const isAbsent = (error: unknown) => ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'].some((code) => hasCode(error, code));
