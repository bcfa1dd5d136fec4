/** What a fitted model is made of: JSON, and typed arrays of float64 where there are many numbers. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | Float64Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData };

/** Plain data as JSON text; a Float64Array becomes `{"float64": base64 of its little-endian bytes}`. */
export function toJson(data: PlainData): string {
  return `${JSON.stringify(data, (_, value) => (value instanceof Float64Array ? { float64: encode(value) } : value), 2)}\n`;
}

/** The data whose JSON text this is; every bit of every number is as it was. */
export function fromJson(text: string): PlainData {
  return JSON.parse(text, (_, value) =>
    typeof value?.float64 === 'string' && Object.keys(value).length === 1 ? decode(value.float64) : value,
  );
}

// Every platform that Node 24 runs on is little-endian, so the bytes in memory are the bytes on disk.
function encode(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function decode(text: string): Float64Array {
  // Copied, since a view of float64 must start at a multiple of eight bytes and a Buffer need not.
  return new Float64Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}
