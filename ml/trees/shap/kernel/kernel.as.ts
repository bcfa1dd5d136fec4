// Shapley values of trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. JavaScript has no vectors. Arrays are
// given by their addresses in the memory that the arena shares; tree-writer.ts writes them.
//
// At a leaf the Shapley value of column j is (o − z) · value · ∫ Π (z + (o − z) t) dt, from 0 to 1, over the other columns of its path: o is 1
// where the row goes the leaf's way at every split of a column, else 0, and z is the share of the training rows that do. The integral is a
// sum over the points t of a quadrature. Of every node there are, for each point,
//
//   C, the quadrature's weight times the product of z + (o − z) t over the columns of the path to it, from the root down, and
//   G, the sum over the leaves below it of their value times the product over what is below the node, from the leaves up,
//
// so that a split's column adds C · Σ (o − z) G, summed over its two children. A column that a split has in common with one above it (its
// ancestor) takes part with the o and z of both, and the ancestor's factor is divided out. Where the row has not gone the ancestor's way, o
// stays 0, and what is left of the factor is the share of the ancestor's rows: as if z were that, and o − z were 0.
//
// Nothing but whether there is an ancestor is a branch: a row's way would be mispredicted at every other split.

// A tree: where its splits begin and end, but for those whose children are both leaves; where these begin and end; where the leaves of other
// splits begin and end; its quadrature (the points, then their weights), and how many bytes a number for each point takes.
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

// A node's place in the scratch memory: its o, a float64; then C; then G.
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
    const points = <usize>load<u32>(tree, QUADRATURE);
    const bytes = <usize>load<u32>(tree, BYTES);
    // The same for every row.
    memory.copy(scratch + HEAD, points + bytes, bytes);
    const leavesEnd = <usize>load<u32>(tree, LEAVES_END);
    for (let leaf = <usize>load<u32>(tree, LEAVES); leaf < leavesEnd; leaf += LEAF) {
      const value = v128.load64_splat(leaf);
      const G = scratch + load<u32>(leaf, 8) + HEAD + bytes;
      for (let at: usize = 0; at < bytes; at += 16) v128.store(G + at, value);
    }
    let row = rows;
    let sum = sums;
    for (let i = 0; i < rowCount; i++, row += rowBytes, sum += sumBytes) {
      for (let split = splits; split < splitsEnd; split += SPLIT) descend(split, row, scratch, points, bytes);
      for (let last = lasts; last < lastsEnd; last += LAST) turn(last, row, scratch, points, bytes, sum);
      for (let split = splitsEnd; split > splits; ) {
        split -= SPLIT;
        ascend(split, scratch, points, bytes, sum);
      }
    }
  }
}

/** 1 where a row goes left at a split, else 0. */
// @ts-ignore: decorator
@inline
function goesLeft(split: usize, row: usize): f64 {
  const value = <f64>load<f32>(row + load<u32>(split, COLUMN));
  const isMissing = i32(value != value);
  return <f64>((i32(value <= load<f64>(split, THRESHOLD)) & (1 ^ isMissing)) | (isMissing & load<i32>(split, MISSING_LEFT)));
}

/** The o of a split's ancestor; 1 where there is none. */
// @ts-ignore: decorator
@inline
function ancestorOf(split: usize, scratch: usize): f64 {
  const ancestor = load<u32>(split, ANCESTOR);
  return ancestor == 0 ? 1 : load<f64>(scratch + ancestor);
}

/** The z of the ancestor of a split; 1 where its o is 0. */
// @ts-ignore: decorator
@inline
function above(split: usize, has: f64): f64 {
  return select<f64>(load<f64>(split, ANCESTOR_SHARE), 1, has != 0);
}

/** What the factor of an ancestor is divided out by. */
// @ts-ignore: decorator
@inline
function inverse(z: f64, t: v128): v128 {
  return f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(z), f64x2.mul(f64x2.splat(1 - z), t)));
}

