import { CUT_SHORT, type Decoded, type Decoder } from './decoder.ts';
import { NUL } from './other-format.ts';

/** Decodes UTF-16, strictly; a NUL counts as no text. */
export class Utf16Decoder implements Decoder {
  readonly #isBigEndian: boolean;
  /** The start of a character that the last chunk broke off in: at most three bytes. */
  #broken: Buffer = Buffer.alloc(0);

  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.#isBigEndian = encoding === 'utf-16be';
  }

  next(chunk: Buffer): Decoded {
    const bytes = this.#broken.length > 0 ? Buffer.concat([this.#broken, chunk]) : chunk;
    const whole = bytes.subarray(0, bytes.length - this.#brokenLength(bytes));
    this.#broken = Buffer.from(bytes.subarray(whole.length));
    const text = (this.#isBigEndian ? Buffer.from(whole).swap16() : whole).toString('utf16le');
    const lone = text.search(/\p{Surrogate}/u);
    const nul = text.indexOf('\0');
    if (lone < 0 && nul < 0) return { text };
    if (nul >= 0 && (lone < 0 || nul < lone)) return { text: text.slice(0, nul), problem: NUL };
    return { text: text.slice(0, lone), problem: 'half a character of UTF-16; export the file again, as UTF-8' };
  }

  end(): string | undefined {
    return this.#broken.length > 0 ? CUT_SHORT : undefined;
  }

  /** How many bytes at the end are half a unit, or the first of two units that make a character. */
  #brokenLength(bytes: Buffer): number {
    const odd = bytes.length % 2;
    const at = bytes.length - odd - 2;
    if (at < 0) return odd;
    const unit = this.#isBigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
    return unit >= 0xd800 && unit < 0xdc00 ? odd + 2 : odd;
  }
}
