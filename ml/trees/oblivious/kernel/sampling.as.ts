// Minimal variance sampling of a block of rows: see ../mvs.ts. Rows are taken two at a time; an odd one more is read and written.

/** A random word. Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators". */
// @ts-ignore: decorator
@inline
function randomWord(seed: u64, index: u32): u64 {
  let word = seed + (<u64>index + 1) * 0x9e3779b97f4a7c15;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
  word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
  return word ^ (word >> 31);
}

/**
 * Draws a sample of a block of rows: a row is taken where its uniform number is below size ÷ threshold, and weighted by the inverse
 * of that chance, at least 1; a weight of 0 leaves it out. Its size is √(gradient² + λ).
 *
 * @param from even
 * @param settings float64 λ and rate, and the seed as uint64
 * @param sampling set: a float64 a row
 * @param threshold of the block in the last tree, ∞ at first; set
 */
export function drawSample(from: u32, to: u32, gradients: usize, settings: usize, sampling: usize, threshold: usize): void {
  const lambda = f64x2.splat(load<f64>(settings));
  const seed = load<u64>(settings, 16);
  const end = sampling + (<usize>to << 3);
  // Sizes stand where weights will.
  let gradient = gradients + (<usize>from << 3);
  for (let at = sampling + (<usize>from << 3); at < end; at += 16, gradient += 16) {
    const value = v128.load(gradient);
    v128.store(at, f64x2.sqrt(f64x2.add(f64x2.mul(value, value), lambda)));
  }
  // A size beyond the last row is as good as none.
  if (to & 1) store<f64>(end, 0);
  const found = thresholdOf(sampling, from, to, load<f64>(settings, 8) * <f64>(to - from), load<f64>(threshold));
  store<f64>(threshold, found);
  const thresholds = f64x2.splat(found);
  const ones = f64x2.splat(1);
  for (let row = from; row < to; row += 2) {
    const at = sampling + (<usize>row << 3);
    const size = v128.load(at);
    const word = randomWord(seed, row >> 1);
    const uniform = f64x2.mul(f64x2.convert_low_i32x4_u(i64x2.splat(word)), f64x2.splat(1.0 / 4294967296.0));
    // Where all sizes are 0 so is the threshold, and all are taken.
    const isTaken = f64x2.le(f64x2.mul(uniform, thresholds), size);
    v128.store(at, v128.and(isTaken, f64x2.pmax(ones, f64x2.div(thresholds, size))));
  }
}

/**
 * The μ at which Σ min(1, size ÷ μ) is the sample's: Newton's steps end at it, since the sum is concave in 1 ÷ μ and linear between
 * any two sizes. They are few from where it was in the last tree.
 */
function thresholdOf(sizes: usize, from: u32, to: u32, sample: f64, last: f64): f64 {
  const start = sizes + (<usize>from << 3);
  const end = sizes + (<usize>to << 3);
  let threshold = last;
  let known: f64 = -1;
  for (let step = 0; ; step++) {
    const thresholds = f64x2.splat(threshold);
    const ones = f64x2.splat(1);
    let small = f64x2.splat(0);
    let large = small;
    for (let at = start; at < end; at += 16) {
      const size = v128.load(at);
      const isLarge = f64x2.gt(size, thresholds);
      large = f64x2.add(large, v128.and(ones, isLarge));
      small = f64x2.add(small, v128.andnot(size, isLarge));
    }
    const count = f64x2.extract_lane(large, 0) + f64x2.extract_lane(large, 1);
    // From the second step on they become more, but for rounding.
    if (count == known || (step > 1 && count < known)) break;
    known = count;
    if (count >= sample) {
      // No step leads on from here.
      threshold = Infinity;
      known = -1;
      step = -1;
    } else threshold = (f64x2.extract_lane(small, 0) + f64x2.extract_lane(small, 1)) / (sample - count);
  }
  return threshold;
}
