// Growing a whole tree by the squared error, for the kernel of the exact trees: what grow.ts does with a criterion, column by column.

import { countPlaces, enterNode, markRight, partition, scan, sumPlaces, takeRows } from './kernel.as';

/** Impurity that is rounding. */
const EPSILON: f64 = 2.220446049250313e-16;

/** The addresses of all that a tree is grown on and written to, and the rules, as kernel-growth.ts writes them. */
// @ts-ignore: decorator
@unmanaged
class Task {
  /** The rules. */
  minDecrease: f64;
  maxDepth: u32;
  minSplit: u32;
  minLeaf: u32;
  maxFeatures: u32;
  /** Whether rows that are not in the tree are to be followed. */
  follows: u32;
  /** The rows of the matrix; how many, and of each its target, its weight, its pair, and whether it is marked. */
  total: u32;
  y: usize;
  weights: usize;
  pairs: usize;
  marks: usize;
  /** The rows in the tree, those that are not, their pairs beside each other, and as much room as for the rows. */
  rows: usize;
  others: usize;
  nodePairs: usize;
  spare: usize;
  /** The columns in the order of the root, and how many, of which so many vary; and the same, in the order of the search. */
  inOrder: usize;
  columns: usize;
  columnCount: u32;
  varying: u32;
  /** Of each column: its values by rank, its list and that of all rows (0 where it has none), its place, and its rarer rank. */
  least: usize;
  lists: usize;
  sorted: usize;
  placeOf: usize;
  rarer: usize;
  ranks: usize;
  isWide: u32;
  /** Of columns of two values, as `countPlaces` has them. */
  starts: usize;
  places: usize;
  placeCount: u32;
  counts: usize;
  sums: usize;
  /** What `enterNode` says of a node, and the best score. */
  answers: usize;
  /** The nodes: of each its rows, its other rows, its depth, and so on; and those that wait. */
  start: usize;
  end: usize;
  otherStart: usize;
  otherEnd: usize;
  depth: usize;
  mayVary: usize;
  column: usize;
  right: usize;
  threshold: usize;
  value: usize;
  impurity: usize;
  weight: usize;
  waiting: usize;
}

