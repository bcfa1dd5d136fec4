// The binary file of a release: arrays one after another, each from a multiple of eight bytes on, compressed as one.

import { createHash } from 'node:crypto';
import type { FileRecord } from './files.ts';
import { FrameError, readFrame, writeFrame } from './zstandard.ts';

/** The largest size of a number: a view of such numbers must start at a multiple of it. */
const ALIGNMENT = 8;
/** Bytes that a hash takes at a time; 2 GiB are too many. */
const HASHED = 2 ** 30;

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
    for (const chunk of this.#chunks)
      for (let at = 0; at < chunk.length; at += HASHED) hash.update(chunk.subarray(at, at + HASHED));
    return hash.digest('hex');
  }

  write(path: string): Promise<void> {
    return writeFrame(path, this.#chunks);
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
  let end = 0;
  try {
    await readFrame(path, (piece) => {
      if (end + piece.length > bytes) throw new PackingError(`it has more than ${bytes} bytes`);
      view.set(piece, end);
      hash.update(piece);
      end += piece.length;
    });
  } catch (cause) {
    if (!(cause instanceof FrameError)) throw cause;
    throw new PackingError(cause.message, { cause });
  }
  if (end < bytes) throw new PackingError(`it has ${end} of ${bytes} bytes`);
  if (hash.digest('hex') !== sha256) throw new PackingError('its SHA-256 is not the recorded one');
  return memory;
}
