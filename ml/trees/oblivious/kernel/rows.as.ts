// The rows of a tree: which of them are sampled, and in which leaf each is.

/** Up to so many rows a loop is quicker than a call of memory.copy. */
const FEW: usize = 64;

/**
 * Takes the rows of a sample: those whose sampling weight is not 0, in order, each with its gradient and its own weight times that.
 *
 * @param gradients and `sampling` and `weights`: a float64 a row; `weights` 0 where all are 1
 * @param total set to the sum of their pairs
 * @returns how many they are
 */
export function takeRows(gradients: usize, sampling: usize, weights: usize, count: u32, rows: usize, pairs: usize, total: usize): u32 {
  let taken: u32 = 0;
  let sum = f64x2.splat(0);
  for (let row: u32 = 0; row < count; row++) {
    const share = load<f64>(sampling + (<usize>row << 3));
    const weight = weights == 0 ? share : share * load<f64>(weights + (<usize>row << 3));
    const own = f64x2.replace_lane(f64x2.splat(weight), 0, load<f64>(gradients + (<usize>row << 3)) * share);
    store<u32>(rows + (<usize>taken << 2), row);
    v128.store(pairs + (<usize>taken << 4), own);
    sum = f64x2.add(sum, own);
    taken += <u32>(share > 0);
  }
  v128.store(total, sum);
  return taken;
}

/**
 * Partitions a leaf's rows and their pairs, in place and in order: those whose bin is not in `right` (a byte a bin, 1 or 0) stay,
 * the others become the leaf that is `leaves` further on. Where a row goes is computed, so that there is no branch to mispredict.
 *
 * @param level as in `scoreGroup`
 * @param bins a word a row, of which the byte from bit `shift` on counts
 * @param spareRows and `sparePairs`: as long as rows and pairs
 */
export function partition(level: usize, leaf: u32, leaves: u32, bins: usize, shift: u32, right: usize, spareRows: usize, sparePairs: usize): void {
  const rows = load<usize>(level);
  const pairs = load<usize>(level, 4);
  const starts = load<usize>(level, 8);
  const ends = load<usize>(level, 12);
  const totals = load<usize>(level, 16);
  const from = load<u32>(starts + (<usize>leaf << 2));
  const to = load<u32>(ends + (<usize>leaf << 2));
  let toRow = rows + (<usize>from << 2);
  let toPair = pairs + (<usize>from << 4);
  const firstSpareRow = spareRows + (<usize>from << 2);
  const firstSparePair = sparePairs + (<usize>from << 4);
  let spareRow = firstSpareRow;
  let sparePair = firstSparePair;
  let sumLeft = f64x2.splat(0);
  let sumRight = sumLeft;
  for (let at = from; at < to; at++) {
    const row = load<u32>(rows + (<usize>at << 2));
    const pair = v128.load(pairs + (<usize>at << 4));
    const goesRight = <usize>load<u8>(right + ((load<u32>(bins + (<usize>row << 2)) >> shift) & 255));
    // Not `goesRight ? … : …`, which becomes a branch.
    const isRight = <usize>0 - goesRight;
    store<u32>(toRow + ((spareRow - toRow) & isRight), row);
    v128.store(toPair + ((sparePair - toPair) & isRight), pair);
    const mask = i32x4.splat(<i32>isRight);
    sumRight = f64x2.add(sumRight, v128.and(pair, mask));
    sumLeft = f64x2.add(sumLeft, v128.andnot(pair, mask));
    toRow += 4 - (goesRight << 2);
    toPair += 16 - (goesRight << 4);
    spareRow += goesRight << 2;
    sparePair += goesRight << 4;
  }
  if (spareRow - firstSpareRow > FEW << 2) {
    memory.copy(toRow, firstSpareRow, spareRow - firstSpareRow);
    memory.copy(toPair, firstSparePair, sparePair - firstSparePair);
  } else {
    for (let at: usize = 0; at < spareRow - firstSpareRow; at += 4) {
      store<u32>(toRow + at, load<u32>(firstSpareRow + at));
      v128.store(toPair + (at << 2), v128.load(firstSparePair + (at << 2)));
    }
  }
  const middle = <u32>((toRow - rows) >> 2);
  const other = leaf + leaves;
  store<u32>(ends + (<usize>leaf << 2), middle);
  store<u32>(starts + (<usize>other << 2), middle);
  store<u32>(ends + (<usize>other << 2), to);
  v128.store(totals + (<usize>leaf << 4), sumLeft);
  v128.store(totals + (<usize>other << 4), sumRight);
}

/**
 * Finds the leaf of each row of a block, sampled or not, and sums up gradients and weights by leaf. Rows are taken by eight: arrays
 * must be so long.
 *
 * @param splits four uint32 each: bins, shift, the bin above which rows go right, and 1 where it is that bin which goes right
 * @param leafOf a uint16 a row: bit i is set where it goes right at split i
 * @param weights a float64 a row, 0 where all are 1
 * @param sums a pair for each of 2^depth leaves, overwritten
 */
export function placeRows(from: u32, to: u32, splits: usize, depth: u32, leafOf: usize, gradients: usize, weights: usize, sums: usize): void {
  memory.fill(leafOf + (<usize>from << 1), 0, <usize>(to - from) << 1);
  for (let level: u32 = 0; level < depth; level++, splits += 16) {
    const bins = load<usize>(splits);
    const shift = load<u32>(splits, 4);
    const border = i32x4.splat(load<u32>(splits, 8));
    const oneHot = load<u32>(splits, 12) == 1;
    const byte = i32x4.splat(255);
    const bit = i16x8.splat(<i16>1 << <i16>level);
    for (let row = from; row < to; row += 8) {
      const at = bins + (<usize>row << 2);
      const low = v128.and(i32x4.shr_u(v128.load(at), shift), byte);
      const high = v128.and(i32x4.shr_u(v128.load(at, 16), shift), byte);
      const goesRight = oneHot
        ? i16x8.narrow_i32x4_s(i32x4.eq(low, border), i32x4.eq(high, border))
        : i16x8.narrow_i32x4_s(i32x4.gt_s(low, border), i32x4.gt_s(high, border));
      const leaves = leafOf + (<usize>row << 1);
      v128.store(leaves, v128.or(v128.load(leaves), v128.and(goesRight, bit)));
    }
  }
  memory.fill(sums, 0, <usize>16 << depth);
  const ones = f64x2.splat(1);
  for (let row = from; row < to; row++) {
    const sum = sums + (<usize>load<u16>(leafOf + (<usize>row << 1)) << 4);
    const weight = weights == 0 ? ones : v128.load64_splat(weights + (<usize>row << 3));
    const pair = f64x2.replace_lane(weight, 0, load<f64>(gradients + (<usize>row << 3)));
    v128.store(sum, f64x2.add(v128.load(sum), pair));
  }
}

/** gradient −= weight × the value of the row's leaf, for a block of rows; `squares` is set to the sum of the new ones' squares. */
export function updateGradients(from: u32, to: u32, leafOf: usize, values: usize, weights: usize, gradients: usize, squares: usize): void {
  let sum: f64 = 0;
  for (let row = from; row < to; row++) {
    let value = load<f64>(values + (<usize>load<u16>(leafOf + (<usize>row << 1)) << 3));
    if (weights != 0) value *= load<f64>(weights + (<usize>row << 3));
    const at = gradients + (<usize>row << 3);
    const gradient = load<f64>(at) - value;
    store<f64>(at, gradient);
    sum += gradient * gradient;
  }
  store<f64>(squares, sum);
}
