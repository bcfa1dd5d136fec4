// Sums of trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. JavaScript checks every index and has no vectors.
// Arrays are given by their addresses in the memory that the arena shares; tree-records.ts writes the trees.
//
// A node is a record of 8 bytes: the key of its threshold, an int32; then, in 32 bits, the place of its column among the keys of a row
// (the low 8 bits, or 16 where rows have more than 256 keys), and how many records further its left child stands (the others). The right
// child stands behind the left one. A leaf is a node whose threshold nothing exceeds and whose left child is itself, so that rows that
// descend together need not ask who has arrived. The values of nodes, float64, stand in their order in an array of their own.
//
// Keys are the whole numbers that are in the order of float32 values. A missing value has the smallest or the largest, so that it goes left
// or right by itself; where nodes differ in that, a row has the keys of both kinds. Whether a key exceeds another is a number (0 or 1), and no
// branch: every second one would be mispredicted. A step down waits for the one before, so eight descents go on at a time.

const SMALLEST: i32 = i32.MIN_VALUE;
const LARGEST: i32 = i32.MAX_VALUE;

/** Steps that are taken without asking whether all have arrived; shallow trees have no more. */
const UNASKED: i32 = 8;

// A tree: the address of its root, and how many steps lead to its deepest leaf.
const ROOT: usize = 0;
const STEPS: usize = 4;

/**
 * Writes the keys of rows: of numbers (float64) that are rounded to float32.
 *
 * @param missing 0 where a missing value goes left everywhere, 1 where it goes right, 2 for a row of the one and then the other
 */
export function toKeys(from: usize, to: usize, rows: i32, columns: i32, missing: i32): void {
  if (missing != 2) {
    writeKeys(from, to, rows * columns, missing == 0 ? SMALLEST : LARGEST);
    return;
  }
  const bytes = <usize>columns << 2;
  for (; rows > 0; rows--, from += bytes << 1, to += bytes << 1) {
    writeKeys(from, to, columns, SMALLEST);
    writeKeys(from, to + bytes, columns, LARGEST);
  }
}

function writeKeys(from: usize, to: usize, count: i32, missing: i32): void {
  const ofMissing = i32x4.splat(missing);
  for (; count >= 4; count -= 4, from += 32, to += 16) {
    const low = f32x4.demote_f64x2_zero(v128.load(from));
    const high = f32x4.demote_f64x2_zero(v128.load(from, 16));
    const values = v128.shuffle<i64>(low, high, 0, 2);
    // 0 is added, since −0 and 0 are equal.
    const bits = f32x4.add(values, f32x4.splat(0));
    const keys = v128.xor(bits, v128.and(i32x4.shr_s(bits, 31), i32x4.splat(LARGEST)));
    v128.store(to, v128.bitselect(keys, ofMissing, f32x4.eq(values, values)));
  }
  for (; count > 0; count--, from += 8, to += 4) {
    const value = <f32>load<f64>(from);
    const bits = reinterpret<i32>(value + 0);
    store<i32>(to, value == value ? bits ^ ((bits >> 31) & LARGEST) : missing);
  }
}

/** 1 where the key at an address exceeds another, else 0. */
// @ts-ignore: decorator
@inline
function exceeds(at: usize, key: i32): u32 {
  return u32(load<i32>(at) > key);
}

/** Where the column of a node is among the keys of a row, in bytes. @param P the type of the place of a column */
// @ts-ignore: decorator
@inline
function placeOf<P>(node: usize): usize {
  return <usize>load<P>(node, 4) << 2;
}

/** How many records further the left child of a node stands. */
// @ts-ignore: decorator
@inline
function furtherOf<P>(node: usize): u32 {
  return load<u32>(node, 4) >> (8 * sizeof<P>());
}

/** The child that a row goes to, or the node itself where it is a leaf. */
// @ts-ignore: decorator
@inline
function next<P>(node: usize, row: usize): usize {
  const goesRight = exceeds(row + placeOf<P>(node), load<i32>(node));
  return node + (<usize>(furtherOf<P>(node) + goesRight) << 3);
}

/** A sum, and one more. */
// @ts-ignore: decorator
@inline
function plus(sum: f64, value: f64, isSingle: bool): f64 {
  const more = sum + value;
  return isSingle ? <f64><f32>more : more;
}

/** Adds a value to a sum, both at their addresses. */
// @ts-ignore: decorator
@inline
function add(sum: usize, value: usize, isSingle: bool): void {
  store<f64>(sum, plus(load<f64>(sum), load<f64>(value), isSingle));
}

