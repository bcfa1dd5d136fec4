import { expect, test } from 'vitest';
import { readJsonFile } from '../../../ml/data/json-file.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';

const read = (content: string | Uint8Array) => readJsonFile(temporaryFile(content, 'x.json'));

test('a byte-order mark is no part of it', async () => {
  expect(await read('\ufeff{"a": [1.5, "\ufffd", 9007199254740992]}')).toEqual({ a: [1.5, '\ufffd', 2 ** 53] });
});

test.each([
  ['Latin-1', Buffer.from('{\n"a": "é"}', 'latin1'), /x\.json is not JSON: line 2: byte 0xE9.*iconv -f WINDOWS-1252/],
  ['UTF-16', Buffer.from('\ufeff{"a": 1}', 'utf16le'), /x\.json is not JSON; it is UTF-16 text.*iconv/],
  ['a character cut short', Buffer.from('"€').subarray(0, 3), /line 1: the file ends in the middle/],
  ['a broken text', '{"a": ', /x\.json is not JSON: /],
  [
    'a number that would be another',
    '{"id": 123456789012345678}',
    /123456789012345678 is a number that would be read as/,
  ],
  ['a number beyond all', '[1e400]', /1e400 is a number that would be read as Infinity/],
  ['a key twice', '{"a": {"b": "}\\"{", "b": 1}}', /the key "b" twice/],
])('%s is refused', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('equal keys of different objects are no matter', async () => {
  const value = { a: { a: 1, b: '"a": 1, "a"' }, b: [{ a: 1 }, { a: 2 }] };
  expect(await read(JSON.stringify(value))).toEqual(value);
});

test('a file that is not there, and a folder, say so', async () => {
  await expect(readJsonFile('/nowhere.json', ': make one')).rejects.toThrow('/nowhere.json does not exist: make one');
  await expect(readJsonFile(temporaryFolder())).rejects.toThrow(/is a folder/);
});
