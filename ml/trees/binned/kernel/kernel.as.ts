// The inner loops of growing trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. JavaScript has no
// fast 64-bit integers and checks every index. Arrays are given by their addresses in the memory that the arena shares.
//
// A histogram has an entry for each bin of each column, one column after the other. An entry holds the sum of its rows'
// statistics, in one of two layouts: an int64 that packs two sums, hessians in the low bits (where each is 1, that is the number
// of rows) and gradients above; or two int64 side by side, gradients first. Sums of integers are the same in any order.
//
// A row's record holds its statistics and then its bin in each column, so that to visit a row of a node touches one cache
// line, mostly. Records are `stride` bytes apart.

/** Rows whose records are fetched ahead: enough cache misses at a time, and few enough to stay in the first cache. */
const AHEAD: i32 = 64;
const CACHE_LINE: usize = 64;

// @ts-ignore: decorator
@inline
function addTo<S>(entry: usize, statistics: S): void {
  if (isVector<S>()) store<v128>(entry, i64x2.add(load<v128>(entry), statistics));
  else store<i64>(entry, load<i64>(entry) + statistics);
}

/** Adds a row's statistics to the entry of its bin in each column. `firsts` are the addresses of the columns' first entries. */
// @ts-ignore: decorator
@inline
function addRecord<B, S>(record: usize, columns: i32, firsts: usize): void {
  const shift: usize = isVector<S>() ? 4 : 3;
  const statistics = load<S>(record);
  let at = record + sizeof<S>();
  const last = at + <usize>columns * sizeof<B>();
  const four = at + <usize>(columns & ~3) * sizeof<B>();
  for (; at < four; at += 4 * sizeof<B>()) {
    addTo<S>(<usize>load<u32>(firsts) + (<usize>load<B>(at) << shift), statistics);
    addTo<S>(<usize>load<u32>(firsts, 4) + (<usize>load<B>(at, sizeof<B>()) << shift), statistics);
    addTo<S>(<usize>load<u32>(firsts, 8) + (<usize>load<B>(at, 2 * sizeof<B>()) << shift), statistics);
    addTo<S>(<usize>load<u32>(firsts, 12) + (<usize>load<B>(at, 3 * sizeof<B>()) << shift), statistics);
    firsts += 16;
  }
  for (; at < last; at += sizeof<B>()) {
    addTo<S>(<usize>load<u32>(firsts) + (<usize>load<B>(at) << shift), statistics);
    firsts += 4;
  }
}

// @ts-ignore: decorator
@inline
function addNeighbours<B, S>(records: usize, stride: usize, count: i32, columns: i32, firsts: usize): void {
  const end = records + <usize>count * stride;
  for (let record = records; record < end; record += stride) addRecord<B, S>(record, columns, firsts);
}

/** The rows of a small node lie far apart: a block of them is touched first, by loads that do not wait for each other. */
// @ts-ignore: decorator
@inline
function addScattered<B, S>(rows: usize, count: i32, records: usize, stride: usize, columns: i32, firsts: usize): i32 {
  let touched: i32 = 0;
  const straddles = CACHE_LINE % stride != 0;
  const end = rows + (<usize>count << 2);
  for (let first = rows; first < end; first += AHEAD << 2) {
    const last = min(first + (AHEAD << 2), end);
    for (let row = first; row < last; row += 4) {
      const record = records + <usize>load<u32>(row) * stride;
      for (let line: usize = 0; line < stride; line += CACHE_LINE) touched += <i32>load<u8>(record + line);
      if (straddles) touched += <i32>load<u8>(record + stride - 1);
    }
    for (let row = first; row < last; row += 4) {
      addRecord<B, S>(records + <usize>load<u32>(row) * stride, columns, firsts);
    }
  }
  return touched;
}

/** Writes the addresses of the columns' first entries in a histogram. */
// @ts-ignore: decorator
@inline
function locate(histogram: usize, offsets: usize, columns: i32, shift: usize, firsts: usize): void {
  for (let at: usize = 0; at < <usize>columns << 2; at += 4) {
    store<u32>(firsts + at, <u32>histogram + (load<u32>(offsets + at) << <u32>shift));
  }
}