/**
 * Adds to the sums of rows the leaves of trees, one tree after the other.
 *
 * @param trees so many, `treeBytes` apart
 * @param values what leads from the address of a node to that of its value
 * @param isWide whether the place of a column takes 16 bits
 * @param isSingle whether sums are float32
 * @param rows their keys, `rowBytes` apart; up to the next multiple of 8 there is room for them, and for their sums
 */
export function addTrees(
  trees: usize, treeCount: i32, treeBytes: usize, values: usize, isWide: bool, isSingle: bool, rows: usize, rowCount: i32, rowBytes: usize, sums: usize,
): void {
  if (rowCount < 8) {
    for (; rowCount > 0; rowCount--, rows += rowBytes, sums += 8) {
      if (isWide) descendRow<u16, f64>(trees, treeCount, treeBytes, values, isSingle, rows, sums);
      else descendRow<u8, f64>(trees, treeCount, treeBytes, values, isSingle, rows, sums);
    }
    return;
  }
  const end = rows + <usize>rowCount * rowBytes;
  for (; treeCount > 0; treeCount--, trees += treeBytes) {
    if (isWide) addTree<u16>(trees, values, isSingle, rows, end, rowBytes, sums);
    else addTree<u8>(trees, values, isSingle, rows, end, rowBytes, sums);
  }
}

/** Adds a tree to rows, of which eight descend at a time. All ask the same at the root. */
function addTree<P>(tree: usize, values: usize, isSingle: bool, rows: usize, end: usize, rowBytes: usize, sums: usize): void {
  const root = <usize>load<u32>(tree, ROOT);
  const steps = load<i32>(tree, STEPS) - 1;
  const unasked = min(steps, UNASKED);
  const key = load<i32>(root);
  const place = placeOf<P>(root);
  const left = root + (<usize>furtherOf<P>(root) << 3);
  for (let row = rows; row < end; row += rowBytes << 3, sums += 64) {
    const second = row + rowBytes;
    const third = second + rowBytes;
    const fourth = third + rowBytes;
    const fifth = fourth + rowBytes;
    const sixth = fifth + rowBytes;
    const seventh = sixth + rowBytes;
    const eighth = seventh + rowBytes;
    let a = left + (<usize>exceeds(row + place, key) << 3);
    let b = left + (<usize>exceeds(second + place, key) << 3);
    let c = left + (<usize>exceeds(third + place, key) << 3);
    let d = left + (<usize>exceeds(fourth + place, key) << 3);
    let e = left + (<usize>exceeds(fifth + place, key) << 3);
    let f = left + (<usize>exceeds(sixth + place, key) << 3);
    let g = left + (<usize>exceeds(seventh + place, key) << 3);
    let h = left + (<usize>exceeds(eighth + place, key) << 3);
    for (let step = unasked; step > 0; step--) {
      a = next<P>(a, row);
      b = next<P>(b, second);
      c = next<P>(c, third);
      d = next<P>(d, fourth);
      e = next<P>(e, fifth);
      f = next<P>(f, sixth);
      g = next<P>(g, seventh);
      h = next<P>(h, eighth);
    }
    for (let step = steps - unasked; step > 0; step--) {
      const before = a + b + c + d + e + f + g + h;
      a = next<P>(a, row);
      b = next<P>(b, second);
      c = next<P>(c, third);
      d = next<P>(d, fourth);
      e = next<P>(e, fifth);
      f = next<P>(f, sixth);
      g = next<P>(g, seventh);
      h = next<P>(h, eighth);
      // None goes up, so that all have arrived once their sum stays.
      if (a + b + c + d + e + f + g + h == before) break;
    }
    add(sums, a + values, isSingle);
    add(sums + 8, b + values, isSingle);
    add(sums + 16, c + values, isSingle);
    add(sums + 24, d + values, isSingle);
    add(sums + 32, e + values, isSingle);
    add(sums + 40, f + values, isSingle);
    add(sums + 48, g + values, isSingle);
    add(sums + 56, h + values, isSingle);
  }
}

/**
 * Writes the leaves that rows fall into, rows × trees: the number of each among the nodes, an int32.
 *
 * @param nodes the address of the first node
 */
