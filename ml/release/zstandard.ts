// Zstandard (RFC 8878): a third of a forest's arrays, and read in less time than JSON takes to parse. Node has it from 22.15 on.
// Before, a frame is written whose blocks are not compressed, which every reader reads, and read by a package.

import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';

/** What is no frame of Zstandard, or more than one. */
export class FrameError extends Error {}

/** Node's own, where it has one; its types only know versions that do. */
const own: Partial<typeof zlib> = zlib;

/** Large chunks, since each takes a turn of the event loop. */
const CHUNKS = { chunkSize: 2 ** 18 };
/** So many bytes are compressed at once: of more Node would hold them twice, and it takes 4 GiB at most. */
const AT_ONCE = 2 ** 30;
/** Of more so many at a time. */
const PIECE = 2 ** 24;

const level = () => ({ [zlib.constants.ZSTD_c_compressionLevel]: 3, [zlib.constants.ZSTD_c_checksumFlag]: 1 });

/** The bytes in a frame. */
export function toFrame(bytes: Uint8Array): Uint8Array {
  return own.zstdCompressSync ? own.zstdCompressSync(bytes, { params: level() }) : rawFrame(bytes);
}

/**
 * Writes pieces of bytes into a file, as one frame.
 *
 * @param atOnce so many bytes at most are held twice
 */
export async function writeFrame(path: string, pieces: readonly Uint8Array[], atOnce = AT_ONCE): Promise<void> {
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
  if (bytes <= atOnce || !own.createZstdCompress) return writeFile(path, toFrame(Buffer.concat(pieces)));
  const compress = own.createZstdCompress({ ...CHUNKS, params: level(), pledgedSrcSize: bytes });
  await Promise.all([feed(compress, pieces), pipeline(compress, createWriteStream(path))]);
}

/** Each piece is taken before the next one: one that waits as the stream ends would end the frame, and an empty one would follow. */
async function feed(stream: Writable, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE) {
      await new Promise<void>((resolve, reject) => {
        stream.write(piece.slice(at, at + PIECE), (error) => (error ? reject(error) : resolve()));
      });
    }
  }
  stream.end();
}

const MAGIC = 0xfd2fb528;
/** A frame header that says how many bytes there are, in eight bytes, and that they are one segment. */
const SIZE_IN_EIGHT_BYTES = 0b1110_0000;
const HEADER_BYTES = 13;
const BLOCK_BYTES = 128 * 1024;

/** The bytes in a frame of raw blocks: RFC 8878, 3.1.1. */
export function rawFrame(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK_BYTES));
  const frame = new Uint8Array(HEADER_BYTES + 3 * blocks + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, SIZE_IN_EIGHT_BYTES);
  view.setBigUint64(5, BigInt(bytes.length), true);
  let at = HEADER_BYTES;
  for (let block = 0; block < blocks; block++) {
    const content = bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
    const isLast = Number(block === blocks - 1);
    const header = isLast | (content.length << 3);
    frame.set([header & 0xff, (header >> 8) & 0xff, header >> 16], at);
    frame.set(content, at + 3);
    at += 3 + content.length;
  }
  return frame;
}

/**
 * Reads a file that is one frame, in pieces.
 *
 * @throws FrameError where it is anything else. @throws what `take` throws
 */
export async function readFrame(path: string, take: (piece: Uint8Array) => void): Promise<void> {
  if (own.createZstdDecompress) await readByNode(path, own.createZstdDecompress, take);
  else await readByPackage(path, take);
}

async function readByNode(
  path: string,
  createDecompress: typeof zlib.createZstdDecompress,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const file = createReadStream(path);
  const decompress = createDecompress(CHUNKS);
  try {
    await pipeline(file, decompress, async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) take(chunk);
    });
  } catch (cause) {
    if (!isDecompressionError(cause)) throw cause;
    throw new FrameError('it is no whole Zstandard frame', { cause });
  }
  // What follows the frame is skipped in silence.
  if (decompress.bytesWritten < file.bytesRead) throw new FrameError('something follows the Zstandard frame');
}

function isDecompressionError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z|ZSTD)_/i.test(String(error.code));
}

/** In one piece. Loaded where it is needed only. */
export async function readByPackage(path: string, take: (piece: Uint8Array) => void): Promise<void> {
  const [{ decompress }, frame] = await Promise.all([import('fzstd'), readFile(path)]);
  let bytes: Uint8Array;
  try {
    bytes = decompress(frame);
  } catch (cause) {
    throw new FrameError('it is no whole Zstandard frame', { cause });
  }
  take(bytes);
}