/**
 * Adds the statistics of rows that lie side by side, from `records` on, to the entries of their bins.
 *
 * @param binBytes 1 or 2: the size of a bin in a record
 * @param offsets the number of each column's first entry
 * @param firsts room for an address (32 bits) a column
 */
export function addRange(
  records: usize, stride: usize, count: i32, binBytes: i32, isPaired: bool, columns: i32, offsets: usize, histogram: usize, firsts: usize,
): void {
  locate(histogram, offsets, columns, isPaired ? 4 : 3, firsts);
  if (binBytes == 1) {
    if (isPaired) addNeighbours<u8, v128>(records, stride, count, columns, firsts);
    else addNeighbours<u8, i64>(records, stride, count, columns, firsts);
  } else {
    if (isPaired) addNeighbours<u16, v128>(records, stride, count, columns, firsts);
    else addNeighbours<u16, i64>(records, stride, count, columns, firsts);
  }
}

/**
 * `addRange` for the rows whose numbers are at `rows`.
 *
 * @returns nothing of use: it keeps the loads ahead from being optimised away
 */
export function addRows(
  rows: usize, count: i32, records: usize, stride: usize, binBytes: i32, isPaired: bool, columns: i32, offsets: usize, histogram: usize, firsts: usize,
): i32 {
  locate(histogram, offsets, columns, isPaired ? 4 : 3, firsts);
  if (binBytes == 1) {
    if (isPaired) return addScattered<u8, v128>(rows, count, records, stride, columns, firsts);
    return addScattered<u8, i64>(rows, count, records, stride, columns, firsts);
  }
  if (isPaired) return addScattered<u16, v128>(rows, count, records, stride, columns, firsts);
  return addScattered<u16, i64>(rows, count, records, stride, columns, firsts);
}

/** The sum of the absolute values (float32) of the rows that are drawn (uint8, 0 or 1), and how many those are, as two float64 at `sums`. */
export function measure(values: usize, drawn: usize, count: i32, sums: usize): void {
  let total: f64 = 0;
  let rows: i32 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const isDrawn = <i32>load<u8>(drawn + i);
    total += <f64>(abs(load<f32>(values + (i << 2))) * <f32>isDrawn);
    rows += isDrawn;
  }
  store<f64>(sums, total);
  store<f64>(sums, <f64>rows, 8);
}

/** Added to a float64, it leaves no place for a fraction: the lowest bits are then a whole number, rounded. */
const ROUNDING: f64 = 6755399441055744; // 1.5 · 2⁵²

/** The nearest whole number; of numbers below 2⁵¹. */
// @ts-ignore: decorator
@inline
function rounded(value: f64): i64 {
  return reinterpret<i64>(value + ROUNDING) - reinterpret<i64>(ROUNDING);
}

/** Writes into records the statistics where every hessian is 1: gradients (float32) times `scale`; nothing of rows that are not drawn. */
export function packGradients(
  gradients: usize, drawn: usize, count: i32, scale: f64, bits: i64, records: usize, stride: usize,
): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const isDrawn = <i64>load<u8>(drawn + i);
    const gradient = rounded(<f64>load<f32>(gradients + (i << 2)) * scale);
    store<i64>(records, ((gradient << bits) + 1) * isDrawn);
    records += stride;
  }
}

/** The same for gradients and hessians, each times its scale. */
export function packPairs(
  gradients: usize, hessians: usize, drawn: usize, count: i32, gradientScale: f64, hessianScale: f64, records: usize, stride: usize,
): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const isDrawn = <i64>load<u8>(drawn + i);
    store<i64>(records, rounded(<f64>load<f32>(gradients + (i << 2)) * gradientScale) * isDrawn);
    store<i64>(records, rounded(<f64>load<f32>(hessians + (i << 2)) * hessianScale) * isDrawn, 8);
    records += stride;
  }
}

/** Spreads the numbers of rows over 2³², however they are chosen: 2³² over the golden ratio. */
const STRIDE: u32 = 0x9e3779b9;

