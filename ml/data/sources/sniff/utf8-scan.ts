import { isAscii } from 'node:buffer';
import { brokenLength, characterLength } from '../utf8-decoder.ts';

const LF = 0x0a;

/** Counts what of a stream of bytes is UTF-8 beyond ASCII, and what is none. */
export class Utf8Scan {
  /** Characters of several bytes. */
  characters = 0;
  /** Bytes that are part of no character. */
  odd = 0;
  /** The first of these, or the first NUL. */
  first: number | undefined;
  /** The line that it is on, or the last so far. */
  line = 1;
  /** The start of a character that the last chunk broke off in. */
  #broken: Uint8Array = new Uint8Array(0);

  next(chunk: Buffer): void {
    const bytes = this.#broken.length > 0 ? Buffer.concat([this.#broken, chunk]) : chunk;
    const whole = bytes.subarray(0, bytes.length - brokenLength(bytes));
    this.#broken = Uint8Array.from(bytes.subarray(whole.length));
    if (isAscii(whole) && !whole.includes(0)) this.#countLines(whole);
    else this.#count(whole);
  }

  /** Whether what came last is the start of a character, which nothing follows. */
  get isCut(): boolean {
    return this.#broken.length > 0;
  }

  #countLines(bytes: Uint8Array): void {
    if (this.first !== undefined) return;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) this.line += 1;
  }

  #count(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (byte === LF && this.first === undefined) this.line += 1;
      if (byte < 0x80 && byte !== 0) continue;
      const length = characterLength(byte);
      let n = 1;
      while (n < length && ((bytes[i + n] ?? 0) & 0xc0) === 0x80) n += 1;
      if (length > 1 && n === length) {
        this.characters += 1;
        i += length - 1;
      } else {
        this.odd += 1;
        this.first ??= byte;
      }
    }
  }
}
