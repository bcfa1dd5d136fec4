import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { badByte, otherFormat } from './encoding-advice.ts';

/** Thrown where a file stops being UTF-8 text; a NUL counts as none. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
  /** How many bytes of the file are text before the first that is not. */
  readonly at: number;
  /** Whether the file as a whole is of another format, which the message then names. */
  readonly isOtherFormat: boolean;

  constructor(message: string, at: number, isOtherFormat: boolean) {
    super(message);
    this.at = at;
    this.isOtherFormat = isOtherFormat;
  }
}

/**
 * The bytes of a file, in chunks that may end within a character.
 *
 * @throws NotUtf8 after all that stands before the first byte that is not UTF-8; its message says what is wrong and the remedy.
 */
export async function* utf8Chunks(path: string): AsyncGenerator<Buffer, undefined> {
  const file = basename(path);
  const check = new Utf8Check();
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    const start = check.length;
    const at = check.next(chunk);
    if (at === undefined) {
      yield chunk;
      continue;
    }
    const format = start === 0 ? otherFormat(chunk, file) : undefined;
    if (format !== undefined) throw new NotUtf8(format, at, true);
    yield chunk.subarray(0, Math.max(0, at - start));
    // Of a character that an earlier chunk began, the byte that shows it is broken.
    throw new NotUtf8(badByte(chunk[Math.max(0, at - start)] as number, file), at, false);
  }
  const at = check.end();
  if (at !== undefined) {
    const message = 'the file ends in the middle of a character: it was probably cut short; copy or export it again';
    throw new NotUtf8(message, at, false);
  }
}

/** Finds the first byte of a stream that is not UTF-8 text; characters may be split over chunks. */
class Utf8Check {
  /** Bytes seen so far. */
  length = 0;
  /** The start of a character that the last chunk broke off in: at most three bytes. */
  #broken: Uint8Array = new Uint8Array(0);

  /** How many bytes of the stream stand before the first that is bad; undefined where none in `chunk` is. */
  next(chunk: Uint8Array): number | undefined {
    const start = this.length - this.#broken.length;
    const bytes = this.#broken.length > 0 ? Buffer.concat([this.#broken, chunk]) : chunk;
    const text = bytes.subarray(0, bytes.length - brokenLength(bytes));
    if (!isUtf8(text) || text.includes(0)) return start + firstBad(text);
    this.#broken = bytes.slice(text.length);
    this.length += chunk.length;
    return undefined;
  }

  /** The same, once nothing follows. */
  end(): number | undefined {
    return this.#broken.length > 0 ? this.length - this.#broken.length : undefined;
  }
}

/** How many bytes at the end are the start of a longer character. */
function brokenLength(bytes: Uint8Array): number {
  for (let n = 1; n <= Math.min(3, bytes.length); n++) {
    const byte = bytes[bytes.length - n] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterLength(byte) > n ? n : 0;
  }
  return 0;
}

/** How many bytes a character has that starts with this one; 0 where none does. */
function characterLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

function firstBad(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const length = characterLength(bytes[i] as number);
    if (bytes[i] === 0 || length === 0 || !isUtf8(bytes.subarray(i, i + length))) break;
    i += length;
  }
  return i;
}
