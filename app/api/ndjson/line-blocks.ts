/** Some lines of a stream. */
export type LineBlock =
  | {
      /** Whole lines, the last perhaps without its end. */
      readonly bytes: Buffer;
      /** The number of the first one, from 1. */
      readonly line: number;
    }
  /** A line that was too long to be held, and was passed over. */
  | { readonly tooLong: true; readonly line: number };

const NEWLINE = 10;

/**
 * Cuts a stream at the ends of its lines, as soon as they are there: a block is what has come and is whole. No more is held than one
 * chunk and one line.
 *
 * @param longest how long a line may be, in bytes
 */
export async function* lineBlocks(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<LineBlock> {
  let line = 1;
  let begun: Buffer[] = [];
  let length = 0;
  let isSkipping = false;
  for await (const chunk of stream) {
    let rest = chunk;
    if (isSkipping) {
      const end = rest.indexOf(NEWLINE);
      if (end < 0) continue;
      rest = rest.subarray(end + 1);
      isSkipping = false;
      line += 1;
    }
    const end = rest.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const bytes = Buffer.concat([...begun, rest.subarray(0, end)]);
      // Whoever takes them may hand them on, and then nothing is left to count.
      const next = line + countLines(bytes);
      yield { bytes, line };
      line = next;
      begun = [];
      length = 0;
      rest = rest.subarray(end);
    }
    length += rest.length;
    if (length <= longest) {
      if (rest.length > 0) begun.push(rest);
      continue;
    }
    yield { tooLong: true, line };
    begun = [];
    length = 0;
    isSkipping = true;
  }
  if (length > 0) yield { bytes: Buffer.concat(begun), line };
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
