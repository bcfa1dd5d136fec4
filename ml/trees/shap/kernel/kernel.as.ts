// Shapley values of trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. JavaScript has no vectors. Arrays are
// given by their addresses in the memory that the arena shares; prepared-trees.ts writes them.
//
// At a leaf the Shapley value of column j is (o − z) · value · ∫ Π (z + t (o − z)) dt, from 0 to 1, over the other columns of its path: o is 1
// where the row goes the leaf's way at every split of a column, else 0, and z is the share of the training rows that do. The integral is a
// sum over the points t of a quadrature. Of every node there are, for each point,
//
//   C, the quadrature's weight times the product of z + t (o − z) over the columns of the path to it, from the root down, and
//   G, the sum over the leaves below it of their value times the product over what is below the node, from the leaves up,
//
// so that C · G at a split, with its own column divided out, is what its column adds. A column that a split has in common with one
// above it (its ancestor) takes part with the o and z of both; where the row has not gone the ancestor's way, o stays 0, and the split is
// no more than a share of the training rows.

// A tree: where its splits begin and end, but for those whose children are both leaves; where these begin and end; where the leaves of other
// splits begin and end; its quadrature, and how many bytes a number for each point takes.
const TREE: usize = 32;
const SPLITS: usize = 0;
const SPLITS_END: usize = 4;
const LASTS: usize = 8;
const LASTS_END: usize = 12;
const LEAVES: usize = 16;
const LEAVES_END: usize = 20;
const QUADRATURE: usize = 24;
const BYTES: usize = 28;

// A split, parents before their children: its threshold; the shares of its rows that go left and right; the z of its ancestor, 1 where it
// has none; where its column is in a row, and in the sums; the places of the node, its left child, and its ancestor (the child of the split
// above that has the column; 0 where there is none) in the scratch memory; and whether a missing value goes left.
const SPLIT: usize = 56;
const THRESHOLD: usize = 0;
const SHARE_LEFT: usize = 8;
const SHARE_RIGHT: usize = 16;
const ANCESTOR_SHARE: usize = 24;
const COLUMN: usize = 32;
const SUM: usize = 36;
const NODE: usize = 40;
const LEFT: usize = 44;
const ANCESTOR: usize = 48;
const MISSING_LEFT: usize = 52;

// One whose children are both leaves has their values too, and no place for them.
const LAST: usize = 72;
const VALUE_LEFT: usize = 56;
const VALUE_RIGHT: usize = 64;

// A leaf: its value, and its place in the scratch memory.
const LEAF: usize = 16;

// A node's place in the scratch memory: whether the row has gone its way at its split and its ancestors; then C; then G.
const HEAD: usize = 16;

/**
 * Adds up, for each of some rows, the Shapley values of trees.
 *
 * @param rows `rowBytes` apart: a float32 a column
 * @param sums `sumBytes` apart: two float64 for each column's sum, whose own sum it is; at first 0
 * @param scratch of this thread alone: for each of the nodes that have a place there 16 bytes, and two float64 a point
 */
export function explain(
  trees: usize, treeCount: i32, rows: usize, rowCount: i32, rowBytes: usize, sums: usize, sumBytes: usize, scratch: usize,
): void {
  for (let tree = trees; treeCount > 0; treeCount--, tree += TREE) {
    const splits = <usize>load<u32>(tree, SPLITS);
    const splitsEnd = <usize>load<u32>(tree, SPLITS_END);
    const lasts = <usize>load<u32>(tree, LASTS);
    const lastsEnd = <usize>load<u32>(tree, LASTS_END);
    const quadrature = <usize>load<u32>(tree, QUADRATURE);
    const bytes = <usize>load<u32>(tree, BYTES);
    const child = HEAD + 2 * bytes;
    // The same for every row.
    memory.copy(scratch + HEAD, quadrature + 2 * bytes, bytes);
    const leavesEnd = <usize>load<u32>(tree, LEAVES_END);
    for (let leaf = <usize>load<u32>(tree, LEAVES); leaf < leavesEnd; leaf += LEAF) {
      const value = v128.load64_splat(leaf);
      const G = scratch + load<u32>(leaf, 8) + HEAD + bytes;
      for (let at: usize = 0; at < bytes; at += 16) v128.store(G + at, value);
    }
    let row = rows;
    let sum = sums;
    for (let i = 0; i < rowCount; i++, row += rowBytes, sum += sumBytes) {
      for (let split = splits; split < splitsEnd; split += SPLIT) {
        decide(split, row, scratch, child);
        descend(split, scratch, child, quadrature, bytes);
      }
      for (let last = lasts; last < lastsEnd; last += LAST) turn(last, row, scratch, quadrature, bytes, sum);
      for (let split = splitsEnd; split > splits; ) {
        split -= SPLIT;
        ascend(split, scratch, child, quadrature, bytes, sum);
      }
    }
  }
}

