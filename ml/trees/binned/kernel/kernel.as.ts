// The inner loops of growing trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. JavaScript has no
// fast 64-bit integers and checks every index. Arrays are given by their addresses in the memory that the arena shares.
//
// A histogram has an entry for each bin of each column, one column after the other. An entry, like a row's gradient, packs
// two sums into an int64: the weights' in the low `bits` bits, the gradients' above. Sums of integers are the same in any order.

/** Rows whose memory is fetched ahead: enough misses at a time, and few enough to stay in the first cache. */
const AHEAD: i32 = 64;

/**
 * Adds each row's packed gradient to the entries of its bins. `places` holds, row by row, the place of each column's bin
 * among all entries, as integers of type T.
 *
 * The rows of a small node lie far apart. A block of them is touched first, by loads that do not wait for each other.
 *
 * @returns nothing of use: it keeps the first loads from being optimised away
 */
// @ts-ignore: decorator
@inline
function addRows<T>(rows: usize, count: i32, places: usize, columns: i32, gradients: usize, histogram: usize, ahead: usize): i32 {
  const size = sizeof<T>();
  const width = <usize>columns * size;
  const fours = <usize>(columns & ~3) * size;
  let touched: i32 = 0;
  for (let first: i32 = 0; first < count; first += AHEAD) {
    const end = min(first + AHEAD, count);
    for (let k = first; k < end; k++) {
      const row = <usize>load<u32>(rows + (<usize>k << 2));
      const at = places + row * width;
      store<i64>(ahead + (<usize>(k - first) << 3), load<i64>(gradients + (row << 3)));
      touched += <i32>load<T>(at) + <i32>load<T>(at + width - size);
    }
    for (let k = first; k < end; k++) {
      const packed = load<i64>(ahead + (<usize>(k - first) << 3));
      let at = places + <usize>load<u32>(rows + (<usize>k << 2)) * width;
      const last = at + width;
      const four = at + fours;
      for (; at < four; at += 4 * size) {
        let entry = histogram + (<usize>load<T>(at) << 3);
        store<i64>(entry, load<i64>(entry) + packed);
        entry = histogram + (<usize>load<T>(at, sizeof<T>()) << 3);
        store<i64>(entry, load<i64>(entry) + packed);
        entry = histogram + (<usize>load<T>(at, 2 * sizeof<T>()) << 3);
        store<i64>(entry, load<i64>(entry) + packed);
        entry = histogram + (<usize>load<T>(at, 3 * sizeof<T>()) << 3);
        store<i64>(entry, load<i64>(entry) + packed);
      }
      for (; at < last; at += size) {
        const entry = histogram + (<usize>load<T>(at) << 3);
        store<i64>(entry, load<i64>(entry) + packed);
      }
    }
  }
  return touched;
}

/** `addRows` where there are at most 65,536 entries. */
export function addRows16(rows: usize, count: i32, places: usize, columns: i32, gradients: usize, histogram: usize, ahead: usize): i32 {
  return addRows<u16>(rows, count, places, columns, gradients, histogram, ahead);
}

/** `addRows` where there are more. */
export function addRows32(rows: usize, count: i32, places: usize, columns: i32, gradients: usize, histogram: usize, ahead: usize): i32 {
  return addRows<u32>(rows, count, places, columns, gradients, histogram, ahead);
}

/**
 * gradients = targets − predictions, all float32; and, as two float64 at `sums`, the sum of their absolute values, each times
 * its weight (uint16), and the sum of the weights.
 */
export function residuals(targets: usize, predictions: usize, weights: usize, count: i32, gradients: usize, sums: usize): void {
  let total: f64 = 0;
  let weighed: i64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const gradient = load<f32>(targets + (i << 2)) - load<f32>(predictions + (i << 2));
    const weight = <i32>load<u16>(weights + (i << 1));
    store<f32>(gradients + (i << 2), gradient);
    total += <f64>abs(gradient) * <f64>weight;
    weighed += <i64>weight;
  }
  store<f64>(sums, total);
  store<f64>(sums, <f64>weighed, 8);
}

