import { shellWord } from '../../core/shell-word.ts';

/** What is wrong with a byte that is not UTF-8 text, and how to mend the file. */
export function badByte(byte: number, file: string): string {
  if (byte === 0) return 'a NUL byte, which no text has; export the file again, as UTF-8';
  const meant = new TextDecoder('windows-1252').decode(Uint8Array.of(byte));
  const hex = byte.toString(16).toUpperCase();
  return `byte 0x${hex} is not UTF-8 (in Windows-1252 it is "${meant}"); ${asUtf8('WINDOWS-1252', file)}`;
}

/** What a file that is not UTF-8 is, as its first bytes tell, and the remedy; undefined where they tell nothing. */
export function otherFormat(start: Uint8Array, file: string): string | undefined {
  const known = signatures.find(([signature]) =>
    Buffer.from(signature, 'latin1').equals(start.subarray(0, signature.length)),
  );
  if (known) return known[1](file);
  // Latin text in UTF-16 has a NUL in every second byte.
  const sample = start.subarray(0, 512);
  const manyNulls = (offset: number) =>
    sample.filter((byte, i) => byte === 0 && i % 2 === offset).length > sample.length / 4;
  if (manyNulls(1)) return text('UTF-16LE')(file);
  return manyNulls(0) ? text('UTF-16BE')(file) : undefined;
}

const text = (encoding: string) => (file: string) => `${encoding.slice(0, 6)} text; ${asUtf8(encoding, file)}`;
const packed = (name: string, unpack: string) => (file: string) =>
  `packed by ${name}; unpack it: ${unpack} ${shellWord(file)}`;
const foreign = (name: string) => () => `${name}; export it as text in UTF-8`;

/** How files of other formats begin. */
const signatures: readonly (readonly [signature: string, advice: (file: string) => string])[] = [
  ['\xff\xfe\x00\x00', text('UTF-32')],
  ['\x00\x00\xfe\xff', text('UTF-32')],
  ['\xff\xfe', text('UTF-16')],
  ['\xfe\xff', text('UTF-16')],
  ['PK\x03\x04', foreign('a zip file, as workbooks of Excel (.xlsx) and LibreOffice (.ods) are')],
  ['\xd0\xcf\x11\xe0', foreign('an old workbook of Excel (.xls)')],
  ['PAR1', foreign('a Parquet file')],
  ['ARROW1', foreign('an Arrow file')],
  ['SQLite format 3', foreign('an SQLite database')],
  ['%PDF', foreign('a PDF')],
  ['\x1f\x8b', packed('gzip', 'gunzip -k')],
  ['BZh', packed('bzip2', 'bunzip2 -k')],
  ['\xfd7zXZ', packed('xz', 'unxz -k')],
  ['\x28\xb5\x2f\xfd', packed('zstd', 'unzstd')],
];

function asUtf8(encoding: string, file: string): string {
  const word = shellWord(file);
  const how = file.endsWith('.json') ? '' : ' (in a spreadsheet: "CSV UTF-8")';
  return `save it as UTF-8${how}, or convert it: iconv -f ${encoding} -t UTF-8 ${word} > utf8-${word}`;
}