// @ts-ignore: decorator
@inline
function at32(list: usize, i: u32): u32 {
  return load<u32>(list + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
function set32(list: usize, i: u32, value: u32): void {
  store<u32>(list + (<usize>i << 2), value);
}

/** Draws as xorshift.ts does. */
let state: u32 = 1;

function below(n: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return ((state >> 16) * n) >> 16;
}

/** The best split of the node. */
let bestColumn: i32 = -1;
let bestLower: u32 = 0;
let bestHigher: u32 = 0;

/** Whether each row in the tree has the weight 1, so that a sum of weights is a number of rows. */
let isUnit: bool = false;

let nodes: u32 = 0;
let waits: u32 = 0;

/**
 * Grows a tree depth first.
 *
 * @param seed of the draws of columns, not 0
 * @returns how many nodes it has
 */
export function growTree(task: usize, seed: u32): u32 {
  const t = changetype<Task>(task);
  const count = begin(t);
  state = seed;
  shuffleColumns(t);
  nodes = 0;
  waits = 0;
  open(t, 0, count, 0, t.follows ? t.total - count : 0, 0, t.varying);
  let total: f64 = 0;
  while (waits > 0) {
    const node = at32(t.waiting, --waits);
    const start = at32(t.start, node);
    const end = at32(t.end, node);
    const depth = at32(t.depth, node);
    const rows = end - start;
    enterNode(t.rows, start, end, t.pairs, t.y, t.nodePairs, t.answers);
    const weight = load<f64>(t.answers);
    const sum = load<f64>(t.answers, 8);
    const squares = load<f64>(t.answers, 16);
    const value = sum / weight;
    const impurity = squares / weight - value * value;
    store<f64>(t.value + (<usize>node << 3), value);
    store<f64>(t.impurity + (<usize>node << 3), impurity);
    store<f64>(t.weight + (<usize>node << 3), weight);
    if (node == 0) total = weight;
    if (depth >= t.maxDepth || rows < t.minSplit || rows < 2 * t.minLeaf || impurity <= EPSILON) continue;
    if (isUnit) sumPlaces(t.rows, start, end, t.nodePairs, t.starts, t.places, t.placeCount, t.counts, t.sums, false);
    else countPlaces(t.rows, start, end, t.nodePairs, t.starts, t.places, t.placeCount, t.counts, t.sums);
    bestColumn = -1;
    store<f64>(t.answers, -Infinity, 24);
    // What the rows are worth if none shares a leaf with another target.
    const perfect = rows == 2 ? scoreOfTwo(t, start) : squares;
    const varying = search(t, start, end, at32(t.mayVary, node), perfect);
    // A gain below zero is rounding.
    const gain = max<f64>(0, load<f64>(t.answers, 24) - sum * value);
    if (bestColumn < 0 || gain / total + EPSILON < t.minDecrease) continue;
    split(t, node, start, end, depth, varying);
  }
  return nodes;
}

/** Puts the rows that have a weight into the root, in each list, and the others beside; returns how many there are. */
function begin(t: Task): u32 {
  let taken: u32 = 0;
  let left: u32 = 0;
  let others: u32 = 0;
  for (let row: u32 = 0; row < t.total; row++) {
    const weight = load<f64>(t.weights + (<usize>row << 3));
    const target = load<f64>(t.y + (<usize>row << 3));
    const isIn = <u32>(weight > 0);
    const pair = t.pairs + (<usize>row << 4);
    store<f64>(pair, weight);
    store<f64>(pair, target * weight, 8);
    store<u8>(t.marks + <usize>row, <u8>isIn);
    set32(t.rows, taken, row);
    set32(t.others, left, row);
    taken += isIn;
    left += 1 - isIn;
    others += isIn & <u32>(weight != 1);
  }
  isUnit = others == 0;
  for (let column: u32 = 0; column < t.columnCount; column++) {
    set32(t.columns, column, at32(t.inOrder, column));
    const list = at32(t.lists, column);
    if (list != 0) takeRows(at32(t.sorted, column), t.total, t.marks, list);
  }
  return taken;
}

/** Puts the columns that vary into a random order. */
function shuffleColumns(t: Task): void {
  for (let k: u32 = t.varying; k > 1; k--) swap(t.columns, k - 1, below(k));
}

function swap(list: usize, a: u32, b: u32): void {
  const own = at32(list, a);
  set32(list, a, at32(list, b));
  set32(list, b, own);
}

/** Adds a node that waits to be looked at; the one added last is looked at first. */
function open(t: Task, start: u32, end: u32, otherStart: u32, otherEnd: u32, depth: u32, varying: u32): void {
  const node = nodes++;
  set32(t.start, node, start);
  set32(t.end, node, end);
  set32(t.otherStart, node, otherStart);
  set32(t.otherEnd, node, otherEnd);
  set32(t.depth, node, depth);
  set32(t.mayVary, node, varying);
  store<i32>(t.column + (<usize>node << 2), -1);
  set32(t.waiting, waits++, node);
}

/** Tries columns, as grow.ts does; returns how many may still vary. */
function search(t: Task, start: u32, end: u32, varying: u32, perfect: f64): u32 {
  const columns = t.columns;
  const all = t.maxFeatures >= t.columnCount;
  let left = varying;
  let constants: u32 = all ? 0 : t.columnCount - varying;
  let tried: u32 = 0;
  for (let drawn: u32 = 0; tried < left && (drawn < t.maxFeatures || tried == 0); drawn++) {
    const choice: u32 = all && drawn > 0 ? 0 : below(left - tried + constants);
    if (choice >= left - tried) {
      constants -= 1;
      continue;
    }
    swap(columns, tried, tried + choice);
    if (tryColumn(t, at32(columns, tried), start, end)) {
      tried += 1;
      if (load<f64>(t.answers, 24) >= perfect) break;
    } else {
      left -= 1;
      swap(columns, tried, left);
    }
  }
  return left;
}

function tryColumn(t: Task, column: u32, start: u32, end: u32): bool {
  const place = load<i32>(t.placeOf + (<usize>column << 2));
  return place >= 0 ? tryTwo(t, column, place, end - start) : trySorted(t, column, start, end);
}

/** A column of two values has one split at most, whose sums were counted. */
function tryTwo(t: Task, column: u32, place: u32, size: u32): bool {
  const count = isUnit ? <u32>load<f64>(t.sums + (<usize>place << 4)) : at32(t.counts, place);
  if (count == 0 || count == size) return false;
  if (count < t.minLeaf || size - count < t.minLeaf) return true;
  const weight = load<f64>(t.sums + (<usize>place << 4));
  const sum = load<f64>(t.sums + (<usize>place << 4), 8);
  const isLow = load<u8>(t.rarer + <usize>column) == 0;
  const score = scoreOf(
    t,
    isLow ? weight : load<f64>(t.answers) - weight,
    isLow ? sum : load<f64>(t.answers, 8) - sum,
  );
  if (score > load<f64>(t.answers, 24)) {
    store<f64>(t.answers, score, 24);
    bestColumn = column;
    bestLower = 0;
    bestHigher = 1;
  }
  return true;
}

/** A column that the rows are sorted by. */
function trySorted(t: Task, column: u32, start: u32, end: u32): bool {
  const list = at32(t.lists, column);
  const at = scan(list, start, end, ranksOf(t, column), t.isWide != 0, t.pairs, t.answers, t.minLeaf, t.answers + 24);
  if (at > 0) {
    bestColumn = column;
    bestLower = rankOf(t, column, at32(list, at - 1));
    bestHigher = rankOf(t, column, at32(list, at));
  }
  return at >= 0;
}

function ranksOf(t: Task, column: u32): usize {
  return t.ranks + <usize>column * t.total * (t.isWide ? 4 : 2);
}

function rankOf(t: Task, column: u32, row: u32): u32 {
  const ranks = ranksOf(t, column);
  return t.isWide ? at32(ranks, row) : <u32>load<u16>(ranks + (<usize>row << 1));
}

/** What the two sides are worth together, if the left one has these sums. */
function scoreOf(t: Task, leftWeight: f64, left: f64): f64 {
  const rightWeight = load<f64>(t.answers) - leftWeight;
  const right = load<f64>(t.answers, 8) - left;
  return (left * left) / leftWeight + (right * right) / rightWeight;
}

/** The best score of two rows: whichever is on the left, but for rounding. */
function scoreOfTwo(t: Task, start: u32): f64 {
  const pair = t.nodePairs + (<usize>start << 4);
  return max<f64>(
    scoreOf(t, load<f64>(pair), load<f64>(pair, 8)),
    scoreOf(t, load<f64>(pair, 16), load<f64>(pair, 24)),
  );
}

/** Makes a node the best split that was found, and opens its children. */
function split(t: Task, node: u32, start: u32, end: u32, depth: u32, varying: u32): void {
  const column = <u32>bestColumn;
  const ranks = ranksOf(t, column);
  const isWide = t.isWide != 0;
  const values = <usize>at32(t.least, column);
  const threshold = thresholdBetween(values, bestLower, bestHigher);
  markRight(t.rows, start, end, ranks, isWide, bestLower, t.marks);
  const middle = partition(t.rows, start, end, t.marks, t.spare);
  // Of leaves nobody asks for the order of their rows.
  const kept: u32 = depth + 1 < t.maxDepth ? varying : 0;
  for (let k: u32 = 0; k < kept; k++) {
    const list = at32(t.lists, at32(t.columns, k));
    if (list != 0) partition(list, start, end, t.marks, t.spare);
  }
  const otherStart = at32(t.otherStart, node);
  const otherEnd = at32(t.otherEnd, node);
  let otherMiddle = otherStart;
  if (otherEnd > otherStart) {
    // Other rows may have ranks between those of the node's own.
    markRight(t.others, otherStart, otherEnd, ranks, isWide, lastUpTo(values, bestLower, bestHigher, threshold), t.marks);
    otherMiddle = partition(t.others, otherStart, otherEnd, t.marks, t.spare);
  }
  store<i32>(t.column + (<usize>node << 2), column);
  store<f64>(t.threshold + (<usize>node << 3), threshold);
  set32(t.right, node, nodes);
  open(t, middle, end, otherMiddle, otherEnd, depth + 1, varying);
  open(t, start, middle, otherStart, otherMiddle, depth + 1, varying);
}

/** As ranks.ts has it, of ranks of one value each. */
function thresholdBetween(values: usize, lower: u32, higher: u32): f64 {
  const low = <f64>load<f32>(values + (<usize>lower << 2));
  const high = <f64>load<f32>(values + (<usize>higher << 2));
  const middle = low / 2 + high / 2;
  return middle == high || !isFinite(middle) ? low : middle;
}

/** The last rank, from one on and before another, whose value is not above a threshold. */
function lastUpTo(values: usize, from: u32, before: u32, threshold: f64): u32 {
  let low = from;
  let high = before;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (<f64>load<f32>(values + (<usize>middle << 2)) <= threshold) low = middle;
    else high = middle;
  }
  return low;
}
