// The binary file of a release: arrays one after another, each from a multiple of eight bytes on, compressed as one.
// Zstandard (RFC 8878) makes a third of a forest's arrays, and reads them in less time than JSON takes to parse.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress, zstdCompressSync } from 'node:zlib';
import type { FileRecord } from './files.ts';

/** The largest size of a number: a view of such numbers must start at a multiple of it. */
const ALIGNMENT = 8;

const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } };
/** Large chunks, since each takes a turn of the event loop. */
const CHUNKS = { chunkSize: 2 ** 18 };

/** Arrays that are to be packed into a file. */
export class ArrayPacker {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** How many bytes there are so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds an array, whose bytes must not change until they are written; returns where it starts. */
  add({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
    const start = Math.ceil(this.#bytes / ALIGNMENT) * ALIGNMENT;
    this.#chunks.push(new Uint8Array(start - this.#bytes), new Uint8Array(buffer, byteOffset, byteLength));
    this.#bytes = start + byteLength;
    return start;
  }

  /** The SHA-256 of all bytes, in hex. */
  sha256(): string {
    const hash = createHash('sha256');
    for (const chunk of this.#chunks) hash.update(chunk);
    return hash.digest('hex');
  }

  async write(path: string): Promise<void> {
    // As a stream it would end in a second, empty frame.
    await writeFile(path, zstdCompressSync(Buffer.concat(this.#chunks), OPTIONS));
  }
}

/** A file that does not unpack to what was packed into it. */
export class PackingError extends Error {}

/**
 * What is packed in a file, in memory that threads share.
 *
 * @throws PackingError where it is not what was recorded
 */
export async function unpackArrays(
  path: string,
  { bytes, sha256 }: Pick<FileRecord, 'bytes' | 'sha256'>,
): Promise<SharedArrayBuffer> {
  const memory = new SharedArrayBuffer(bytes);
  const view = new Uint8Array(memory);
  const hash = createHash('sha256');
  const file = createReadStream(path);
  const decompress = createZstdDecompress(CHUNKS);
  let end = 0;
  try {
    await pipeline(file, decompress, async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        if (end + chunk.length > bytes) throw new PackingError(`it has more than ${bytes} bytes`);
        view.set(chunk, end);
        hash.update(chunk);
        end += chunk.length;
      }
    });
  } catch (cause) {
    if (!isDecompressionError(cause)) throw cause;
    throw new PackingError('it is no whole Zstandard frame', { cause });
  }
  if (end < bytes) throw new PackingError(`it has ${end} of ${bytes} bytes`);
  if (hash.digest('hex') !== sha256) throw new PackingError('its SHA-256 is not the recorded one');
  // What follows the frame is skipped in silence.
  if (decompress.bytesWritten < file.bytesRead) throw new PackingError('something follows the Zstandard frame');
  return memory;
}

function isDecompressionError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z|ZSTD)_/i.test(String(error.code));
}
