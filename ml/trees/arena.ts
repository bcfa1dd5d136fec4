import { DataError } from '../core/errors.ts';

const PAGE = 65_536;
/** All that 32-bit addresses reach: 4 GiB. It is reserved, and taken only as it is used. */
const MOST_PAGES = 65_536;
/** What one holds at most. */
export const MOST_BYTES = MOST_PAGES * PAGE;
/** A cache line, so that no two arrays share one: threads would wait for each other's writes. */
const ALIGNMENT = 64;

/**
 * One memory for a kernel and for all threads, handed out piece by piece and given back as a whole. It starts as zeros.
 * A view's address is its `byteOffset`; views stay good when the memory grows.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  // Nothing is at address 0.
  #end = ALIGNMENT;

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  }

  /**
   * The address of so many bytes more.
   *
   * @throws DataError past 4 GiB
   */
  take(bytes: number): number {
    const at = this.#end;
    this.#end = Math.ceil((at + bytes) / ALIGNMENT) * ALIGNMENT;
    if (this.#end > MOST_BYTES) {
      throw new DataError('growing trees on so many rows and columns takes more than 4 GiB; give fewer of either');
    }
    const missing = Math.ceil((this.#end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    return at;
  }

  uint8(length: number): Uint8Array {
    return this.#view(Uint8Array, length);
  }

  uint16(length: number): Uint16Array {
    return this.#view(Uint16Array, length);
  }

  uint32(length: number): Uint32Array {
    return this.#view(Uint32Array, length);
  }

  int32(length: number): Int32Array {
    return this.#view(Int32Array, length);
  }

  float32(length: number): Float32Array {
    return this.#view(Float32Array, length);
  }

  float64(length: number): Float64Array {
    return this.#view(Float64Array, length);
  }

  #view<A>(ArrayType: ArrayConstructor<A>, length: number): A {
    // Taken first: the memory has another buffer once it has grown.
    const at = this.take(length * ArrayType.BYTES_PER_ELEMENT);
    return new ArrayType(this.memory.buffer, at, length);
  }
}

interface ArrayConstructor<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, at: number, length: number): A;
}
