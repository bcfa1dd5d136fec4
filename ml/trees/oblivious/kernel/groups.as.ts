// The rows by the groups of a projection: see ../target-statistics/groups.ts.

/**
 * Shifts one bit more into each row's answers: 1 where it goes right at a test. Rows are taken by four: arrays must be so long.
 *
 * @param answers a uint32 a row
 * @param bins a word a row, of which the byte from bit `shift` on counts
 * @param bin rows of a higher one go right; where `oneHot`, of this one
 */
export function addAnswers(answers: usize, rows: u32, bins: usize, shift: u32, bin: u32, oneHot: bool): void {
  const border = i32x4.splat(bin);
  const byte = i32x4.splat(255);
  for (let at: usize = 0; at < <usize>rows << 2; at += 16) {
    const own = v128.and(i32x4.shr_u(v128.load(bins + at), shift), byte);
    const goesRight = oneHot ? i32x4.eq(own, border) : i32x4.gt_s(own, border);
    v128.store(answers + at, i32x4.sub(i32x4.shl(v128.load(answers + at), 1), goesRight));
  }
}

/**
 * Numbers the groups of rows by first appearance; returns how many there are. A row's key is its answers, and then one digit a category,
 * to the base of its size.
 *
 * @param categories of each the address of its codes, a uint32 a row, and its size
 * @param slots the group at each key plus 1, all 0; keys must be below their number unless they are hashed
 * @param mask one less than the number of slots, a power of two; 0 where keys are not hashed
 * @param groupOf set: a uint32 a row
 * @param keys set: a float64 a group
 * @param sizes set: a uint32 a group, how many rows it has
 */
export function groupRows(
  rows: u32, answers: usize, categories: usize, count: u32, slots: usize, mask: u32, groupOf: usize, keys: usize, sizes: usize,
): u32 {
  return mask == 0
    ? numberRows<u32>(rows, answers, categories, count, slots, mask, groupOf, keys, sizes)
    : numberRows<u64>(rows, answers, categories, count, slots, mask, groupOf, keys, sizes);
}

// @ts-ignore: decorator
@inline
function numberRows<K>(
  rows: u32, answers: usize, categories: usize, count: u32, slots: usize, mask: u32, groupOf: usize, keys: usize, sizes: usize,
): u32 {
  const end = categories + (<usize>count << 3);
  let groups: u32 = 0;
  for (let at: usize = 0; at < <usize>rows << 2; at += 4) {
    let key = <K>load<u32>(answers + at);
    for (let category = categories; category < end; category += 8)
      key = key * <K>load<u32>(category, 4) + <K>load<u32>(<usize>load<u32>(category) + at);
    let slot = <usize>key;
    if (sizeof<K>() == 8) {
      slot = <usize>(<u32>((<u64>key * 0x9e3779b97f4a7c15) >> 32) & mask);
      // The next free one, where another key has it.
      for (let group = load<u32>(slots + (slot << 2)); group != 0; group = load<u32>(slots + (slot << 2))) {
        if (load<f64>(keys + (<usize>(group - 1) << 3)) == <f64>key) break;
        slot = (slot + 1) & <usize>mask;
      }
    }
    let group = load<u32>(slots + (slot << 2));
    if (group == 0) {
      store<f64>(keys + (<usize>groups << 3), <f64>key);
      store<u32>(sizes + (<usize>groups << 2), 0);
      group = ++groups;
      store<u32>(slots + (slot << 2), group);
    }
    store<u32>(groupOf + at, group - 1);
    const size = sizes + (<usize>(group - 1) << 2);
    store<u32>(size, load<u32>(size) + 1);
  }
  return groups;
}
