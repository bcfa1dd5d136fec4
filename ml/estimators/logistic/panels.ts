import { Derived } from '../../core/derived.ts';
import { Arena } from '../../trees/arena.ts';
import type { Design } from './design.ts';
import { type ProductKernel, productKernelOver } from './kernel/kernel.ts';
import { BYTES, inFours, packFours, strideOf } from './packing.ts';

/** Rows that are multiplied at once: few enough to stay in the cache while every column is. */
const ROWS = 64;

/** Room for the products of rows with coefficients. */
interface OutputRoom {
  readonly outputs: number;
  /** Numbers of a row: outputs in fours. */
  readonly width: number;
  readonly coefficients: Float64Array;
  readonly margins: Float64Array;
  readonly slopes: Float64Array;
}

/** Room for the products of columns with each other. */
interface SquareRoom {
  readonly factors: Float64Array;
  readonly some: Float64Array;
  readonly scaled: Float64Array;
  readonly products: Float64Array;
}

/** Multiplies the dense columns of a design, and a 1 after them, by the kernel: a panel of rows at a time. */
export class Panels {
  readonly #values: Float64Array;
  readonly #denseCount: number;
  /** With that of the 1. */
  readonly #columns: number;
  readonly #stride: number;
  readonly #arena = new Arena();
  readonly #kernel: ProductKernel;
  readonly #panel: Float64Array;
  #outputRoom: OutputRoom | undefined;
  #squareRoom: SquareRoom | undefined;

  constructor({ dense, denseCount }: Pick<Design, 'dense' | 'denseCount'>) {
    this.#values = dense;
    this.#denseCount = denseCount;
    this.#columns = denseCount + 1;
    this.#stride = strideOf(this.#columns);
    this.#kernel = productKernelOver(this.#arena.memory);
    this.#panel = this.#arena.float64(ROWS * this.#stride);
  }

  /**
   * Makes margins of coefficients, and slopes of what each row makes of its margins.
   *
   * @param rows how many there are
   * @param coefficients columns × outputs, by column; those of the 1 come last
   * @param visit replaces the margins of a row, which start at a place of `margins`, by its slopes
   * @returns the sums of values times slopes, as coefficients are
   */
  slopesBy(
    rows: number,
    outputs: number,
    coefficients: Float64Array,
    visit: (row: number, margins: Float64Array, at: number) => void,
  ): Float64Array {
    const room = this.#roomFor(outputs);
    const { width, margins } = room;
    packFours(coefficients, outputs, room.coefficients);
    room.slopes.fill(0);
    for (let start = 0; start < rows; start += ROWS) {
      const count = Math.min(ROWS, rows - start);
      for (let i = 0; i < count; i++) this.#setRow(i, start + i);
      this.#panel.fill(0, count * this.#stride, inFours(count) * this.#stride);
      this.#multiply(room, inFours(count));
      for (let i = 0; i < count; i++) visit(start + i, margins, i * width);
      this.#addSlopes(room, count);
    }
    const sums = new Float64Array(this.#columns * outputs);
    for (let j = 0, to = 0; j < this.#columns; j++)
      for (let k = 0; k < outputs; k++, to++) sums[to] = room.slopes[j * width + k]!;
    return sums;
  }

  /**
   * The inner products of some columns with each other, each row's by its weight.
   *
   * @param rows the numbers of some rows
   * @param weights one for each of them
   * @param columns their numbers, ascending; that of the 1 is past all others
   * @returns what the product of two of them is, by their places among these, the later one first
   */
  squaresBy(
    rows: Uint32Array,
    weights: Float64Array,
    columns: Uint32Array,
  ): (later: number, earlier: number) => number {
    this.#squareRoom ??= {
      factors: this.#arena.float64(ROWS),
      some: this.#arena.float64(ROWS * this.#stride),
      scaled: this.#arena.float64(ROWS * this.#stride),
      products: this.#arena.float64(this.#stride ** 2),
    };
    const { factors, some, scaled, products } = this.#squareRoom;
    const stride = strideOf(columns.length);
    const bytes = stride * BYTES;
    some.fill(0);
    products.fill(0, 0, stride ** 2);
    for (let start = 0; start < rows.length; start += ROWS) {
      const count = Math.min(ROWS, rows.length - start);
      for (let i = 0; i < count; i++) {
        this.#setSome(some, i * stride, rows[start + i]!, columns);
        factors[i] = weights[start + i]!;
      }
      this.#kernel.scaleRows(some.byteOffset, count, bytes, factors.byteOffset, scaled.byteOffset);
      // biome-ignore format: left, right, and what they come to
      this.#kernel.addProducts(
        scaled.byteOffset, bytes, columns.length, some.byteOffset, bytes, columns.length, count, products.byteOffset, bytes, true,
      );
    }
    return (later, earlier) => products[later * stride + earlier]!;
  }

  #setRow(place: number, row: number): void {
    const [from, to] = [row * this.#denseCount, place * this.#stride];
    for (let j = 0; j < this.#denseCount; j++) this.#panel[to + j] = this.#values[from + j]!;
    this.#panel[to + this.#denseCount] = 1;
  }

  #setSome(to: Float64Array, at: number, row: number, columns: Uint32Array): void {
    const first = row * this.#denseCount;
    // Ascending, so that as many as there are are all of them.
    if (columns.length === this.#columns) {
      to.set(this.#values.subarray(first, first + this.#denseCount), at);
      to[at + this.#denseCount] = 1;
      return;
    }
    for (let k = 0; k < columns.length; k++)
      to[at + k] = columns[k] === this.#denseCount ? 1 : this.#values[first + columns[k]!]!;
  }

  #roomFor(outputs: number): OutputRoom {
    if (this.#outputRoom?.outputs === outputs) return this.#outputRoom;
    const width = inFours(outputs);
    this.#outputRoom = {
      outputs,
      width,
      coefficients: this.#arena.float64(this.#columns * width),
      margins: this.#arena.float64(ROWS * width),
      slopes: this.#arena.float64(inFours(this.#columns) * width),
    };
    return this.#outputRoom;
  }

  #multiply({ width, coefficients, margins }: OutputRoom, rows: number): void {
    // biome-ignore format: left, right, and what they come to
    this.#kernel.multiply(
      this.#panel.byteOffset, rows, this.#stride * BYTES, this.#columns, coefficients.byteOffset, width, margins.byteOffset,
    );
  }

  #addSlopes({ width, margins, slopes }: OutputRoom, rows: number): void {
    const bytes = width * BYTES;
    // biome-ignore format: left, right, and what they come to
    this.#kernel.addProducts(
      this.#panel.byteOffset, this.#stride * BYTES, this.#columns, margins.byteOffset, bytes, width, rows, slopes.byteOffset, bytes, false,
    );
  }
}

const kept = new Derived<Design, Panels>();

/** The panels of a design, which has the same for every fit. */
export const panelsOf = (design: Design): Panels => kept.of(design, [], () => new Panels(design));
