import { isUtf8 } from 'node:buffer';
import { CUT_SHORT, type Decoded, type Decoder } from './decoder.ts';
import { badByte } from './other-format.ts';

/** Decodes UTF-8, strictly; a NUL counts as no text. */
export class Utf8Decoder implements Decoder {
  readonly #file: string;
  /** The start of a character that the last chunk broke off in: at most three bytes. */
  #broken: Uint8Array = new Uint8Array(0);

  /** @param file what messages call it */
  constructor(file: string) {
    this.#file = file;
  }

  next(chunk: Buffer): Decoded {
    const bytes = this.#broken.length > 0 ? Buffer.concat([this.#broken, chunk]) : chunk;
    const whole = bytes.subarray(0, bytes.length - brokenLength(bytes));
    if (!isUtf8(whole) || whole.includes(0)) {
      const at = firstBad(whole);
      return { text: whole.toString('utf8', 0, at), problem: badByte(whole[at] as number, this.#file) };
    }
    this.#broken = Uint8Array.from(bytes.subarray(whole.length));
    return { text: whole.toString('utf8') };
  }

  end(): string | undefined {
    return this.#broken.length > 0 ? CUT_SHORT : undefined;
  }
}

/** How many bytes at the end are the start of a longer character: three at most. */
export function brokenLength(bytes: Uint8Array): number {
  for (let n = 1; n <= Math.min(3, bytes.length); n++) {
    const byte = bytes[bytes.length - n] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterLength(byte) > n ? n : 0;
  }
  return 0;
}

/** How many bytes a character has that starts with this one; 0 where none does. */
export function characterLength(byte: number): number {
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