/**
 * The same for both in one int64 of 32 bits each. A number is rounded up as often as it is closer to the next: by where the row's
 * number, from `first` on, falls between two whole ones.
 */
export function packTogether(
  gradients: usize, hessians: usize, drawn: usize, first: i32, count: i32, gradientScale: f64, hessianScale: f64, records: usize, stride: usize,
): void {
  const unit: f64 = 1.0 / 4294967296.0;
  let place: u32 = <u32>first * STRIDE;
  for (let i: usize = 0; i < <usize>count; i++) {
    const isDrawn = <i64>load<u8>(drawn + i);
    const shift = <f64>place * unit - 0.5;
    const gradient = rounded(<f64>load<f32>(gradients + (i << 2)) * gradientScale + shift);
    const hessian = rounded(<f64>load<f32>(hessians + (i << 2)) * hessianScale - shift);
    store<i64>(records, ((gradient << 32) + hessian) * isDrawn);
    records += stride;
    place += STRIDE;
  }
}

/** The sums of entries that pack two, hessians in the low `bits`, as two float64: of gradients and of hessians. */
export function unpackTogether(histogram: usize, count: i32, gradientScale: f64, hessianScale: f64, bits: i64, pairs: usize): void {
  const mask = (<i64>1 << bits) - 1;
  const gradientUnit = 1 / gradientScale;
  const hessianUnit = 1 / hessianScale;
  for (let k: usize = 0; k < <usize>count; k++) {
    const sums = load<i64>(histogram + (k << 3));
    store<f64>(pairs + (k << 4), <f64>(sums >> bits) * gradientUnit);
    store<f64>(pairs + (k << 4), <f64>(sums & mask) * hessianUnit, 8);
  }
}

/** The same for entries of two sums. */
export function unpackPairs(histogram: usize, count: i32, gradientScale: f64, hessianScale: f64, pairs: usize): void {
  const gradientUnit = 1 / gradientScale;
  const hessianUnit = 1 / hessianScale;
  for (let at: usize = 0; at < <usize>count << 4; at += 16) {
    store<f64>(pairs + at, <f64>load<i64>(histogram + at) * gradientUnit);
    store<f64>(pairs + at, <f64>load<i64>(histogram + at, 8) * hessianUnit, 8);
  }
}

/** histogram = 0 */
export function clear(histogram: usize, bytes: i32): void {
  memory.fill(histogram, 0, <usize>bytes);
}

/** histogram = histogram + other */
export function add(histogram: usize, other: usize, bytes: i32): void {
  for (let at: usize = 0; at < <usize>bytes; at += 8) {
    store<i64>(histogram + at, load<i64>(histogram + at) + load<i64>(other + at));
  }
}

/** histogram = histogram − other */
export function subtract(histogram: usize, other: usize, bytes: i32): void {
  for (let at: usize = 0; at < <usize>bytes; at += 8) {
    store<i64>(histogram + at, load<i64>(histogram + at) - load<i64>(other + at));
  }
}

/** Adds a leaf's value to the predictions (float32) of its rows. */
export function addValue(rows: usize, count: i32, value: f32, predictions: usize): void {
  for (let k: usize = 0; k < <usize>count; k++) {
    const at = predictions + (<usize>load<u32>(rows + (k << 2)) << 2);
    store<f32>(at, load<f32>(at) + value);
  }
}

/** Writes the numbers of rows, from `first` on. */
export function enumerate(rows: usize, first: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) store<u32>(rows + (<usize>i << 2), first + i);
}

/**
 * Partitions rows by the bins of one column (integers of type B), in place and in order: those up to `last` and those in bin
 * `also` go first. Each row is written to both sides and only one side's end moves, so that there is no branch to mispredict.
 *
 * @returns how many went first
 */
// @ts-ignore: decorator
@inline
function partition<B>(rows: usize, count: i32, bins: usize, last: i32, also: i32, spare: usize): i32 {
  const end = rows + (<usize>count << 2);
  let left = rows;
  let right = spare;
  for (let at = rows; at < end; at += 4) {
    const row = load<u32>(at);
    const bin = <i32>load<B>(bins + <usize>row * sizeof<B>());
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
