import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasCode } from '../core/errors.ts';
import { sha256OfFile } from '../core/files.ts';
import { jsonText } from '../core/json.ts';
import type { PlainData } from '../core/plain-data.ts';
import { csvText } from '../data/csv-text.ts';
import { withAccess } from './access.ts';
import { documentText } from './document.ts';
import {
  type DataRole,
  type DocumentRole,
  type FileRecord,
  type FileRecords,
  fileNames,
  MANIFEST,
  type ModelRole,
  type Role,
} from './files.ts';
import { firstIssue, type Manifest, manifestSchema } from './manifest.ts';
import { ArrayPacker } from './packed-arrays.ts';
import { idOf, isWhole, type Release, readFolder, readRelease } from './read.ts';
import { removeAbandoned, temporaryName } from './temporaries.ts';
import { useRelease } from './use.ts';

/** What is told of a model: the report, an HTML document, and what of it holds no rows of the data. */
interface Reported {
  readonly page: string;
  /** @default none */
  readonly evaluation?: object | undefined;
}

/** What a release holds: the rows of CSV files, header first, and JSON documents; `intervals` where they are known. */
export type Contents = Readonly<
  Record<DataRole, Iterable<readonly string[]>> &
    Record<ModelRole, PlainData> & {
      intervals?: PlainData | undefined;
      /** Makes the report, an HTML document, and the evaluation, once the manifest is known but for these; undefined where it cannot. */
      report?: ((manifest: Manifest) => Reported | undefined) | undefined;
    }
>;

/**
 * Writes a release into `artifacts` and points `current` at it, unless it is not to be used yet.
 *
 * Everything goes into a temporary folder first, is read back and checked, and renamed: killed at any moment, this leaves
 * `current` as it was or pointing at a whole release.
 *
 * @param describe gives the manifest, once the files are known
 * @param check looks at what was written and read back; what it throws keeps the release from being used
 * @throws ReleaseError where what was written is not a whole release, or this user may not write there
 */
export async function writeRelease(
  artifacts: string,
  contents: Contents,
  describe: (files: FileRecords) => Manifest,
  check?: (written: Release) => Promise<void>,
  { use = true }: { readonly use?: boolean } = {},
): Promise<Release> {
  return withinTemporary(artifacts, async (temporary) => {
    const files = await writeFiles(temporary, contents);
    const reported = contents.report?.(validated(describe(files)));
    const text = jsonText(validated(describe(await withReport(temporary, files, reported))));
    await writeFile(join(temporary, MANIFEST), text);
    const written = await readFolder(temporary, { data: 'required', id: idOf(text) });
    await check?.(written);
    return putInPlace(artifacts, written, use);
  });
}

/**
 * Takes over the release in use of a folder of releases, which `copy` brings into an empty one.
 *
 * @param accept says whether it is wanted, once every byte is checked
 * @returns the release; undefined where it was not wanted
 * @throws ReleaseError where it is not whole, has a format that is not read, or this user may not write into `artifacts`
 */
export async function takeOverRelease(
  artifacts: string,
  copy: (folder: string) => Promise<void> | void,
  accept: (release: Release) => boolean,
): Promise<Release | undefined> {
  return withinTemporary(artifacts, async (temporary) => {
    await copy(temporary);
    const release = await readRelease(temporary, { rows: 'checked' });
    return accept(release) ? putInPlace(artifacts, release) : undefined;
  });
}

/** Does what needs a folder in `artifacts` that is gone afterwards, or after the next training where this process is killed. */
async function withinTemporary<T>(artifacts: string, work: (folder: string) => Promise<T>): Promise<T> {
  return withAccess(artifacts, 'write', async () => {
    await mkdir(artifacts, { recursive: true });
    await removeAbandoned(artifacts);
    const temporary = await mkdtemp(join(artifacts, temporaryName('writing')));
    try {
      return await work(temporary);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

/** @throws Error where it is no manifest that could be read again */
function validated(manifest: Manifest): Manifest {
  const { data, error } = manifestSchema.safeParse(manifest);
  if (error) throw new Error(`the manifest to be written is none: ${firstIssue(error)}`, { cause: error });
  return data;
}

/** Moves a release that was checked to the folder that is its own, and points `current` at it where it is to be used. */
async function putInPlace(artifacts: string, written: Release, use = true): Promise<Release> {
  const release = { ...written, path: join(artifacts, written.id) };
  await moveInto(release.path, written.path);
  if (use) await useRelease(artifacts, release.id);
  return release;
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

/** Writes the report and the evaluation, where there are any, beside the other files. */
async function withReport(folder: string, files: FileRecords, reported: Reported | undefined): Promise<FileRecords> {
  if (reported === undefined) return files;
  await writeFile(join(folder, fileNames.report), reported.page);
  const report = await recordOf(folder, 'report');
  if (reported.evaluation === undefined) return { ...files, report };
  await writeFile(join(folder, fileNames.evaluation), jsonText(reported.evaluation));
  return { ...files, report, evaluation: await recordOf(folder, 'evaluation') };
}

/** A file as the manifest records it. */
async function recordOf(folder: string, role: Role): Promise<FileRecord> {
  const path = join(folder, fileNames[role]);
  const [{ size }, sha256] = await Promise.all([stat(path), sha256OfFile(path)]);
  return { name: fileNames[role], bytes: size, sha256 };
}

/** Writes every file but the manifest and the report. */
async function writeFiles(folder: string, contents: Contents): Promise<FileRecords> {
  const pathOf = (role: Role) => join(folder, fileNames[role]);
  const record = (role: Role) => recordOf(folder, role);
  const table = async (role: DataRole): Promise<FileRecord> => {
    // As they are written, so that what is read back is compared with what was to be there.
    const hash = createHash('sha256');
    let bytes = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const piece of csvText(contents[role])) {
        const chunk = Buffer.from(piece);
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }
    await pipeline(counted(), createWriteStream(pathOf(role)));
    return { name: fileNames[role], bytes, sha256: hash.digest('hex') };
  };
  const packer = new ArrayPacker();
  const document = async (role: DocumentRole, content: PlainData) => {
    await writeFile(pathOf(role), documentText(content, packer));
    return record(role);
  };
  const { preprocessing, model, intervals } = contents;
  const files = {
    data: await table('data'),
    train: await table('train'),
    test: await table('test'),
    preprocessing: await document('preprocessing', preprocessing),
    model: await document('model', model),
    ...(intervals !== undefined && { intervals: await document('intervals', intervals) }),
  };
  if (packer.bytes === 0) return files;
  await packer.write(pathOf('arrays'));
  return { ...files, arrays: { name: fileNames.arrays, bytes: packer.bytes, sha256: packer.sha256() } };
}
