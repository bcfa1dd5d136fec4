// Files of rows, and forms with one, of which anything may be wrong.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { oddTexts } from './odd-json.ts';

/** Encodings that a file may have without saying so. */
const encodings: readonly ((text: string) => Buffer)[] = [
  ...Array(5).fill((text: string) => Buffer.from(text)),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'latin1'),
];

const gzips: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => gzipSync(bytes),
  (bytes) => gzipSync(gzipSync(bytes)),
  (bytes) => Buffer.concat([gzipSync(bytes), gzipSync(bytes)]),
  (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('behind')]),
  (bytes) => gzipSync(bytes).subarray(0, -9),
  (bytes) => gzipSync(bytes).subarray(0, 12),
  // It lies about its length, or about what it holds.
  (bytes) => Buffer.from(gzipSync(bytes).map((byte, i, all) => (i === all.length - 2 ? byte ^ 0xff : byte))),
  (bytes) => Buffer.from(gzipSync(bytes).map((byte, i) => (i === 14 ? byte ^ 0xff : byte))),
];

/** A file with some of its bytes changed, cut out, or there twice. */
const changed = (whole: Buffer) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.constantFrom('keep', 'keep', 'keep', 'cut', 'end', 'repeat'),
      fc.nat(whole.length - 1),
      fc.nat(64),
    )
    .map(([changes, how, at, length]) => {
      const bytes = Buffer.from(whole);
      for (const [place, byte] of changes) bytes[place] = byte;
      if (how === 'end') return bytes.subarray(0, at);
      if (how === 'keep') return bytes;
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(how === 'cut' ? at + length : Math.max(0, at - length)),
      ]);
    });

/** Parquet that was right once. Most of what says how long something is stands in its last bytes. */
export function oddParquet(path: string): fc.Arbitrary<Buffer> {
  const whole = readFileSync(path);
  const metadata = whole.readUInt32LE(whole.length - 8) + 8;
  const [body, footer] = [whole.subarray(0, -metadata), whole.subarray(-metadata)];
  return fc.oneof(
    changed(whole),
    changed(footer).map((end) => Buffer.concat([body, end])),
    changed(body).map((start) => Buffer.concat([start, footer])),
    fc.tuple(fc.nat(), fc.constantFrom(0, 4, 0xffff, 0x7fffffff, 0xffffffff)).map(([, length]) => {
      const bytes = Buffer.from(whole);
      bytes.writeUInt32LE(length, bytes.length - 8);
      return bytes;
    }),
  );
}

/** @param columns what a file has that is right. @param rows that are right, a text for each column. @param anyName of columns and fields */
export function oddFiles(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  anyName: fc.Arbitrary<string>,
) {
  const cell = fc.oneof(
    fc.constantFrom('"', '""', '"a', 'a"b', '"a"b', '"a""b"', '"a\nb"', ' "a" ', ...oddTexts, ...rows.flat()),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const quoted = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  /** Rows that are right, among which some are not. */
  const near = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...rows.map((row) => row.map(quoted))) },
      fc.array(cell, { maxLength: 6 }),
    ),
    {
      maxLength: 6,
    },
  );
  const header = fc.oneof(
    { weight: 4, arbitrary: fc.shuffledSubarray([...columns], { minLength: columns.length }) },
    fc.array(anyName, { maxLength: 6 }),
    anyName.map((name) => [...columns, name]),
    fc.constant([...columns, ...columns]),
    fc.constant(columns.map((name) => ` ${name.toUpperCase()} `)),
    fc.nat(3000).map((count) => [...columns, ...Array.from({ length: count }, (_, i) => `c${i}`)]),
  );
  const csv = fc
    .tuple(
      fc.oneof(header, fc.constant([...columns])),
      near,
      fc.constantFrom(',', ',', ',', ',', ',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\r\n'),
    )
    .map(([names, below, delimiter, end]) => [names, ...below].map((row) => row.join(delimiter)).join(end));
  const file = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(csv, fc.constantFrom(...encodings)).map(([text, encode]) => encode(text)) },
    fc.tuple(csv, fc.constantFrom(...gzips)).map(([text, pack]) => pack(Buffer.from(text))),
    csv.chain((text) => changed(Buffer.from(`${text}\n`))),
    fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.concat([Buffer.from('PAR1'), each, Buffer.from('PAR1')])),
    fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each)),
  );
  const disposition = fc.constantFrom(
    'form-data; name="file"; filename="a.csv"',
    'form-data; name="file"; filename="../../a\\"b.csv"',
    'form-data; name="file"; filename*=UTF-8\'\'%ff%00.csv',
    'form-data; name="file"; filename=""',
    'form-data; name=file; filename=a.csv; filename=b.csv',
    'attachment; filename="a.csv"',
    'form-data; filename="a.csv',
    'form-data',
    '',
  );
  /** A form, whole or with a piece cut out. */
  const form = fc
    .tuple(
      file,
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.subarray<[string, string]>([
            ['interval', 'true'],
            ['contributions', 'true'],
            ['a', 'b'],
          ]),
        },
        fc.array(fc.tuple(fc.oneof(anyName, fc.constantFrom('interval')), fc.string({ maxLength: 200 })), {
          maxLength: 12,
        }),
      ),
      fc.oneof({ weight: 4, arbitrary: fc.constant('form-data; name="file"; filename="a.csv"') }, disposition),
      fc.constantFrom(
        ...['', '', '', ''],
        'Content-Type: text/csv\r\n',
        'Content-Transfer-Encoding: base64\r\n',
        'x\r\n',
        `X: ${'y'.repeat(20_000)}\r\n`,
      ),
      fc.tuple(fc.nat(400), fc.nat(30)),
    )
    .map(([bytes, fields, says, more, [at, length]]) => {
      const parts = fields.map(
        ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      const head = `--x\r\nContent-Disposition: ${says}\r\n${more}\r\n`;
      const whole = Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from('\r\n--x--\r\n')]);
      return length > 8 ? whole : Buffer.concat([whole.subarray(0, at), whole.subarray(at + length)]);
    });
  return { file, form };
}
