import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataError, hasCode } from '../../core/errors.ts';
import { shellWord } from '../../core/shell-word.ts';
import { fileError } from './missing-file.ts';

const CHUNK_BYTES = 1 << 18;
/** A table shrinks to a hundredth at most, zeros to a thousandth, which is as far as gzip goes. */
const MAX_EXPANSION = 500;
/** So much is unpacked in any case: a small file of equal rows is none that was made to harm. */
const FREE_BYTES = 1 << 26;

/** Whether a file of these first bytes is packed by gzip. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * The bytes of a file, unpacked where gzip packed it.
 *
 * @throws DataError where the file is missing or a folder, or what gzip packed is cut short, damaged, or expands beyond measure
 */
export async function* fileBytes(path: string): AsyncGenerator<Buffer, undefined> {
  const chunks = storedBytes(path);
  try {
    const first = await chunks.next();
    if (first.done) return;
    const all = resumed(first.value, chunks);
    yield* isGzip(first.value) ? unpacked(all, path) : all;
  } finally {
    await chunks.return(undefined);
  }
}

/** The bytes of a file as they are stored. @throws DataError where it is missing, or a folder */
export async function* storedBytes(path: string): AsyncGenerator<Buffer, undefined> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw fileError(path, error);
  }
}

async function* resumed(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  yield first;
  yield* rest;
}

async function* unpacked(packed: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer, undefined> {
  let taken = 0;
  let given = 0;
  async function* counted() {
    for await (const chunk of packed) {
      taken += chunk.length;
      yield chunk;
    }
  }
  const stream = pipeline(
    Readable.from(counted(), { objectMode: false }),
    createGunzip({ chunkSize: CHUNK_BYTES }),
    () => {},
  );
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      given += chunk.length;
      if (given > FREE_BYTES && given > MAX_EXPANSION * taken)
        throw new DataError(
          `${path} expands to more than ${MAX_EXPANSION} times its size, as no table does; unpack it by hand and look at it: gunzip -k ${shellWord(basename(path))}`,
        );
      yield chunk;
    }
  } catch (error) {
    const again = 'download, copy or pack it again';
    if (hasCode(error, 'Z_BUF_ERROR'))
      throw new DataError(`${path} was packed by gzip and is cut short; ${again}`, { cause: error });
    if (hasCode(error, 'Z_DATA_ERROR'))
      throw new DataError(`${path} was packed by gzip and is damaged (${(error as Error).message}); ${again}`, {
        cause: error,
      });
    throw error;
  }
}
