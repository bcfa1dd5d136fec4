import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream, type Stats } from 'node:fs';
import { access, chmod, chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { destinationOf } from './destination.ts';
import { hasCode, ParamError } from './errors.ts';
import { writeThrough } from './write-through.ts';

/** A name beside `path` that nobody else writes to; it tells the process by which it was made. */
function temporaryFor(path: string): string {
  return `${path}.${process.pid}.${randomUUID()}.tmp`;
}

/**
 * Writes a file whole or not at all, its folder included if need be: `write` fills another one beside it, which is then
 * renamed. A link stays, and what it leads to is replaced; a file that is replaced keeps its mode, and its
 * owner where that is allowed. A device or a pipe is written through, once all is there.
 */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const destination = await destinationOf(path);
  const { stats } = destination;
  if (stats?.isDirectory()) throw new ParamError(`${path} is a folder; name a file`);
  if (stats && (!stats.isFile() || destination.descriptor !== undefined)) return writeThrough(destination, write);
  const temporary = temporaryFor(destination.path);
  await mkdir(dirname(destination.path), { recursive: true });
  if (stats) await access(destination.path, constants.W_OK);
  try {
    if (stats) await makeAlike(temporary, stats);
    await write(temporary);
    await rename(temporary, destination.path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** An empty file that nobody may read who may not read the other. */
async function makeAlike(path: string, { mode, uid, gid }: Stats): Promise<void> {
  await writeFile(path, '', { mode: 0o600, flag: 'wx' });
  const made = await stat(path);
  if (made.uid !== uid || made.gid !== gid) {
    await chown(path, uid, gid).catch((error) => {
      if (!hasCode(error, 'EPERM')) throw error;
    });
  }
  await chmod(path, mode & 0o777);
}

/** Writes a text into a file, whole or not at all. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  await replaceFile(path, (temporary) => writeFile(temporary, text));
}

/** Bytes that are read at a time: files may have gigabytes, and the 64 KB of a stream are many steps then. */
const READ_BYTES = 2 ** 20;

/** The SHA-256 of a file's bytes, in hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: READ_BYTES }), hash);
  return hash.digest('hex');
}

/** The SHA-256 of a text, in hex. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
