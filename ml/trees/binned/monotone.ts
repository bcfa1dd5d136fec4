import type { Trees } from '../trees.ts';

/** Of each column: 1 where predictions may not fall as it rises, −1 where they may not rise, 0 where they are free. */
export type Directions = Int8Array;

/** What values the leaves below a node may have. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export const unbounded: Bounds = { lower: -Infinity, upper: Infinity };

export const within = ({ lower, upper }: Bounds, value: number) => Math.max(lower, Math.min(upper, value));

/**
 * The bounds of a node's children: on a constrained column they meet between the values that the children would have.
 *
 * Source: XGBoost 3.2, `src/tree/split_evaluator.h`.
 */
export function boundsOfChildren(
  bounds: Bounds,
  direction: number,
  leftValue: number,
  rightValue: number,
): readonly [left: Bounds, right: Bounds] {
  if (direction === 0) return [bounds, bounds];
  const middle = Math.fround(Math.fround(leftValue + rightValue) / 2);
  const [below, above] = [
    { lower: bounds.lower, upper: middle },
    { lower: middle, upper: bounds.upper },
  ];
  return direction > 0 ? [below, above] : [above, below];
}

/**
 * Puts the leaves of a tree in order where their values were not chosen within bounds: those on the two sides of a
 * constrained split meet in the middle. A leaf is moved only where the constraint is broken, and by the same amount or
 * less than it is broken by.
 *
 * @param tree The number of the tree, whose leaves are changed.
 */
export function orderLeaves(trees: Trees, tree: number, directions: Directions): void {
  const { feature, threshold, left } = trees;

  /** Orders the leaves below a node; returns the smallest and the largest. */
  const order = (node: number): readonly [smallest: number, largest: number] => {
    if (feature[node]! < 0) return [threshold[node]!, threshold[node]!];
    const [below, above] = [left[node]!, left[node]! + 1];
    const direction = directions[feature[node]!]!;
    const [low, high] = direction < 0 ? [above, below] : [below, above];
    const [ofLow, ofHigh] = [order(low), order(high)];
    const all = [Math.min(ofLow[0], ofHigh[0]), Math.max(ofLow[1], ofHigh[1])] as const;
    if (direction === 0 || ofLow[1] <= ofHigh[0]) return all;
    const middle = Math.fround((ofLow[1] + ofHigh[0]) / 2);
    clip(low, -Infinity, middle);
    clip(high, middle, Infinity);
    return [Math.min(ofLow[0], middle), Math.max(ofHigh[1], middle)];
  };

  const clip = (node: number, lower: number, upper: number): void => {
    if (feature[node]! < 0) {
      threshold[node] = within({ lower, upper }, threshold[node]!);
      return;
    }
    clip(left[node]!, lower, upper);
    clip(left[node]! + 1, lower, upper);
  };

  order(trees.roots[tree]!);
}
