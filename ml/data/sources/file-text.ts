import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { Decoder } from './decoder.ts';
import { fileBytes } from './file-bytes.ts';
import { otherFormat, utf16Of } from './other-format.ts';
import type { Encoding } from './reading.ts';
import { SingleByteDecoder } from './single-byte-decoder.ts';
import { Utf8Decoder } from './utf8-decoder.ts';
import { Utf16Decoder } from './utf16-decoder.ts';

/** Thrown where a file stops being text. */
export class NotText extends Error {
  override readonly name = 'NotText';
  /** Whether the file as a whole is of another format or encoding, which the message then names. */
  readonly isOtherFormat: boolean;

  constructor(message: string, isOtherFormat: boolean) {
    super(message);
    this.isOtherFormat = isOtherFormat;
  }
}

/**
 * The text of a file, in pieces that may end anywhere but within a character; a byte-order mark is no part of it.
 *
 * @throws NotText after all that stands before the first byte that is none; its message says what is wrong and the remedy
 * @throws DataError as `fileBytes` does
 */
export async function* fileText(path: string, encoding: Encoding = 'utf-8'): AsyncGenerator<string, undefined> {
  const file = basename(path);
  const decoder = decoderOf(encoding, file);
  let isFirst = true;
  for await (const chunk of fileBytes(path)) {
    const other = isFirst ? otherEncoding(chunk, encoding) : undefined;
    if (other !== undefined) throw new NotText(other, true);
    const { text, problem } = decoder.next(chunk);
    const format = isFirst && problem !== undefined ? otherFormat(chunk, file) : undefined;
    if (format !== undefined) throw new NotText(format, true);
    yield isFirst ? text.replace(/^\ufeff/, '') : text;
    if (problem !== undefined) throw new NotText(problem, false);
    isFirst = false;
  }
  const problem = decoder.end();
  if (problem !== undefined) throw new NotText(problem, false);
}

function decoderOf(encoding: Encoding, file: string): Decoder {
  switch (encoding) {
    case 'utf-8':
      return new Utf8Decoder(file);
    case 'utf-16le':
    case 'utf-16be':
      return new Utf16Decoder(encoding);
    case 'windows-1252':
    case 'latin1':
      return new SingleByteDecoder(encoding);
  }
}

/** What a file is that would be read as nonsense in its declared encoding, and the remedy. */
function otherEncoding(start: Buffer, encoding: Encoding): string | undefined {
  if (encoding === 'utf-8') return undefined;
  const hasMark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  // Commas and line ends in UTF-16 have a NUL beside them.
  if (hasMark || (isWide && !start.includes(0) && isUtf8(start)))
    return `UTF-8 text; take "encoding": "${encoding}" out of dataset.json`;
  const order = isWide ? utf16Of(start) : undefined;
  if (order === undefined || order === encoding) return undefined;
  return `UTF-16 text of the other byte order; declare "encoding": "${order}" in dataset.json`;
}
