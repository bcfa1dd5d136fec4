import { readFileSync, writeFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FrameError, rawFrame, readByPackage, readFrame, toFrame, writeFrame } from '../../../ml/release/zstandard.ts';
import { temporaryFile } from '../../temporary.ts';

/** Bytes that repeat, and some that do not. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i % 7 === 0 ? (i * i * 31) >> 5 : i >> 9));

/** None, less than a block, blocks without a rest, and with one; more than a window of the compressor's. */
const lengths = [0, 1, 1000, 131_072, 131_073, 3 * 131_072 + 5, 5_000_000];

async function allOf(read: typeof readFrame, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await read(path, (piece) => pieces.push(Uint8Array.from(piece)));
  return Buffer.concat(pieces);
}

describe.each(lengths)('%d bytes', (length) => {
  const bytes = bytesOf(length);

  it('in raw blocks are a frame to Node and to the package', async () => {
    const frame = rawFrame(bytes);
    expect(zstdDecompressSync(frame).equals(bytes)).toBe(true);
    const path = temporaryFile(frame, 'raw.zst');
    expect((await allOf(readFrame, path)).equals(bytes)).toBe(true);
    expect((await allOf(readByPackage, path)).equals(bytes)).toBe(true);
  });

  it('compressed are read by Node and by the package', async () => {
    const path = temporaryFile(toFrame(bytes), 'compressed.zst');
    expect((await allOf(readFrame, path)).equals(bytes)).toBe(true);
    expect((await allOf(readByPackage, path)).equals(bytes)).toBe(true);
  });

  it('compressed piece by piece are one frame too', async () => {
    const path = temporaryFile('', 'pieces.zst');
    const third = Math.floor(length / 3);
    await writeFrame(path, [bytes.subarray(0, third), new Uint8Array(0), bytes.subarray(third)], 0);
    expect(zstdDecompressSync(readFileSync(path)).equals(bytes)).toBe(true);
    expect((await allOf(readFrame, path)).equals(bytes)).toBe(true);
    expect((await allOf(readByPackage, path)).equals(bytes)).toBe(true);
  });
});

describe.each([
  ['Node', readFrame],
  ['the package', readByPackage],
])('%s', (_, read) => {
  it('refuses what is cut off, and what is no frame', async () => {
    const path = temporaryFile(toFrame(bytesOf(200_000)), 'whole.zst');
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 1000));
    await expect(allOf(read, path)).rejects.toThrow(FrameError);
    writeFileSync(path, 'no frame at all');
    await expect(allOf(read, path)).rejects.toThrow(FrameError);
  });
});
