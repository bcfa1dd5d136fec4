// Growing a whole tree by the squared error, for the kernel of the exact trees: what grow.ts does with a criterion, column by column.

import { at32, set32 } from './lists.as';
import { begin } from './random.as';
import { isUnit, shuffleColumns, takeRoot } from './root.as';
import { markRight, partition } from './row-lists.as';
import { bestColumn, bestHigher, bestLower, scoreOfTwo, search } from './search.as';
import { countPlaces, enterNode, sumPlaces } from './sums.as';
import { ranksOf, Task } from './task.as';

/** Impurity that is rounding. */
const EPSILON: f64 = 2.220446049250313e-16;

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
  const count = takeRoot(t);
  begin(seed);
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
