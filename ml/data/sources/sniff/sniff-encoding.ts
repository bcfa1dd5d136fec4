import { isAscii } from 'node:buffer';
import { basename } from 'node:path';
import { DataError } from '../../../core/errors.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { CUT_SHORT } from '../decoder.ts';
import { fileBytes } from '../file-bytes.ts';
import { binaryFormat, NUL, utf16Of } from '../other-format.ts';
import type { Encoding } from '../reading.ts';
import { windows1252Text } from '../windows-1252.ts';
import { Utf8Scan } from './utf8-scan.ts';

/** The encoding of a text, and what tells it. */
export interface SniffedEncoding {
  readonly encoding: Encoding;
  readonly evidence: string;
}

/**
 * Finds the encoding of a file of text, which is read to its end, since the one letter that is not UTF-8 may be anywhere.
 *
 * @throws DataError where it is no text, or UTF-8 in parts alone
 */
export async function sniffEncoding(path: string): Promise<SniffedEncoding> {
  const file = basename(path);
  const scan = new Utf8Scan();
  let isFirst = true;
  for await (const chunk of fileBytes(path)) {
    // What text may begin with is taken for a format only where it is no text.
    const format = isFirst && (chunk.includes(0) || !isAscii(chunk)) ? binaryFormat(chunk, file) : undefined;
    if (format !== undefined) throw new DataError(`${path} is ${format}`);
    const order = isFirst ? utf16Of(chunk) : undefined;
    if (order) return { encoding: order, evidence: `${order.toUpperCase()}, as its first bytes tell` };
    isFirst = false;
    scan.next(chunk);
    if (scan.first === 0) throw new DataError(`${path}: line ${scan.line}: ${NUL}`);
  }
  return verdictOf(scan, path, file);
}

function verdictOf(scan: Utf8Scan, path: string, file: string): SniffedEncoding {
  const { odd, characters, first, line, isCut } = scan;
  if (first === undefined && !isCut)
    return { encoding: 'utf-8', evidence: characters === 0 ? 'ASCII, and so UTF-8, to its end' : 'UTF-8 to its end' };
  if (characters > odd) {
    if (first === undefined) throw new DataError(`${path}: line ${line}: ${CUT_SHORT}`);
    const word = shellWord(file);
    const drop = `or drop what is not: iconv -c -f UTF-8 -t UTF-8 ${word} > utf8-${word}`;
    const bytes = odd === 1 ? 'one byte' : `${odd} bytes, the first`;
    throw new DataError(
      `${path} is UTF-8 but for ${bytes} on line ${line}, 0x${first.toString(16).toUpperCase()}; write it anew in one encoding, ${drop}`,
    );
  }
  const what =
    first === undefined
      ? 'its last byte is'
      : `byte 0x${first.toString(16).toUpperCase()} on line ${line} ("${windows1252Text(Buffer.of(first))}" there) is`;
  return {
    encoding: 'windows-1252',
    evidence: `Windows-1252, since ${what} not UTF-8; if letters look wrong it is another one, and iconv makes UTF-8 of it`,
  };
}
