// What forms and addresses of cases may hold, of which anything may be wrong.

import fc from 'fast-check';
import { oddTexts } from './odd-json.ts';

/** @param good what a form says that is right. @param anyName names of fields, and others */
export function oddForms(good: Readonly<Record<string, string>>, anyName: fc.Arbitrary<string>) {
  const right = Object.entries(good);
  const name = fc.oneof(anyName, fc.constantFrom('at-threshold', 'along-input', 'not-known'));
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...oddTexts, ...Object.values(good), ...Object.keys(good), ' not known', '0', '999'),
  );
  const entries = fc.oneof(
    // What is said beside the fields changes nothing of the prediction.
    fc
      .array(fc.tuple(fc.constantFrom('at-threshold', 'along-input'), text), { maxLength: 2 })
      .map((each) => [...right, ...each]),
    fc.subarray(right),
    fc.array(fc.tuple(name, text), { maxLength: 8 }),
    fc.array(fc.tuple(name, text), { maxLength: 2 }).map((each) => [...right, ...each]),
    fc
      .tuple(fc.nat(right.length - 1), text)
      .map(([at, value]) => right.map(([key, own], i): [string, string] => [key, i === at ? value : own])),
    // More fields than are read.
    fc.nat(300).map((count) => Array.from({ length: count }, (_, i): [string, string] => [`a${i % 7}`, ''])),
  );
  const encoded = entries.map((each) =>
    new URLSearchParams(
      each.map(([key, value]) => [key.toWellFormed(), value.toWellFormed()] as [string, string]),
    ).toString(),
  );
  const broken = fc.string({ unit: fc.constantFrom(...'km=1&%2+;[]#?'), maxLength: 40 });
  return {
    body: fc.oneof(
      { weight: 6, arbitrary: encoded.map((each) => Buffer.from(each)) },
      broken.map((each) => Buffer.from(each)),
      fc.nat(40_000).map((length) => Buffer.from(`km=${'1'.repeat(length)}`)),
      fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
    ),
    address: fc
      .oneof(
        encoded,
        fc.webQueryParameters(),
        broken,
        // Longer than a header may be.
        fc.nat(20_000).map((length) => `km=${'1'.repeat(length)}`),
      )
      .map((query) => `/?${query.replaceAll('#', '')}`),
  };
}
