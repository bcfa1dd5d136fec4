import { DataError } from '../../../core/errors.ts';

/** How a field's value lies in a message. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Reads the fields of one Protocol Buffers message, one after another: `next` goes to a field, and one call of another method
 * reads it; a field that nobody reads is left out. Of a list each entry is a field, or all are packed into one.
 *
 * Source: Protocol Buffers, "Encoding".
 */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #wire = VARINT;
  /** Where the value of this field begins. */
  #value = 0;
  /** The number of the field that `next` went to. */
  field = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * Goes to the next field; false after the last.
   *
   * @throws DataError where the bytes are no message
   */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    const tag = this.#readVarint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    this.#value = this.#at;
    if (this.field === 0) throw damaged();
    this.#skip();
    return true;
  }

  /** A whole number: rounded where it is past 2^53, negative ones too. */
  number(): number {
    this.#expect(VARINT);
    return this.#rewind(() => this.#readVarint());
  }

  float(): number {
    this.#expect(FIXED32);
    return this.#view.getFloat32(this.#value, true);
  }

  bytes(): Uint8Array {
    this.#expect(BYTES);
    return this.#rewind(() => this.#readBytes());
  }

  text(): string {
    return textOf(this.bytes());
  }

  message(): WireReader {
    return new WireReader(this.bytes());
  }

  /** Adds the numbers of this field to a list: one, or as many as are packed into it. */
  addNumbers(to: number[]): void {
    if (this.#wire !== BYTES) {
      to.push(this.number());
      return;
    }
    const packed = this.message();
    while (packed.#at < packed.#bytes.length) to.push(packed.#readVarint());
  }

  addFloats(to: number[]): void {
    if (this.#wire === BYTES) this.#addPacked(to, 4, (view, at) => view.getFloat32(at, true));
    else to.push(this.float());
  }

  addDoubles(to: number[]): void {
    if (this.#wire === BYTES) this.#addPacked(to, 8, (view, at) => view.getFloat64(at, true));
    else {
      this.#expect(FIXED64);
      to.push(this.#view.getFloat64(this.#value, true));
    }
  }

  #addPacked(to: number[], size: number, read: (view: DataView, at: number) => number): void {
    const bytes = this.bytes();
    if (bytes.length % size !== 0) throw damaged();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += size) to.push(read(view, at));
  }

  #rewind<T>(read: () => T): T {
    const end = this.#at;
    this.#at = this.#value;
    const value = read();
    this.#at = end;
    return value;
  }

  #skip(): void {
    if (this.#wire === VARINT) this.#readVarint();
    else if (this.#wire === BYTES) this.#readBytes();
    else if (this.#wire === FIXED64) this.#forward(8);
    else if (this.#wire === FIXED32) this.#forward(4);
    else throw damaged();
  }

  #readBytes(): Uint8Array {
    const length = this.#readVarint();
    const from = this.#at;
    this.#forward(length);
    return this.#bytes.subarray(from, this.#at);
  }

  #forward(length: number): void {
    if (!(length >= 0 && length <= this.#bytes.length - this.#at)) throw damaged();
    this.#at += length;
  }

  #readVarint(): number {
    let low = 0;
    let high = 0;
    for (let place = 0; place < 10; place++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw damaged();
      const bits = byte & 0x7f;
      if (place < 4) low |= bits << (7 * place);
      else if (place === 4) {
        low |= bits << 28;
        high |= bits >> 4;
      } else high |= bits << (7 * place - 32);
      if (byte < 0x80) return (high | 0) * 2 ** 32 + (low >>> 0);
    }
    throw damaged();
  }

  #expect(wire: number): void {
    if (this.#wire !== wire) throw damaged();
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws DataError where bytes are no UTF-8 */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new DataError('the ONNX file has a text that is not UTF-8', { cause });
  }
}

function damaged(): DataError {
  return new DataError('the file is no ONNX model, or it is damaged: its Protocol Buffers cannot be read');
}
