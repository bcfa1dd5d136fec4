import { Arena } from '../../trees/arena.ts';
import { type ProductKernel, productKernelOver } from './kernel/kernel.ts';
import { BYTES, inFours, packFours, strideOf } from './packing.ts';

/** A square matrix that is multiplied with others, by the kernel. */
export class MatrixProduct {
  readonly #size: number;
  readonly #outputs: number;
  readonly #kernel: ProductKernel;
  readonly #matrix: Float64Array;
  readonly #factors: Float64Array;
  readonly #product: Float64Array;

  /** @param matrix size × size, row-major @param outputs columns of what it is multiplied with */
  constructor(matrix: Float64Array, size: number, outputs: number) {
    const arena = new Arena();
    const stride = strideOf(size);
    this.#size = size;
    this.#outputs = outputs;
    this.#kernel = productKernelOver(arena.memory);
    this.#matrix = arena.float64(inFours(size) * stride);
    this.#factors = arena.float64(size * inFours(outputs));
    this.#product = arena.float64(inFours(size) * inFours(outputs));
    for (let i = 0; i < size; i++) this.#matrix.set(matrix.subarray(i * size, (i + 1) * size), i * stride);
  }

  /** @param values size × outputs, row-major, as the result is */
  times(values: Float64Array): Float64Array {
    const [size, outputs, width] = [this.#size, this.#outputs, inFours(this.#outputs)];
    packFours(values, outputs, this.#factors);
    const { byteOffset: x } = this.#matrix;
    const { byteOffset: factors } = this.#factors;
    const { byteOffset: to } = this.#product;
    this.#kernel.multiply(x, inFours(size), strideOf(size) * BYTES, size, factors, width, to);
    return Float64Array.from({ length: size * outputs }, (_, at) => {
      const i = Math.floor(at / outputs);
      return this.#product[i * width + at - i * outputs]!;
    });
  }
}