/** Whether a row goes left at a split, 1 or 0. */
// @ts-ignore: decorator
@inline
function goesLeft(split: usize, row: usize): i32 {
  const value = <f64>load<f32>(row + load<u32>(split, COLUMN));
  const isMissing = i32(value != value);
  return (i32(value <= load<f64>(split, THRESHOLD)) & (1 ^ isMissing)) | (isMissing & load<i32>(split, MISSING_LEFT));
}

/** Notes of both children of a split whether the row goes their way there, and has at the ancestor. */
// @ts-ignore: decorator
@inline
function decide(split: usize, row: usize, scratch: usize, child: usize): void {
  const goes = goesLeft(split, row);
  const ancestor = load<u32>(split, ANCESTOR);
  const has = ancestor == 0 ? 1 : load<i32>(scratch + ancestor);
  const left = scratch + load<u32>(split, LEFT);
  store<i32>(left, has & goes);
  store<i32>(left + child, has & (1 ^ goes));
}

/** C of a split's children. */
// @ts-ignore: decorator
@inline
function descend(split: usize, scratch: usize, child: usize, quadrature: usize, bytes: usize): void {
  const C = scratch + load<u32>(split, NODE) + HEAD;
  const left = scratch + load<u32>(split, LEFT);
  const right = left + child;
  const hasLeft = load<i32>(left);
  const shareLeft = load<f64>(split, SHARE_LEFT);
  const shareRight = load<f64>(split, SHARE_RIGHT);
  if ((hasLeft | load<i32>(right)) == 0) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const c = v128.load(C + at);
      v128.store(left + HEAD + at, f64x2.mul(c, f64x2.splat(shareLeft)));
      v128.store(right + HEAD + at, f64x2.mul(c, f64x2.splat(shareRight)));
    }
    return;
  }
  const own = select<usize>(left, right, hasLeft) + HEAD;
  const other = select<usize>(right, left, hasLeft) + HEAD;
  const above = load<f64>(split, ANCESTOR_SHARE);
  const z = above * select<f64>(shareLeft, shareRight, hasLeft);
  const zOther = f64x2.splat(above * select<f64>(shareRight, shareLeft, hasLeft));
  const zOwn = f64x2.splat(z);
  const rest = f64x2.splat(1 - z);
  if (load<u32>(split, ANCESTOR) == 0) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const c = v128.load(C + at);
      v128.store(own + at, f64x2.mul(c, f64x2.add(zOwn, f64x2.mul(rest, v128.load(quadrature + at)))));
      v128.store(other + at, f64x2.mul(c, f64x2.mul(zOther, v128.load(quadrature + bytes + at))));
    }
  } else {
    const zAbove = f64x2.splat(above);
    const restAbove = f64x2.splat(1 - above);
    for (let at: usize = 0; at < bytes; at += 16) {
      const t = v128.load(quadrature + at);
      const c = f64x2.div(v128.load(C + at), f64x2.add(zAbove, f64x2.mul(restAbove, t)));
      v128.store(own + at, f64x2.mul(c, f64x2.add(zOwn, f64x2.mul(rest, t))));
      v128.store(other + at, f64x2.mul(c, f64x2.mul(zOther, v128.load(quadrature + bytes + at))));
    }
  }
}

