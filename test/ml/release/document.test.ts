import { statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toJson } from '../../../ml/core/plain-data.ts';
import { estimatorNamed } from '../../../ml/estimators/index.ts';
import { resolveParams } from '../../../ml/estimators/params.ts';
import { documentOf, documentText } from '../../../ml/release/document.ts';
import { ArrayPacker, PackingError, unpackArrays } from '../../../ml/release/packed-arrays.ts';
import { makeData } from '../../contract/data.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';
import { plain } from '../core/plain-arbitrary.ts';
import { sharedArrays } from './shared-arrays.ts';
import { writtenAndRead } from './written-and-read.ts';

test('what is written comes back, every bit of it', async () => {
  const documents = fc.array(plain(3), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(documents, async (data) => {
      expect(await writtenAndRead(data)).toEqual(data);
    }),
  );
});

test('arrays keep NaN, infinities and the sign of zero, be they small or large, and may be views', async () => {
  const large = Float64Array.from({ length: 100 }, (_, i) => i / 3);
  for (const values of [Float64Array.of(7, Number.NaN, -Infinity, -0, 0.1), large, Float32Array.of(-0)]) {
    const [back] = (await writtenAndRead([{ values: values.subarray(1) }])) as [{ values: typeof values }];
    expect(back.values.length).toBe(values.length - 1);
    expect([...back.values].every((value, i) => Object.is(value, values[i + 1]))).toBe(true);
  }
});

test('small arrays are read at a glance, large ones lie in memory that threads share', async () => {
  const packer = new ArrayPacker();
  const state = {
    few: Int32Array.of(3, 1),
    odd: new Uint8Array(17),
    many: Float64Array.from({ length: 99 }, Math.sqrt),
  };
  expect(JSON.parse(documentText(state, packer))).toEqual({
    few: { int32: [3, 1] },
    odd: { uint8: { offset: 0, length: 17 } },
    many: { float64: { offset: 24, length: 99 } },
  });
  expect(sharedArrays((await writtenAndRead([state]))[0] ?? null)).toEqual({ shared: 2, copied: 1 });
});

test('a forest takes less than a third of what it took as base64 in JSON', async () => {
  const { x, y } = makeData(800, 1);
  const forest = estimatorNamed('random_forest', 'regression');
  const params = resolveParams('random_forest', forest.params, { n_estimators: 20 });
  const state = forest.fit({ x, y, params, seed: 1 });
  const path = join(temporaryFolder(), 'arrays');
  const packer = new ArrayPacker();
  const text = documentText(state, packer);
  await packer.write(path);
  expect(statSync(path).size + text.length).toBeLessThan(toJson(state).length / 3);
});

test('what would be read as an array is no plain data, nor is a number that JSON has not', () => {
  expect(() => documentText({ a: { float64: 'text' } }, new ArrayPacker())).toThrow('only key is float64');
  expect(() => documentText({ a: Number.NaN }, new ArrayPacker())).toThrow('a is NaN');
});

test.each([
  ['beyond the end', { int32: { offset: 64, length: 1 } }],
  ['partly beyond the end', { int32: { offset: 56, length: 3 } }],
  ['before the start', { int32: { offset: -4, length: 1 } }],
  ['between two numbers', { float64: { offset: 4, length: 1 } }],
  ['without a length', { int32: { offset: 0 } }],
  ['as large as no memory is', { uint8: { offset: 0, length: 1e300 } }],
  ['of base64, as older formats have it', { uint8: 'AAAA' }],
])('a section %s is an error', (_, section) => {
  expect(() => documentOf(JSON.stringify({ section }), new SharedArrayBuffer(64))).toThrow(PackingError);
});

test('a file that does not unpack to what was packed is an error', async () => {
  const path = join(temporaryFolder(), 'arrays');
  const packer = new ArrayPacker();
  packer.add(Float64Array.from({ length: 1000 }, Math.sqrt));
  await packer.write(path);
  const recorded = { bytes: packer.bytes, sha256: packer.sha256() };
  await unpackArrays(path, recorded);
  await expect(unpackArrays(path, { ...recorded, bytes: 7999 })).rejects.toThrow('it has more than 7999 bytes');
  await expect(unpackArrays(path, { ...recorded, bytes: 8001 })).rejects.toThrow('it has 8000 of 8001 bytes');
  await expect(unpackArrays(path, { ...recorded, sha256: '0' })).rejects.toThrow('its SHA-256 is not the recorded one');
  expect(statSync(path).size).toBeLessThan(8000);
  const empty = temporaryFile('');
  await expect(unpackArrays(empty, recorded)).rejects.toThrow(PackingError);
});
