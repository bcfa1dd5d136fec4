import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** Files, and forms with a file, of which anything may be wrong. @param columns what a file has that is right. @param anyName of columns and fields */
export function oddFiles(columns: readonly string[], anyName: fc.Arbitrary<string>) {
  const cell = fc.oneof(
    fc.constantFrom('1234,5', '"1.234,5"', 'ja', '11.01.2024', 'Rome', '', '"', '""', '\u0000', '-0', '=1+1'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  /** Rows below a header of which anything may be wrong, or that is right. */
  const csv = fc
    .tuple(
      fc.oneof(fc.constant([...columns]), fc.array(anyName, { maxLength: 6 })),
      fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 5 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
    )
    .map(([header, rows, delimiter, end]) => [header, ...rows].map((row) => row.join(delimiter)).join(end));
  const file = fc.oneof(
    csv.map((text) => Buffer.from(text)),
    csv.map((text) => gzipSync(text)),
    csv.map((text) => Buffer.from(text, 'utf16le')),
    fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.concat([Buffer.from('PAR1'), each, Buffer.from('PAR1')])),
    fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each)),
  );
  /** A form, whole or with a piece cut out. */
  const form = fc
    .tuple(file, fc.array(fc.tuple(anyName, fc.string({ maxLength: 200 })), { maxLength: 12 }), fc.nat(200), fc.nat(30))
    .map(([bytes, fields, at, length]) => {
      const parts = fields.map(
        ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
      const whole = Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from('\r\n--x--\r\n')]);
      return length > 20 ? whole : Buffer.concat([whole.subarray(0, at), whole.subarray(at + length)]);
    });
  return { file, form };
}
