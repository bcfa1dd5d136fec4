import { DataError } from '../../../core/errors.ts';
import { textOf, type WireReader } from './wire-reader.ts';

/** Numbers or texts, with their shape. */
export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: ElementType;
  /** Empty of texts. */
  readonly numbers: readonly number[];
  /** Empty of numbers. */
  readonly texts: readonly string[];
}

/** The types of elements that a model of ours may have, by ONNX's number of each. */
const elementTypes = {
  1: 'float',
  2: 'uint8',
  3: 'int8',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  11: 'double',
} as const;
export type ElementType = (typeof elementTypes)[keyof typeof elementTypes];

export function elementType(code: number): ElementType {
  const type = (elementTypes as Record<number, ElementType>)[code];
  if (type === undefined) throw new DataError(`the ONNX model has elements of type ${code}, which is not supported`);
  return type;
}

const rawSizes = { float: 4, uint8: 1, int8: 1, int16: 2, int32: 4, int64: 8, bool: 1, double: 8 };

/** @throws DataError where the tensor's elements lie in another file, or are not as many as its shape says */
export function readTensor(reader: WireReader): Tensor {
  const dims: number[] = [];
  const numbers: number[] = [];
  const texts: string[] = [];
  let code = 0;
  let name = '';
  let raw: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.addNumbers(dims);
        break;
      case 2:
        code = reader.number();
        break;
      case 4:
        reader.addFloats(numbers);
        break;
      case 5:
      case 7:
        reader.addNumbers(numbers);
        break;
      case 6:
        texts.push(textOf(reader.bytes()));
        break;
      case 8:
        name = reader.text();
        break;
      case 9:
        raw = reader.bytes();
        break;
      case 10:
        reader.addDoubles(numbers);
        break;
      case 3:
      case 13:
        throw new DataError(`the tensor ${name} of the ONNX model lies in another file: save the model as one file`);
    }
  }
  const type = elementType(code);
  if (raw !== undefined) addRaw(numbers, type, raw);
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (dims.some((dim) => dim < 0) || size !== (type === 'string' ? texts : numbers).length)
    throw new DataError(`the tensor ${name} of the ONNX model has not as many elements as its shape says`);
  return { name, dims, type, numbers, texts };
}

function addRaw(to: number[], type: ElementType, bytes: Uint8Array): void {
  if (type === 'string' || bytes.length % rawSizes[type] !== 0)
    throw new DataError('the ONNX model has a tensor whose bytes do not fit its type');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += rawSizes[type]) to.push(readElement(view, at, type));
}

function readElement(view: DataView, at: number, type: Exclude<ElementType, 'string'>): number {
  switch (type) {
    case 'float':
      return view.getFloat32(at, true);
    case 'double':
      return view.getFloat64(at, true);
    case 'int64':
      return Number(view.getBigInt64(at, true));
    case 'int32':
      return view.getInt32(at, true);
    case 'int16':
      return view.getInt16(at, true);
    case 'int8':
      return view.getInt8(at);
    case 'uint8':
    case 'bool':
      return view.getUint8(at);
  }
}
