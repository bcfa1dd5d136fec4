// Ordered target statistics: see ../target-statistics.ts.

/**
 * Writes the bins of a projection's statistics, a byte each: three of the targets of a row's group before it, with the priors 0, ½
 * and 1, and how frequent the group is.
 *
 * @param order the rows in their random order, a uint32 each
 * @param groupOf the group of each row, as uint32
 * @param isHigh a byte a row, 0 or 1
 * @param frequencies of each group its bin, in the highest byte of a uint32
 * @param counts two uint32 for each group, 0
 * @param bins how many bins the range from 0 to 1 has
 */
export function describeRows(
  order: usize, rows: u32, groupOf: usize, isHigh: usize, frequencies: usize, counts: usize, bins: u32, words: usize,
): void {
  const priors = f32x4(0, 0.5, 1, 0);
  const scale = f32x4.mul(f32x4.splat(<f32>bins), f32x4(1, 1, 1, 0));
  const end = order + (<usize>rows << 2);
  for (; order < end; order += 4) {
    const row = <usize>load<u32>(order);
    const group = <usize>load<u32>(groupOf + (row << 2));
    const count = counts + (group << 3);
    const high = load<u32>(count);
    const total = load<u32>(count, 4);
    store<u32>(count, high + load<u8>(isHigh + row));
    store<u32>(count, total + 1, 4);
    const share = f32x4.div(f32x4.add(f32x4.splat(<f32>high), priors), f32x4.splat(<f32>(total + 1)));
    const own = i16x8.narrow_i32x4_u(i32x4.trunc_sat_f32x4_s(f32x4.mul(share, scale)), i32x4.splat(0));
    const word = i32x4.extract_lane(i8x16.narrow_i16x8_u(own, own), 0);
    store<u32>(words + (row << 2), word | load<u32>(frequencies + (group << 2)));
  }
}
