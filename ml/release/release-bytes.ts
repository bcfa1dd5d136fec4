import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
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
  const files = new Map<string, Uint8Array>();
  for (const name of await readdir(path)) files.set(name, await bytesOf(join(path, name)));
  return { id, files };
}

/** The bytes of a file of any size; `readFile` ends at 2 GiB. */
async function bytesOf(path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array((await stat(path)).size);
  let end = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
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
