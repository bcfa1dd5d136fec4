// Leaves of the log loss. Of each row there are the odds against its class: e^raw where it is 0, e^−raw where it is 1. To add a value to
// a leaf's raw predictions multiplies them, so that no row takes an exponential. A factor is what a value multiplies the odds by: a pair
// for each leaf, of class 0 and of class 1. Rows are told apart by their key, 2 × leaf + class.

/** Odds stay finite and above 0, so that no factor can make them something that is no number. */
const MOST_ODDS = 1e300;
const LEAST_ODDS = 1e-300;

// @ts-ignore: decorator
@inline
function keyOf(leafOf: usize, classOf: usize, row: u32): usize {
  return (<usize>load<u16>(leafOf + (<usize>row << 1)) << 1) | <usize>load<u8>(classOf + <usize>row);
}

/** Counts the rows of a block by key. @param counts a uint32 a key, 0 */
export function countRows(from: u32, to: u32, leafOf: usize, classOf: usize, counts: usize): void {
  for (let row = from; row < to; row++) {
    const count = counts + (keyOf(leafOf, classOf, row) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
}

/**
 * Writes the odds of a block of rows, and their weights, by key.
 *
 * @param weights a float64 a row, 0 where all are 1
 * @param places for each key the place of its first row in the block; advanced
 */
export function sortRows(
  from: u32, to: u32, leafOf: usize, classOf: usize, odds: usize, weights: usize, places: usize, sortedOdds: usize, sortedWeights: usize,
): void {
  for (let row = from; row < to; row++) {
    const next = places + (keyOf(leafOf, classOf, row) << 2);
    const place = load<u32>(next);
    store<u32>(next, place + 1);
    store<f64>(sortedOdds + (<usize>place << 3), load<f64>(odds + (<usize>row << 3)));
    if (weights != 0) store<f64>(sortedWeights + (<usize>place << 3), load<f64>(weights + (<usize>row << 3)));
  }
}

/** Of rows of one key: the sum of the chances of the other class, and of these × those of their own; each times the row's weight. */
// @ts-ignore: decorator
@inline
function sumSegment(isWeighted: bool, odds: usize, weights: usize, from: u32, to: u32, factor: f64): v128 {
  const ones = f64x2.splat(1);
  const factors = f64x2.splat(factor);
  let wrong = f64x2.splat(0);
  let both = wrong;
  const end = <usize>to << 3;
  let at = <usize>from << 3;
  for (; at + 8 < end; at += 16) {
    const right = f64x2.div(ones, f64x2.add(ones, f64x2.mul(v128.load(odds + at), factors)));
    let other = f64x2.sub(ones, right);
    if (isWeighted) other = f64x2.mul(other, v128.load(weights + at));
    wrong = f64x2.add(wrong, other);
    both = f64x2.add(both, f64x2.mul(other, right));
  }
  let sum = f64x2.add(i64x2.shuffle(wrong, both, 0, 2), i64x2.shuffle(wrong, both, 1, 3));
  if (at < end) {
    const right = 1 / (1 + load<f64>(odds + at) * factor);
    const other = isWeighted ? (1 - right) * load<f64>(weights + at) : 1 - right;
    sum = f64x2.add(sum, f64x2.replace_lane(f64x2.splat(other), 1, other * right));
  }
  return sum;
}

/**
 * The negative gradient of the loss in each of some leaves, and its second derivative.
 *
 * @param starts a uint32 a key: where its rows start among those sorted; one more for where the last ones end
 * @param weights 0 where all are 1
 * @param factors of leaves that are not asked for 0
 * @param derivatives set: a pair a leaf
 */
export function leafDerivatives(first: u32, end: u32, starts: usize, odds: usize, weights: usize, factors: usize, derivatives: usize): void {
  for (let leaf = first; leaf < end; leaf++) {
    const factor = factors + (<usize>leaf << 4);
    if (load<f64>(factor) == 0) continue;
    const start = starts + (<usize>leaf << 3);
    const from = load<u32>(start);
    const middle = load<u32>(start, 4);
    const to = load<u32>(start, 8);
    let zeros: v128;
    let ones: v128;
    if (weights == 0) {
      zeros = sumSegment(false, odds, weights, from, middle, load<f64>(factor));
      ones = sumSegment(false, odds, weights, middle, to, load<f64>(factor, 8));
    } else {
      zeros = sumSegment(true, odds, weights, from, middle, load<f64>(factor));
      ones = sumSegment(true, odds, weights, middle, to, load<f64>(factor, 8));
    }
    // What is predicted too high for rows of class 0 pulls down, what is too low for those of class 1 up.
    v128.store(derivatives + (<usize>leaf << 4), f64x2.add(ones, f64x2.mul(zeros, f64x2(-1, 1))));
  }
}

/**
 * Adds its leaf's value to the raw prediction of each row of a block, and sets its gradient; `squares` is set to the sum of their squares.
 * Rows are taken two at a time; an odd one more is read and written.
 *
 * @param from even
 * @param signed for each row its weight, less than 0 where its class is 0
 */
export function updateOdds(
  from: u32, to: u32, leafOf: usize, classOf: usize, factors: usize, signed: usize, odds: usize, gradients: usize, squares: usize,
): void {
  const ones = f64x2.splat(1);
  const most = f64x2.splat(MOST_ODDS);
  const least = f64x2.splat(LEAST_ODDS);
  let sum = f64x2.splat(0);
  for (let row = from; row < to; row += 2) {
    const at = <usize>row << 3;
    const factor = f64x2.replace_lane(
      v128.load64_splat(factors + (keyOf(leafOf, classOf, row) << 3)),
      1,
      load<f64>(factors + (keyOf(leafOf, classOf, row + 1) << 3)),
    );
    const own = f64x2.pmin(most, f64x2.pmax(least, f64x2.mul(v128.load(odds + at), factor)));
    v128.store(odds + at, own);
    const gradient = f64x2.mul(v128.load(signed + at), f64x2.sub(ones, f64x2.div(ones, f64x2.add(ones, own))));
    v128.store(gradients + at, gradient);
    sum = f64x2.add(sum, f64x2.mul(gradient, gradient));
  }
  store<f64>(squares, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}
