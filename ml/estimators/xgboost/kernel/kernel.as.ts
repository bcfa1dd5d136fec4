// The gradients and hessians of XGBoost's losses of classes, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. Four
// rows at a time, in float32 as the reference computes them, but for powers of e, which are float64 before they are rounded.
//
// Arguments are those of `Differentiate` in trees/binned/compiled-loss.ts. Whole vectors are read and written.

/** Added to a float64, it leaves no place for a fraction: the lowest bits are then a whole number, rounded. */
const ROUNDING: f64 = 6755399441055744; // 1.5 · 2⁵²
const LOG2_E: f64 = 1.4426950408889634;
const LN_2: f64 = 0.6931471805599453;
/** The smallest hessian. */
const SMALLEST: f32 = 1e-16;
/** e to the power of less than this is 0 as float32. */
const LOWEST: f32 = -105;
/** e to the power of more than this is infinite as float32. */
const HIGHEST: f32 = 88.7;

/** e to the power of two float64 from `LOWEST` to `HIGHEST`, to 1e-11: a power of two, times a power series between −ln 2 / 2 and ln 2 / 2. */
// @ts-ignore: decorator
@inline
function exp64(x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDING));
  const r = f64x2.sub(x, f64x2.mul(f64x2.sub(shifted, f64x2.splat(ROUNDING)), f64x2.splat(LN_2)));
  let sum = f64x2.splat(1.0 / 362880.0);
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 40320.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 5040.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 720.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 120.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 24.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 6.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  return i64x2.add(sum, i64x2.shl(shifted, 52));
}

/** The upper two of four float32, as float64. */
// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return v128.promote_low<f32>(i32x4.shuffle(x, x, 2, 3, 2, 3));
}

/** Two float64 and two more as four float32. */
// @ts-ignore: decorator
@inline
function narrowed(low: v128, high: v128): v128 {
  return i32x4.shuffle(v128.demote_zero<f64>(low), v128.demote_zero<f64>(high), 0, 1, 4, 5);
}

/** e to the power of four float32, as float32. */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const inRange = f32x4.max(x, f32x4.splat(LOWEST));
  return narrowed(exp64(v128.promote_low<f32>(inRange)), exp64(upper(inRange)));
}

/** The logistic loss of two classes. Source: XGBoost 3.2, `src/objective/regression_loss.h`, `src/common/math.h`. */
export function logistic(
  count: i32, outputs: i32, stride: usize, targets: usize, factors: usize, predictions: usize, gradients: usize, hessians: usize,
): void {
  const one = f32x4.splat(1);
  const least = f32x4.splat(SMALLEST);
  for (let at: usize = 0; at < <usize>count << 2; at += 16) {
    const power = exp(f32x4.min(f32x4.neg(v128.load(predictions + at)), f32x4.splat(HIGHEST)));
    const probability = f32x4.div(one, f32x4.add(power, one));
    let gradient = f32x4.sub(probability, v128.load(targets + at));
    let hessian = f32x4.max(f32x4.mul(probability, f32x4.sub(one, probability)), least);
    if (factors != 0) {
      const factor = v128.load(factors + at);
      gradient = f32x4.mul(gradient, factor);
      hessian = f32x4.mul(hessian, factor);
    }
    v128.store(gradients + at, gradient);
    v128.store(hessians + at, hessian);
  }
}

/** The loss of the softmax of several classes. Source: XGBoost 3.2, `src/objective/multiclass_obj.cu`. */
export function softmax(
  count: i32, outputs: i32, stride: usize, targets: usize, factors: usize, predictions: usize, gradients: usize, hessians: usize,
): void {
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const least = f32x4.splat(SMALLEST);
  for (let at: usize = 0; at < <usize>count << 2; at += 16) {
    const end = at + <usize>outputs * stride;
    let most = f32x4.splat(-f32.MAX_VALUE);
    for (let place = at; place < end; place += stride) most = f32x4.max(most, v128.load(predictions + place));
    // The reference takes no less than this, and so divides 0 by 0 where all are far below it.
    most = v128.bitselect(f32x4.max(most, f32x4.splat(f32.MIN_NORMAL_VALUE)), most, f32x4.gt(most, f32x4.splat(-50)));
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let place = at; place < end; place += stride) {
      const power = exp(f32x4.sub(v128.load(predictions + place), most));
      low = f64x2.add(low, v128.promote_low<f32>(power));
      high = f64x2.add(high, upper(power));
      v128.store(gradients + place, power);
    }
    const sum = narrowed(low, high);
    const target = v128.load(targets + at);
    const factor = factors != 0 ? v128.load(factors + at) : one;
    let output: f32 = 0;
    for (let place = at; place < end; place += stride) {
      const probability = f32x4.div(v128.load(gradients + place), sum);
      const hessian = f32x4.mul(f32x4.mul(f32x4.mul(two, probability), f32x4.sub(one, probability)), factor);
      const isTarget = v128.and(f32x4.eq(target, f32x4.splat(output)), one);
      v128.store(gradients + place, f32x4.mul(f32x4.sub(probability, isTarget), factor));
      v128.store(hessians + place, f32x4.max(hessian, least));
      output += 1;
    }
  }
}
