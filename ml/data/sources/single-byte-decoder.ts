import type { Decoded, Decoder } from './decoder.ts';
import { NUL } from './other-format.ts';
import { windows1252Text } from './windows-1252.ts';

/** Decodes Windows-1252 or Latin-1, in which each byte but NUL is a character. */
export class SingleByteDecoder implements Decoder {
  readonly #textOf: (bytes: Buffer) => string;

  constructor(encoding: 'windows-1252' | 'latin1') {
    this.#textOf = encoding === 'latin1' ? (bytes) => bytes.toString('latin1') : windows1252Text;
  }

  next(chunk: Buffer): Decoded {
    const nul = chunk.indexOf(0);
    return nul < 0 ? { text: this.#textOf(chunk) } : { text: this.#textOf(chunk.subarray(0, nul)), problem: NUL };
  }

  end(): undefined {
    return undefined;
  }
}
