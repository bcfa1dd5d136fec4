import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linkCurrent } from './current.ts';
import type { Release } from './read.ts';
import { takeOverRelease } from './write.ts';

/** A whole release in memory, byte by byte. */
export interface ReleaseBytes {
  readonly id: string;
  /** By the name of the file. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Takes a release into memory, so that its folder may go. */
export async function releaseBytes({ id, path }: Release): Promise<ReleaseBytes> {
  const names = await readdir(path);
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const));
  return { id, files: new Map(files) };
}

/**
 * Writes a release into a folder of releases, which is made if need be, and puts it into use there.
 *
 * @throws ReleaseError where this user may not write into `artifacts`
 */
export async function writeReleaseBytes(artifacts: string, { id, files }: ReleaseBytes): Promise<void> {
  const copy = async (folder: string) => {
    await mkdir(join(folder, id));
    for (const [name, bytes] of files) await writeFile(join(folder, id, name), bytes);
    await linkCurrent(folder, id);
  };
  await takeOverRelease(artifacts, copy, () => true);
}