/** o and C of a split's children. */
// @ts-ignore: decorator
@inline
function descend(split: usize, row: usize, scratch: usize, points: usize, bytes: usize): void {
  const C = scratch + load<u32>(split, NODE) + HEAD;
  const left = scratch + load<u32>(split, LEFT);
  const right = left + HEAD + 2 * bytes;
  const has = ancestorOf(split, scratch);
  const oLeft = has * goesLeft(split, row);
  const oRight = has - oLeft;
  store<f64>(left, oLeft);
  store<f64>(right, oRight);
  const z = above(split, has);
  const zLeft = z * load<f64>(split, SHARE_LEFT);
  const zRight = z * load<f64>(split, SHARE_RIGHT);
  const toLeft = f64x2.splat(zLeft);
  const toRight = f64x2.splat(zRight);
  const moreLeft = f64x2.splat(oLeft - has * zLeft);
  const moreRight = f64x2.splat(oRight - has * zRight);
  const isFirst = load<u32>(split, ANCESTOR) == 0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const t = v128.load(points + at);
    let c = v128.load(C + at);
    if (!isFirst) c = f64x2.mul(c, inverse(z, t));
    v128.store(left + HEAD + at, f64x2.mul(c, f64x2.add(toLeft, f64x2.mul(moreLeft, t))));
    v128.store(right + HEAD + at, f64x2.mul(c, f64x2.add(toRight, f64x2.mul(moreRight, t))));
  }
}

/** G of a split, from those of its children; and what its column adds. */
// @ts-ignore: decorator
@inline
function ascend(split: usize, scratch: usize, points: usize, bytes: usize, sums: usize): void {
  const C = scratch + load<u32>(split, NODE) + HEAD;
  const G = C + bytes;
  const left = scratch + load<u32>(split, LEFT);
  const right = left + HEAD + 2 * bytes;
  const oLeft = load<f64>(left);
  const oRight = load<f64>(right);
  // The row goes one of both ways, or has not gone the ancestor's.
  const has = oLeft + oRight;
  const z = above(split, has);
  const zLeft = z * load<f64>(split, SHARE_LEFT);
  const zRight = z * load<f64>(split, SHARE_RIGHT);
  const toLeft = f64x2.splat(zLeft);
  const toRight = f64x2.splat(zRight);
  const moreLeft = f64x2.splat(oLeft - has * zLeft);
  const moreRight = f64x2.splat(oRight - has * zRight);
  const isFirst = load<u32>(split, ANCESTOR) == 0;
  let added = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const t = v128.load(points + at);
    const ofLeft = v128.load(left + HEAD + bytes + at);
    const ofRight = v128.load(right + HEAD + bytes + at);
    let more = f64x2.add(f64x2.mul(moreLeft, ofLeft), f64x2.mul(moreRight, ofRight));
    let all = f64x2.add(f64x2.add(f64x2.mul(toLeft, ofLeft), f64x2.mul(toRight, ofRight)), f64x2.mul(more, t));
    if (!isFirst) {
      const without = inverse(z, t);
      all = f64x2.mul(all, without);
      more = lessAncestor(more, all, without, z);
    }
    v128.store(G + at, all);
    added = f64x2.add(added, f64x2.mul(v128.load(C + at), more));
  }
  const sum = sums + load<u32>(split, SUM);
  v128.store(sum, f64x2.add(v128.load(sum), added));
}

/** What a column adds to leaves at a split, less what it would at the ancestor, which does not know of this one. */
// @ts-ignore: decorator
@inline
function lessAncestor(more: v128, all: v128, without: v128, z: f64): v128 {
  return f64x2.mul(without, f64x2.sub(more, f64x2.mul(f64x2.splat(1 - z), all)));
}

/** `descend` and `ascend` of a split whose children are leaves: there sums over these are no vectors yet. */
// @ts-ignore: decorator
@inline
function turn(last: usize, row: usize, scratch: usize, points: usize, bytes: usize, sums: usize): void {
  const C = scratch + load<u32>(last, NODE) + HEAD;
  const G = C + bytes;
  const left = load<f64>(last, VALUE_LEFT);
  const right = load<f64>(last, VALUE_RIGHT);
  const has = ancestorOf(last, scratch);
  const oLeft = has * goesLeft(last, row);
  const z = above(last, has);
  const zLeft = z * load<f64>(last, SHARE_LEFT);
  const zRight = z * load<f64>(last, SHARE_RIGHT);
  const mean = f64x2.splat(zLeft * left + zRight * right);
  const slope = f64x2.splat((oLeft - has * zLeft) * left + (has - oLeft - has * zRight) * right);
  const isFirst = load<u32>(last, ANCESTOR) == 0;
  let added = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const t = v128.load(points + at);
    let all = f64x2.add(mean, f64x2.mul(slope, t));
    let more = slope;
    if (!isFirst) {
      const without = inverse(z, t);
      all = f64x2.mul(all, without);
      more = lessAncestor(more, all, without, z);
    }
    v128.store(G + at, all);
    added = f64x2.add(added, f64x2.mul(v128.load(C + at), more));
  }
  const sum = sums + load<u32>(last, SUM);
  v128.store(sum, f64x2.add(v128.load(sum), added));
}
