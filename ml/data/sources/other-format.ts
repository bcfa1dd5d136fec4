import { shellWord } from '../../core/shell-word.ts';
import type { Encoding } from './reading.ts';
import { windows1252Text } from './windows-1252.ts';

/** What is wrong with a byte that is not UTF-8 text, and how to mend the file. */
export function badByte(byte: number, file: string): string {
  if (byte === 0) return NUL;
  const meant = windows1252Text(Buffer.of(byte));
  const hex = byte.toString(16).toUpperCase();
  return `byte 0x${hex} is not UTF-8 (in Windows-1252 it is "${meant}"); ${remedy('windows-1252', 'WINDOWS-1252', file)}`;
}

export const NUL = 'a NUL byte, which no text has; export the file again, as UTF-8';

/** What a file that is not UTF-8 is, as its first bytes tell, and the remedy; undefined where they tell nothing. */
export function otherFormat(start: Uint8Array, file: string): string | undefined {
  const encoding = utf16Of(start);
  if (encoding === undefined) return binaryFormat(start, file);
  // A byte-order mark would stay where iconv is told the order.
  const known = start[0] === 0 || start[1] === 0 ? encoding.toUpperCase() : 'UTF-16';
  return binaryFormat(start, file) ?? `UTF-16 text; ${remedy(encoding, known, file)}`;
}

/** What a file that is no text is, or one in an encoding that is not read, and the remedy. */
export function binaryFormat(start: Uint8Array, file: string): string | undefined {
  const known = signatures.find(([signature]) =>
    Buffer.from(signature, 'latin1').equals(start.subarray(0, signature.length)),
  );
  return known?.[1](file, start);
}

/** Which UTF-16 a file is in, as its byte-order mark tells, or its delimiters and line ends do, which have a NUL beside them. */
export function utf16Of(start: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = start.subarray(0, 512);
  let [little, big] = [0, 0];
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const [a, b] = [sample[i] as number, sample[i + 1] as number];
    if (b === 0 && a > 0 && a < 0x80) little += 1;
    if (a === 0 && b > 0 && b < 0x80) big += 1;
  }
  const most = Math.max(little, big);
  if (most < 2 || most < sample.length / 16 || most <= 4 * Math.min(little, big)) return undefined;
  return little > big ? 'utf-16le' : 'utf-16be';
}

const packed = (name: string, unpack: string) => (file: string) =>
  `packed by ${name}; unpack it: ${unpack} ${shellWord(file)}`;
const foreign = (name: string) => () => `${name}; export it as text in UTF-8`;

/** How files of other formats begin. */
const signatures: readonly (readonly [signature: string, advice: (file: string, start: Uint8Array) => string])[] = [
  ['\xff\xfe\x00\x00', (file) => `UTF-32 text; ${asUtf8('UTF-32', file)}`],
  ['\x00\x00\xfe\xff', (file) => `UTF-32 text; ${asUtf8('UTF-32', file)}`],
  ['PK\x03\x04', zip],
  ['\xd0\xcf\x11\xe0', foreign('an old workbook of Excel (.xls)')],
  ['PAR1', () => 'a Parquet file; declare "format": "parquet" in dataset.json, as npm run init does'],
  ['ARROW1', foreign('an Arrow file')],
  ['FEA1', foreign('a Feather file')],
  ['SQLite format 3', foreign('an SQLite database')],
  ['%PDF', foreign('a PDF')],
  ['\x89HDF', foreign('an HDF5 file')],
  ['\x93NUMPY', foreign('an array of NumPy')],
  ['\x80\x04\x95', foreign('a pickle of Python')],
  ['$FL2', foreign('a data file of SPSS')],
  ['<stata_dta>', foreign('a data file of Stata')],
  ['RDX', foreign('a data file of R')],
  ['\x1f\x8b', packed('gzip', 'gunzip -k')],
  ['BZh', packed('bzip2', 'bunzip2 -k')],
  ['\xfd7zXZ', packed('xz', 'unxz -k')],
  ['\x28\xb5\x2f\xfd', packed('zstd', 'unzstd')],
];

/** A zip file's first entry tells whether it is a workbook. */
function zip(file: string, start: Uint8Array): string {
  const length = (start[26] ?? 0) | ((start[27] ?? 0) << 8);
  const entry = Buffer.from(start.subarray(30, 30 + length)).toString('latin1');
  if (/\.(csv|tsv|txt|json|ndjson|jsonl|parquet)$/i.test(entry))
    return `a zip file; unpack it: unzip ${shellWord(file)}`;
  return 'a zip file, as workbooks of Excel (.xlsx) and LibreOffice (.ods) are; export it as text in UTF-8';
}

/** A declaration has no encoding of its own. */
function remedy(encoding: Encoding, iconv: string, file: string): string {
  const declare = `declare "encoding": "${encoding}" in dataset.json, as npm run init does, or `;
  return `${file === 'dataset.json' ? '' : declare}${asUtf8(iconv, file)}`;
}

function asUtf8(encoding: string, file: string): string {
  const word = shellWord(file);
  const how = /json$/.test(file) ? '' : ' (in a spreadsheet: "CSV UTF-8")';
  return `save it as UTF-8${how}, or convert it: iconv -f ${encoding} -t UTF-8 ${word} > utf8-${word}`;
}
