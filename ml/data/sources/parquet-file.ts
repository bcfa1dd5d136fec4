import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AsyncBuffer, asyncBufferFromFile } from 'hyparquet';

/** A file, part by part. */
export interface ParquetFile extends AsyncBuffer {
  /** Resolves once nothing is being read any more. */
  settled(): Promise<void>;
}

/**
 * Opens a file for the decoder. Where that fails at one column others may still be read, for which nobody waits: a file that is removed
 * meanwhile would have them fail in the middle of something else.
 */
export async function parquetFile(path: string): Promise<ParquetFile> {
  const { byteLength, slice } = await asyncBufferFromFile(path);
  const reads = new Set<Promise<ArrayBuffer>>();
  return {
    byteLength,
    slice(start, end) {
      const read = Promise.resolve(slice(start, end));
      reads.add(read);
      const leave = () => void reads.delete(read);
      read.then(leave, leave);
      return read;
    },
    async settled() {
      do {
        await Promise.allSettled(reads);
        // What was read may have somebody read on.
        await nextTurn();
      } while (reads.size > 0);
    },
  };
}
