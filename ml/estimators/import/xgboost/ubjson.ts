import { DataError } from '../../../core/errors.ts';

/** Lists and objects within each other; models have about ten. */
const MOST_DEPTH = 64;

/** The types of numbers, by their markers: how many bytes they take, and how they are read. */
const numbers = new Map<number, { bytes: number; read: (view: DataView, at: number) => number }>(
  Object.entries({
    i: { bytes: 1, read: (view: DataView, at: number) => view.getInt8(at) },
    U: { bytes: 1, read: (view: DataView, at: number) => view.getUint8(at) },
    I: { bytes: 2, read: (view: DataView, at: number) => view.getInt16(at) },
    l: { bytes: 4, read: (view: DataView, at: number) => view.getInt32(at) },
    L: { bytes: 8, read: (view: DataView, at: number) => Number(view.getBigInt64(at)) },
    d: { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at) },
    D: { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at) },
  }).map(([marker, type]) => [marker.charCodeAt(0), type]),
);
const integers = new Set([...'iUIlL'].map((marker) => marker.charCodeAt(0)));
const [OBJECT, END_OBJECT, LIST, END_LIST, TEXT, TYPE, COUNT] = [...'{}[]S$#'].map((marker) =>
  marker.charCodeAt(0),
) as [number, number, number, number, number, number, number];
const literals = new Map<number, unknown>(
  [
    ['Z', null],
    ['T', true],
    ['F', false],
  ].map(([marker, value]) => [(marker as string).charCodeAt(0), value]),
);

/** Whether bytes begin as an object of Universal Binary JSON does, and JSON never. */
export const isUbjson = (bytes: Uint8Array): boolean => bytes[0] === OBJECT && integers.has(bytes[1] ?? 0);

/**
 * The value that Universal Binary JSON (draft 12) holds, as XGBoost writes it: numbers of one type side by side become a `Float64Array`.
 * No count is believed that the bytes left do not bear out.
 *
 * @throws DataError where it ends too early or too late, or is something else
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  const reader = new UbjsonReader(bytes);
  const value = reader.value(reader.byte(), 0);
  if (reader.left > 0) throw new DataError(`the file goes on for ${reader.left} bytes after its end`);
  return value;
}

class UbjsonReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  value(marker: number, depth: number): unknown {
    if (depth > MOST_DEPTH) throw this.#problem(`more than ${MOST_DEPTH} lists within each other`);
    if (marker === OBJECT) return this.#object(depth);
    if (marker === LIST) return this.#list(depth);
    if (marker === TEXT) return this.#text();
    if (literals.has(marker)) return literals.get(marker);
    return this.#number(marker);
  }

  #object(depth: number): object {
    // Without a prototype, so that no key means more than itself.
    const object: Record<string, unknown> = Object.create(null);
    const count = this.#peek() === COUNT ? this.#counted() : Infinity;
    for (let k = 0; k < count; k++) {
      if (count === Infinity && this.#peek() === END_OBJECT) {
        this.#at++;
        break;
      }
      const key = this.#text();
      object[key] = this.value(this.byte(), depth + 1);
    }
    return object;
  }

  #list(depth: number): unknown {
    if (this.#peek() === TYPE) return this.#typed();
    const list: unknown[] = [];
    if (this.#peek() === COUNT) {
      for (let left = this.#counted(); left > 0; left--) list.push(this.value(this.byte(), depth + 1));
      return list;
    }
    for (let marker = this.byte(); marker !== END_LIST; marker = this.byte()) list.push(this.value(marker, depth + 1));
    return list;
  }

  #typed(): Float64Array {
    this.#at++;
    const marker = this.byte();
    const type = numbers.get(marker);
    if (!type) throw this.#problem(`a list of the type ${name(marker)}`);
    if (this.#peek() !== COUNT) throw this.#problem('a list of a type without its length');
    const count = this.#counted(type.bytes);
    const from = this.#take(count * type.bytes);
    const list = new Float64Array(count);
    for (let k = 0; k < count; k++) list[k] = type.read(this.#view, from + k * type.bytes);
    return list;
  }

  /** A number of things that take at least so many bytes each. */
  #counted(bytes = 1): number {
    this.#at++;
    return this.#length(bytes);
  }

  #text(): string {
    const length = this.#length(1);
    const from = this.#take(length);
    try {
      return this.#decoder.decode(this.#bytes.subarray(from, this.#at));
    } catch (error) {
      throw new DataError(`at byte ${from} is a text that is not UTF-8`, { cause: error });
    }
  }

  #length(bytes: number): number {
    const marker = this.byte();
    if (!integers.has(marker)) throw this.#problem(`${name(marker)} where a length is due`);
    const length = this.#number(marker);
    if (length >= 0 && length * bytes <= this.left) return length;
    throw this.#problem(`a length of ${length}, where ${this.left} bytes are left`);
  }

  #number(marker: number): number {
    const type = numbers.get(marker);
    if (!type) throw this.#problem(`${name(marker)}, which begins no value`);
    return type.read(this.#view, this.#take(type.bytes));
  }

  #peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  #take(bytes: number): number {
    if (bytes > this.left) throw new DataError(`the file ends too early, after ${this.#bytes.length} bytes`);
    const from = this.#at;
    this.#at += bytes;
    return from;
  }

  #problem(what: string): DataError {
    return new DataError(`at byte ${this.#at} of the file is ${what}`);
  }
}

const name = (marker: number) =>
  marker > 32 && marker < 127 ? JSON.stringify(String.fromCharCode(marker)) : `the byte ${marker}`;
