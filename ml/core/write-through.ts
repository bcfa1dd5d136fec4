import { constants, createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { Destination } from './destination.ts';
import { DataError, hasCode } from './errors.ts';

const READER_SECONDS = 5;

/**
 * Writes to what is no file: a device, a pipe, what the process has open. `write` fills a file elsewhere
 * first, so that nothing arrives where it fails.
 *
 * @throws DataError where nobody reads from a pipe.
 */
export async function writeThrough(
  { path, descriptor, stats }: Destination,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  const temporary = join(folder, 'output');
  let probe: FileHandle | undefined;
  try {
    await write(temporary);
    if (stats?.isFIFO() && descriptor === undefined) probe = await awaitReader(path);
    await pipeline(createReadStream(temporary), streamTo(path, descriptor), { end: descriptor === undefined });
  } finally {
    await probe?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the process prints on is written by its own streams, which know whether it can take more. */
function streamTo(path: string, descriptor: number | undefined): Writable {
  if (descriptor === undefined) return createWriteStream(path);
  if (descriptor === 1) return process.stdout;
  if (descriptor === 2) return process.stderr;
  return createWriteStream(path, { fd: descriptor, autoClose: false });
}

/**
 * The pipe, open: to open it as a file would wait for ever where nobody reads. It is not written to, since
 * it does not wait for a slow reader, and stays open until the writing is done, since its end would be the reader's.
 */
async function awaitReader(path: string): Promise<FileHandle> {
  const end = performance.now() + READER_SECONDS * 1000;
  for (;;) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!hasCode(error, 'ENXIO')) throw error;
      if (performance.now() > end)
        throw new DataError(`nobody reads from the pipe ${path}; start its reader first`, { cause: error });
    }
    await setTimeout(50);
  }
}
