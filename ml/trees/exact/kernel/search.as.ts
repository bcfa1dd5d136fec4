// The search for the best split of a node, column by column.

import { at32, swap } from './lists.as';
import { below } from './random.as';
import { isUnit } from './root.as';
import { scan } from './scan.as';
import { rankOf, ranksOf, Task } from './task.as';

/** The best split of the node that was searched last; no column where there is none. */
export let bestColumn: i32 = -1;
export let bestLower: u32 = 0;
export let bestHigher: u32 = 0;

/** Tries columns, as grow.ts does, until one comes to a score that none exceeds; returns how many may still vary. */
export function search(t: Task, start: u32, end: u32, varying: u32, perfect: f64): u32 {
  bestColumn = -1;
  store<f64>(t.answers, -Infinity, 24);
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

/** What the two sides are worth together, if the left one has these sums. */
function scoreOf(t: Task, leftWeight: f64, left: f64): f64 {
  const rightWeight = load<f64>(t.answers) - leftWeight;
  const right = load<f64>(t.answers, 8) - left;
  return (left * left) / leftWeight + (right * right) / rightWeight;
}

/** The best score of two rows: whichever is on the left, but for rounding. */
export function scoreOfTwo(t: Task, start: u32): f64 {
  const pair = t.nodePairs + (<usize>start << 4);
  return max<f64>(
    scoreOf(t, load<f64>(pair), load<f64>(pair, 8)),
    scoreOf(t, load<f64>(pair, 16), load<f64>(pair, 24)),
  );
}
