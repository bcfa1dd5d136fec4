// What forms and addresses of cases may hold, of which anything may be wrong.

import fc from 'fast-check';

/** @param anyName names of fields, and others */
export function oddForms(anyName: fc.Arbitrary<string>) {
  const entries = fc.array(
    fc.tuple(
      fc.oneof(anyName, fc.constantFrom('at-threshold', 'along-input')),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('1234.5', 'ja', '2024-01-11', 'Rome', ' not known', 'km', 'day'),
      ),
    ),
    { maxLength: 8 },
  );
  const encoded = entries.map((each) => new URLSearchParams(each).toString());
  return {
    body: fc.oneof(
      encoded.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
    ),
    address: fc
      .oneof(
        encoded,
        fc.webQueryParameters(),
        fc.string({ unit: fc.constantFrom(...'km=1&%2+;[]#?'), maxLength: 40 }),
        // Longer than a header may be.
        fc.nat(20_000).map((length) => `km=${'1'.repeat(length)}`),
      )
      .map((query) => `/?${query.replace('#', '')}`),
  };
}
