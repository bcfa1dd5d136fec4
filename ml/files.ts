import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A name beside `path` that nobody else writes to; it tells the process by which it was made. */
function temporaryFor(path: string): string {
  return `${path}.${process.pid}.${randomUUID()}.tmp`;
}

/**
 * Writes a file whole or not at all, its folder included if need be: `write` fills another
 * one beside it, which is then renamed.
 */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryFor(path);
  await mkdir(dirname(path), { recursive: true });
  try {
    await write(temporary);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Writes a text into a file, whole or not at all. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  await replaceFile(path, (temporary) => writeFile(temporary, text));
}

/** Points a symbolic link at `target`, whatever it pointed at before, with no moment in between. */
export async function replaceLink(path: string, target: string): Promise<void> {
  const temporary = temporaryFor(path);
  await symlink(target, temporary);
  await rename(temporary, path);
}

/** The SHA-256 of a file's bytes, in hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The SHA-256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