export function findLeaves(
  trees: usize, treeCount: i32, treeBytes: usize, nodes: usize, isWide: bool, rows: usize, rowCount: i32, rowBytes: usize, leaves: usize,
): void {
  for (; rowCount > 0; rowCount--, rows += rowBytes, leaves += <usize>treeCount << 2) {
    if (isWide) descendRow<u16, i32>(trees, treeCount, treeBytes, nodes, false, rows, leaves);
    else descendRow<u8, i32>(trees, treeCount, treeBytes, nodes, false, rows, leaves);
  }
}

/**
 * Lets one row descend eight trees at a time.
 *
 * @param W f64 to add their leaves to the sum at `into`; i32 to write the numbers of these there, of which `values` is the first node
 */
function descendRow<P, W>(trees: usize, count: i32, treeBytes: usize, values: usize, isSingle: bool, row: usize, into: usize): void {
  let sum: f64 = isFloat<W>() ? load<f64>(into) : 0;
  for (; count >= 8; count -= 8, trees += treeBytes << 3) {
    const second = trees + treeBytes;
    const third = second + treeBytes;
    const fourth = third + treeBytes;
    const fifth = fourth + treeBytes;
    const sixth = fifth + treeBytes;
    const seventh = sixth + treeBytes;
    const eighth = seventh + treeBytes;
    let a = <usize>load<u32>(trees, ROOT);
    let b = <usize>load<u32>(second, ROOT);
    let c = <usize>load<u32>(third, ROOT);
    let d = <usize>load<u32>(fourth, ROOT);
    let e = <usize>load<u32>(fifth, ROOT);
    let f = <usize>load<u32>(sixth, ROOT);
    let g = <usize>load<u32>(seventh, ROOT);
    let h = <usize>load<u32>(eighth, ROOT);
    let steps = max(load<i32>(trees, STEPS), load<i32>(second, STEPS));
    steps = max(steps, load<i32>(third, STEPS));
    steps = max(steps, load<i32>(fourth, STEPS));
    steps = max(steps, load<i32>(fifth, STEPS));
    steps = max(steps, load<i32>(sixth, STEPS));
    steps = max(steps, load<i32>(seventh, STEPS));
    steps = max(steps, load<i32>(eighth, STEPS));
    const unasked = min(steps, UNASKED);
    for (let step = unasked; step > 0; step--) {
      a = next<P>(a, row);
      b = next<P>(b, row);
      c = next<P>(c, row);
      d = next<P>(d, row);
      e = next<P>(e, row);
      f = next<P>(f, row);
      g = next<P>(g, row);
      h = next<P>(h, row);
    }
    for (let step = steps - unasked; step > 0; step--) {
      const before = a + b + c + d + e + f + g + h;
      a = next<P>(a, row);
      b = next<P>(b, row);
      c = next<P>(c, row);
      d = next<P>(d, row);
      e = next<P>(e, row);
      f = next<P>(f, row);
      g = next<P>(g, row);
      h = next<P>(h, row);
      if (a + b + c + d + e + f + g + h == before) break;
    }
    if (isFloat<W>()) {
      sum = plus(sum, load<f64>(a + values), isSingle);
      sum = plus(sum, load<f64>(b + values), isSingle);
      sum = plus(sum, load<f64>(c + values), isSingle);
      sum = plus(sum, load<f64>(d + values), isSingle);
      sum = plus(sum, load<f64>(e + values), isSingle);
      sum = plus(sum, load<f64>(f + values), isSingle);
      sum = plus(sum, load<f64>(g + values), isSingle);
      sum = plus(sum, load<f64>(h + values), isSingle);
    } else {
      store<u32>(into, (a - values) >> 3);
      store<u32>(into, (b - values) >> 3, 4);
      store<u32>(into, (c - values) >> 3, 8);
      store<u32>(into, (d - values) >> 3, 12);
      store<u32>(into, (e - values) >> 3, 16);
      store<u32>(into, (f - values) >> 3, 20);
      store<u32>(into, (g - values) >> 3, 24);
      store<u32>(into, (h - values) >> 3, 28);
      into += 32;
    }
  }
  for (; count > 0; count--, trees += treeBytes) {
    let node = <usize>load<u32>(trees, ROOT);
    for (let steps = load<i32>(trees, STEPS); steps > 0; steps--) node = next<P>(node, row);
    if (isFloat<W>()) {
      sum = plus(sum, load<f64>(node + values), isSingle);
    } else {
      store<u32>(into, (node - values) >> 3);
      into += 4;
    }
  }
  if (isFloat<W>()) store<f64>(into, sum);
}
