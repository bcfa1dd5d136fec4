import { allFinite } from './finite.ts';
import { jsonText } from './json.ts';

/** The typed arrays that plain data may hold, by the name under which JSON has them. */
export const arrayTypes = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
};
export type ArrayName = keyof typeof arrayTypes;
export type PlainArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

const arrayNames = Object.keys(arrayTypes) as ArrayName[];

/** What a fitted model is made of: JSON, and typed arrays where there are many numbers. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | PlainArray
  | readonly PlainData[]
  | { readonly [key: string]: PlainData };

/**
 * Plain data as JSON text; a typed array becomes `{"float64": base64 of its little-endian bytes}`.
 *
 * @throws Error where a number outside of typed arrays is not finite
 */
export function toJson(data: PlainData): string {
  return jsonText(data, (value) => (ArrayBuffer.isView(value) ? encode(value as PlainArray) : value));
}

/** Where a number in plain data is not finite, and what it is: "trees.threshold.7 is NaN"; undefined where all are. */
export function findNotFinite(data: PlainData): string | undefined {
  if (typeof data === 'number') return Number.isFinite(data) ? undefined : `is ${data}`;
  if (data instanceof Float64Array || data instanceof Float32Array) {
    if (allFinite(data)) return undefined;
    const at = data.findIndex((value) => !Number.isFinite(value));
    return `${at} is ${data[at]}`;
  }
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const place = findNotFinite(value as PlainData);
    if (place !== undefined) return place.startsWith('is ') ? `${key} ${place}` : `${key}.${place}`;
  }
  return undefined;
}

/** The data whose JSON text this is; every bit of every number is as it was. */
export function fromJson(text: string): PlainData {
  return JSON.parse(text, (_, value) => decode(value) ?? value);
}

/** The name of an array's type. */
export function arrayNameOf(values: PlainArray): ArrayName {
  const name = arrayNames.find((each) => values instanceof arrayTypes[each]);
  if (name === undefined) throw new Error(`plain data holds no ${values.constructor.name}`);
  return name;
}

/** What stands for an array in JSON: an object whose only key is the name of its type. */
export function arrayEntry(value: unknown): { readonly name: ArrayName; readonly content: unknown } | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  const [key, ...more] = Object.keys(value);
  const name = arrayNames.find((each) => each === key);
  return name === undefined || more.length > 0
    ? undefined
    : { name, content: (value as Record<string, unknown>)[name] };
}

/** `length` numbers in memory from a byte on, which must be a multiple of their size. */
export function arrayIn(memory: ArrayBufferLike, name: ArrayName, offset = 0, length?: number): PlainArray {
  const Numbers: new (memory: ArrayBufferLike, offset: number, length?: number) => PlainArray = arrayTypes[name];
  return new Numbers(memory, offset, length);
}

// Every platform that Node 24 runs on is little-endian, so the bytes in memory are the bytes on disk.
function encode(values: PlainArray): Record<string, string> {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return { [arrayNameOf(values)]: bytes.toString('base64') };
}

function decode(value: unknown): PlainArray | undefined {
  const entry = arrayEntry(value);
  if (typeof entry?.content !== 'string') return undefined;
  // Shared, so that threads that predict need no copy. A view of numbers must start at a multiple of their size anyway, which
  // a Buffer need not.
  const bytes = Buffer.from(entry.content, 'base64');
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return arrayIn(shared, entry.name);
}

/** About how much memory plain data takes, in bytes: that of its arrays, and of its numbers beside them. */
export function bytesOf(data: PlainData): number {
  if (ArrayBuffer.isView(data)) return data.byteLength;
  if (typeof data === 'string') return data.length;
  if (typeof data !== 'object' || data === null) return 8;
  return Object.values(data).reduce((sum: number, part: PlainData) => sum + bytesOf(part), 0);
}
