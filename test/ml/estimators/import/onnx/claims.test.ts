import { describe, expect, it } from 'vitest';
import { DataError } from '../../../../../ml/core/errors.ts';
import { readImportedModel } from '../../../../../ml/estimators/import/formats.ts';

/** A field of a Protocol Buffers message: a whole number, a text or a message. */
function field(number: number, value: number | string | Uint8Array): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(8 * number), varint(value)]);
  const bytes = Buffer.from(value as Uint8Array);
  return Buffer.concat([varint(8 * number + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Buffer.from([...bytes, rest]);
}

const attribute = (name: string, value: Buffer) => field(5, Buffer.concat([field(1, name), value]));

const node = (operator: string, inputs: string[], output: string, ...attributes: Buffer[]) =>
  field(
    1,
    Buffer.concat([...inputs.map((input) => field(1, input)), field(2, output), field(4, operator), ...attributes]),
  );

function table(name: string, width: number): Buffer {
  const shape = Buffer.concat([field(1, field(2, 'N')), field(1, field(1, width))]);
  const type = field(1, Buffer.concat([field(1, 1), field(2, shape)]));
  return Buffer.concat([field(1, name), field(2, type)]);
}

const model = (width: number, ...nodes: Buffer[]) =>
  Buffer.concat([
    field(1, 8),
    field(7, Buffer.concat([...nodes, field(11, table('X', width)), field(12, table('Y', 1))])),
  ]);

const doubled = Array.from({ length: 40 }, (_, k) =>
  node('Concat', [k === 0 ? 'X' : `C${k - 1}`, k === 0 ? 'X' : `C${k - 1}`], `C${k}`, attribute('axis', field(3, 1))),
);

describe('a model that claims more than it holds', () => {
  it.each([
    [
      'columns that are doubled again and again',
      model(2, ...doubled, node('MatMul', ['C39', 'W'], 'Y')),
      /more than \d+ columns/,
    ],
    ['an input of a billion columns', model(1e9, node('Identity', ['X'], 'Y')), /initial_types/],
    ['an operator that is its own input', model(2, node('Identity', ['Y'], 'Y')), /no operator before it makes/],
    ['an operator that nobody knows', model(2, node('Conv', ['X'], 'Y')), /the operator Conv/],
    ['nothing that predicts', model(2, node('Identity', ['X'], 'Y')), /no trees and no weights/],
  ])('is refused: %s', (_, bytes, message) => {
    expect(() => readImportedModel(new Uint8Array(bytes))).toThrow(message);
    expect(() => readImportedModel(new Uint8Array(bytes))).toThrow(DataError);
  });
});
