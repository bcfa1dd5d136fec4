// JSON of records of which anything may be wrong, from what is nearly right to what is no JSON at all.

import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';

/** Texts that look like others, or are none. */
export const oddTexts = [
  ...['', ' ', '\u0000', '\ufeff', '\u202e', 'Ro\u0301me', 'Rome ', 'ROME', '\ud800', '\udfff\ud800', '😀'.repeat(300)],
  ...[
    'NaN',
    'Infinity',
    '1e400',
    '-0',
    '1,5',
    '1.234,5',
    '0x10',
    '١٢٣',
    '9007199254740993',
    '31.02.2024',
    '2024-01-11',
  ],
  ...[
    'true',
    'null',
    '[object Object]',
    '=1+1',
    '<script>',
    "'; --",
    '{{7*7}}',
    '../../etc/passwd',
    '%00',
    'a'.repeat(5000),
  ],
] as const;

/** What JSON may have in a value's place, as it stands there; not all of it is JSON. */
const oddTokens = [
  ...['1e400', '-1e400', '-0', '0.1e-400', '1E+2', '00', '01', '+1', '.5', '1.', '1e', 'NaN', 'Infinity', 'undefined'],
  ...['9007199254740993', '0.1234567890123456789', '9'.repeat(400), `0.${'0'.repeat(330)}1`, `1e-${'9'.repeat(20)}`],
  ...[
    'true',
    'false',
    'null',
    '{}',
    '[]',
    '""',
    "'a'",
    '"\\ud800"',
    '"\\u0000"',
    '"\\x"',
    '"',
    '{"__proto__": {"km": 1}}',
  ],
  ...['{"toString": 1}', '{"valueOf": 1, "toString": null}', '[[1]]', '{"length": 1e9}', '"\n"', '// 1', '1 /* */'],
];

/** Something in something, many times. */
const nested = fc
  .tuple(fc.constantFrom('[', '{"km":', '{"__proto__":'), fc.constantFrom(3, 100, 3000), fc.boolean())
  .map(
    ([open, depth, isWhole]) => open.repeat(depth) + (isWhole ? `1${(open === '[' ? ']' : '}').repeat(depth)}` : ''),
  );

const anyToken = fc.oneof(
  fc.constantFrom(...oddTokens),
  fc.constantFrom(...oddTexts).map((text) => JSON.stringify(text)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.double({ noNaN: true }).map(String),
  fc.bigInt().map(String),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  nested,
);

/** A name as JSON may write it: each character as it is, or escaped. */
const written = (name: string) =>
  fc.constantFrom(
    JSON.stringify(name),
    `"${[...name].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`,
  );

/** @param good a record that is right. @param anyName names of fields, and others */
export function oddJson(good: Readonly<Record<string, unknown>>, anyName: fc.Arbitrary<string>) {
  const right = Object.entries(good).map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)] as const);
  const entry = fc.tuple(anyName.chain(written), anyToken);
  /** What is right with a field that is changed, gone, or there twice. */
  const near = fc
    .tuple(
      fc.nat(right.length - 1),
      fc.constantFrom('change', 'leave out', 'repeat', 'add', 'keep', 'keep', 'keep'),
      entry,
    )
    .map(([at, how, other]) => {
      const own = right[at] as readonly [string, string];
      if (how === 'change') return right.map((each) => (each === own ? ([each[0], other[1]] as const) : each));
      if (how === 'leave out') return right.filter((each) => each !== own);
      if (how === 'repeat') return [...right, [own[0], other[1]] as const];
      return how === 'add' ? [...right.slice(0, at), other, ...right.slice(at)] : right;
    });
  const record = fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: near }, fc.array(entry, { maxLength: 6 })),
      fc.constantFrom('', '', '', ' ', '\r\n\t', '\u00a0'),
    )
    .map(([entries, space]) => `{${entries.map((each) => each.join(`${space}:`)).join(`,${space}`)}}`);
  const text = fc.oneof(
    { weight: 8, arbitrary: record },
    fc.array(record, { maxLength: 4 }).map((each) => `[${each.join()}]`),
    fc.nat(2000).map((count) => `[${Array(count).fill('{}').join()}]`),
    fc.tuple(fc.nat(300), fc.nat(1000)).map(([count, at]) => {
      const all = Array(count).fill(JSON.stringify(good));
      return `[${[...all.slice(0, at), '{"km":1}', ...all.slice(at)].join()}]`;
    }),
    anyToken,
    fc.string({ unit: 'binary' }),
    // A piece cut out, and something in its place.
    fc
      .tuple(record, fc.nat(80), fc.nat(10), fc.string({ maxLength: 4 }))
      .map(([whole, at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length)),
  );
  const bytes = fc.oneof(
    { weight: 8, arbitrary: text.map((each) => Buffer.from(each)) },
    text.map((each) => Buffer.from(`\ufeff${each}`)),
    text.map((each) => Buffer.from(each, 'utf16le')),
    text.map((each) => Buffer.from(each, 'latin1')),
    fc.tuple(text, fc.nat(60), fc.uint8Array({ minLength: 1, maxLength: 3 })).map(([each, at, put]) => {
      const all = Buffer.from(each);
      return Buffer.concat([all.subarray(0, at), put, all.subarray(at)]);
    }),
    fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
  );
  return { record, text, bytes };
}

const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };

/** A body and what it says of how it is packed, which may be a lie, or half of the truth. */
export function packed(bytes: fc.Arbitrary<Buffer>) {
  const name = fc.constantFrom(...(Object.keys(packers) as (keyof typeof packers)[]));
  const mended = { whole: (all: Buffer) => all, cut: (all: Buffer) => all.subarray(0, all.length >> 1) };
  const change = fc.constantFrom<(all: Buffer) => Buffer>(
    ...Array(4).fill(mended.whole),
    mended.cut,
    (all) => Buffer.concat([all, all]),
    (all) => Buffer.concat([all, Buffer.from('behind')]),
    (all) => Buffer.from(all.map((byte, i) => (i === all.length - 6 ? byte ^ 0xff : byte))),
    (all) => Buffer.from(all.map((byte, i) => (i === 3 ? byte ^ 0xff : byte))),
  );
  return fc.oneof(
    fc.tuple(bytes, name, change).map(([body, encoding, changed]) => ({
      body: changed(packers[encoding](body)),
      encoding: encoding as string,
    })),
    fc.record({
      body: bytes,
      encoding: fc.constantFrom('gzip', 'br', 'zstd', 'GZIP', 'x-gzip', 'gzip, gzip', 'identity', '', 'x'),
    }),
  );
}
