// The root of a tree: its rows, and the order in which columns are tried.

import { at32, set32, swap } from './lists.as';
import { below } from './random.as';
import { takeRows } from './row-lists.as';
import { Task } from './task.as';

/** Whether each row in the tree has the weight 1, so that a sum of weights is a number of rows. */
export let isUnit: bool = false;

/** Puts the rows that have a weight into the root, in each list, and the others beside; returns how many there are. */
export function takeRoot(t: Task): u32 {
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
export function shuffleColumns(t: Task): void {
  for (let k: u32 = t.varying; k > 1; k--) swap(t.columns, k - 1, below(k));
}
