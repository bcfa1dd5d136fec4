import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DataError, START_BYTES, type TableFormat, tableFormat } from '../../ml/serving.ts';
import { HttpError, tooLarge } from '../http-errors.ts';

const NEWLINE = 10;

/** A file that was written to the disk as it came. */
export interface SavedUpload {
  readonly format: TableFormat;
  readonly bytes: number;
  /** How many lines it has, as far as its bytes say; packed files and Parquet say nothing of it. */
  readonly lines: number;
}

export interface SaveOptions {
  /** Where it goes: nothing is there yet. */
  readonly path: string;
  /** What its owner calls it, for messages. */
  readonly name: string;
  /** How long it may be, in bytes. */
  readonly limit: number;
  /**
   * Looks at what is on the disk, once that is enough for the header of any table: what it says is wrong is wrong whatever follows.
   *
   * @throws DataError where it is no table
   */
  readonly look: () => Promise<unknown>;
}

/** A header has 16 million characters at most. */
export const HEADER_BYTES = 32 * 1024 * 1024;

/**
 * Writes a file to the disk as it comes: no more of it is in memory than a few pieces.
 *
 * @throws HttpError where it is longer than the limit, or nothing that holds rows, as soon as that is known
 * @throws DataError as `look` does
 */
export async function saveUpload(
  chunks: AsyncIterable<Buffer>,
  { path, name, limit, look: lookEarly }: SaveOptions,
): Promise<SavedUpload> {
  let start: Buffer | undefined = Buffer.alloc(0);
  let format: TableFormat = 'csv';
  let bytes = 0;
  let lines = 0;
  const look = (chunk: Buffer, isEnd: boolean) => {
    if (start === undefined) return;
    start = Buffer.concat([start, chunk.subarray(0, START_BYTES)]);
    if (start.length < START_BYTES && !isEnd) return;
    format = formatOf(start, name);
    start = undefined;
  };
  let isEarly = true;
  async function* watched() {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limit) throw new HttpError(tooLarge(limit), { problem: 'body-too-large' });
      look(chunk, false);
      // The metadata of Parquet come last.
      if (isEarly && format === 'csv' && bytes > HEADER_BYTES) {
        isEarly = false;
        await lookEarly().catch((error) => {
          // What else may be the matter is found out once all of it has come.
          if (error instanceof DataError) throw error;
        });
      }
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
      yield chunk;
    }
    look(Buffer.alloc(0), true);
  }
  await pipeline(watched, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (bytes === 0) throw new HttpError('The file is empty.', { problem: 'invalid-record' });
  return { format, bytes, lines };
}

function formatOf(start: Buffer, name: string): TableFormat {
  try {
    return tableFormat(start, name);
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new HttpError(`${cause.message}.`, { problem: 'unsupported-media-type', cause });
  }
}