/** Adds a leaf's value to the predictions (float32) of its rows. */
export function addValue(rows: usize, count: i32, value: f32, predictions: usize): void {
  for (let k: usize = 0; k < <usize>count; k++) {
    const at = predictions + (<usize>load<u32>(rows + (k << 2)) << 2);
    store<f32>(at, load<f32>(at) + value);
  }
}

/** Added to a float64, it leaves no place for a fraction: the lowest bits are then a whole number, rounded. */
const ROUNDING: f64 = 6755399441055744; // 1.5 · 2⁵²

/**
 * Packs gradients (float32), times their weights (uint16) and `scale`, to the nearest whole numbers, which must be below
 * 2⁵¹; and writes into `order` the numbers of the rows, from `first` on.
 */
export function pack(
  gradients: usize, weights: usize, first: i32, count: i32, scale: f64, bits: i64, packed: usize, order: usize,
): void {
  const zero = reinterpret<i64>(ROUNDING);
  for (let i: usize = 0; i < <usize>count; i++) {
    const weight = <i32>load<u16>(weights + (i << 1));
    const rounded = <f64>load<f32>(gradients + (i << 2)) * <f64>weight * scale + ROUNDING;
    store<i64>(packed + (i << 3), ((reinterpret<i64>(rounded) - zero) << bits) + <i64>weight);
    store<u32>(order + (i << 2), first + <i32>i);
  }
}

/** An entry's sums as two float64, gradients first. */
export function unpack(histogram: usize, count: i32, scale: f64, bits: i64, pairs: usize): void {
  const mask = (<i64>1 << bits) - 1;
  const unit = 1 / scale;
  for (let k: usize = 0; k < <usize>count; k++) {
    const sums = load<i64>(histogram + (k << 3));
    store<f64>(pairs + (k << 4), <f64>(sums >> bits) * unit);
    store<f64>(pairs + (k << 4), <f64>(sums & mask), 8);
  }
}

/** histogram = 0 */
export function clear(histogram: usize, count: i32): void {
  memory.fill(histogram, 0, <usize>count << 3);
}

/** histogram = histogram + other */
export function add(histogram: usize, other: usize, count: i32): void {
  for (let at: usize = 0; at < <usize>count << 3; at += 8) {
    store<i64>(histogram + at, load<i64>(histogram + at) + load<i64>(other + at));
  }
}

/** histogram = histogram − other */
export function subtract(histogram: usize, other: usize, count: i32): void {
  for (let at: usize = 0; at < <usize>count << 3; at += 8) {
    store<i64>(histogram + at, load<i64>(histogram + at) - load<i64>(other + at));
  }
}

/**
 * Parts rows by the bins of one column (integers of type T), in place and in order: those up to `last` and those in bin
 * `also` go first. Each row is written to both sides and only one side's end moves, so that there is no branch to mispredict.
 *
 * @returns how many went first
 */
// @ts-ignore: decorator
@inline
function partition<T>(rows: usize, count: i32, bins: usize, last: i32, also: i32, spare: usize): i32 {
  const end = rows + (<usize>count << 2);
  let left = rows;
  let right = spare;
  for (let at = rows; at < end; at += 4) {
    const row = load<u32>(at);
    const bin = <i32>load<T>(bins + <usize>row * sizeof<T>());
    const step = <usize>(i32(bin <= last) | i32(bin == also)) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += step;
    right += 4 - step;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}

/** `partition` where a column has at most 256 bins. */
export function partition8(rows: usize, count: i32, bins: usize, last: i32, also: i32, spare: usize): i32 {
  return partition<u8>(rows, count, bins, last, also, spare);
}

/** `partition` where a column has one more, of missing values. */
export function partition16(rows: usize, count: i32, bins: usize, last: i32, also: i32, spare: usize): i32 {
  return partition<u16>(rows, count, bins, last, also, spare);
}