/** G of a split, from those of its children; and what its column adds. */
// @ts-ignore: decorator
@inline
function ascend(split: usize, scratch: usize, child: usize, quadrature: usize, bytes: usize, sums: usize): void {
  const C = scratch + load<u32>(split, NODE) + HEAD;
  const G = C + bytes;
  const left = scratch + load<u32>(split, LEFT);
  const right = left + child;
  const hasLeft = load<i32>(left);
  const shareLeft = load<f64>(split, SHARE_LEFT);
  const shareRight = load<f64>(split, SHARE_RIGHT);
  const below = HEAD + bytes;
  if ((hasLeft | load<i32>(right)) == 0) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const ofLeft = f64x2.mul(v128.load(left + below + at), f64x2.splat(shareLeft));
      const ofRight = f64x2.mul(v128.load(right + below + at), f64x2.splat(shareRight));
      v128.store(G + at, f64x2.add(ofLeft, ofRight));
    }
    return;
  }
  const own = select<usize>(left, right, hasLeft) + below;
  const other = select<usize>(right, left, hasLeft) + below;
  const above = load<f64>(split, ANCESTOR_SHARE);
  const z = above * select<f64>(shareLeft, shareRight, hasLeft);
  const zOther = f64x2.splat(above * select<f64>(shareRight, shareLeft, hasLeft));
  const zOwn = f64x2.splat(z);
  const rest = f64x2.splat(1 - z);
  let added = f64x2.splat(0);
  if (load<u32>(split, ANCESTOR) == 0) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const g = v128.load(own + at);
      const q = f64x2.mul(zOther, v128.load(other + at));
      const f = f64x2.add(zOwn, f64x2.mul(rest, v128.load(quadrature + at)));
      v128.store(G + at, f64x2.add(f64x2.mul(f, g), f64x2.mul(q, v128.load(quadrature + bytes + at))));
      added = f64x2.add(added, f64x2.mul(v128.load(C + at), f64x2.sub(f64x2.mul(rest, g), q)));
    }
  } else {
    const zAbove = f64x2.splat(above);
    const restAbove = f64x2.splat(1 - above);
    for (let at: usize = 0; at < bytes; at += 16) {
      const t = v128.load(quadrature + at);
      const g = v128.load(own + at);
      const q = f64x2.mul(zOther, v128.load(other + at));
      const f = f64x2.add(zOwn, f64x2.mul(rest, t));
      const inverse = f64x2.div(f64x2.splat(1), f64x2.add(zAbove, f64x2.mul(restAbove, t)));
      const all = f64x2.mul(inverse, f64x2.add(f64x2.mul(f, g), f64x2.mul(q, v128.load(quadrature + bytes + at))));
      v128.store(G + at, all);
      // Less what the ancestor would add to the same leaves: it does not know of this split.
      const more = f64x2.mul(inverse, f64x2.sub(f64x2.sub(f64x2.mul(rest, g), q), f64x2.mul(restAbove, all)));
      added = f64x2.add(added, f64x2.mul(v128.load(C + at), more));
    }
  }
  const sum = sums + load<u32>(split, SUM);
  v128.store(sum, f64x2.add(v128.load(sum), added));
}

/** What `ascend` does, of a split whose children are leaves: there G is linear in t, or that divided by the ancestor's. */
// @ts-ignore: decorator
@inline
function turn(last: usize, row: usize, scratch: usize, quadrature: usize, bytes: usize, sums: usize): void {
  const C = scratch + load<u32>(last, NODE) + HEAD;
  const G = C + bytes;
  const goes = goesLeft(last, row);
  const ancestor = load<u32>(last, ANCESTOR);
  const shareLeft = load<f64>(last, SHARE_LEFT);
  const shareRight = load<f64>(last, SHARE_RIGHT);
  const left = load<f64>(last, VALUE_LEFT);
  const right = load<f64>(last, VALUE_RIGHT);
  if (ancestor != 0 && load<i32>(scratch + ancestor) == 0) {
    const mean = f64x2.splat(shareLeft * left + shareRight * right);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(G + at, mean);
    return;
  }
  const above = load<f64>(last, ANCESTOR_SHARE);
  const z = above * select<f64>(shareLeft, shareRight, goes);
  const own = select<f64>(left, right, goes);
  const other = above * select<f64>(shareRight, shareLeft, goes) * select<f64>(right, left, goes);
  const start = f64x2.splat(z * own + other);
  const slope = f64x2.splat((1 - z) * own - other);
  let added = f64x2.splat(0);
  if (ancestor == 0) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(G + at, f64x2.add(start, f64x2.mul(slope, v128.load(quadrature + at))));
      added = f64x2.add(added, v128.load(C + at));
    }
    added = f64x2.mul(slope, added);
  } else {
    const zAbove = f64x2.splat(above);
    const restAbove = f64x2.splat(1 - above);
    for (let at: usize = 0; at < bytes; at += 16) {
      const t = v128.load(quadrature + at);
      const inverse = f64x2.div(f64x2.splat(1), f64x2.add(zAbove, f64x2.mul(restAbove, t)));
      const all = f64x2.mul(inverse, f64x2.add(start, f64x2.mul(slope, t)));
      v128.store(G + at, all);
      const more = f64x2.mul(inverse, f64x2.sub(slope, f64x2.mul(restAbove, all)));
      added = f64x2.add(added, f64x2.mul(v128.load(C + at), more));
    }
  }
  const sum = sums + load<u32>(last, SUM);
  v128.store(sum, f64x2.add(v128.load(sum), added));
}
