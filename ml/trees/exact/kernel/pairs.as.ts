// What loops over rows read of each. A pair is two float64 side by side, a weight and a weighted target, so that one vector
// instruction takes both; of several classes a weight and a class.

// @ts-ignore: decorator
@inline
export function rowAt(list: usize, at: u32): usize {
  return <usize>load<u32>(list + (<usize>at << 2));
}

// @ts-ignore: decorator
@inline
export function pairOf(pairs: usize, row: usize): v128 {
  return v128.load(pairs + (row << 4));
}

/** Where a row's class is among float64s, in bytes. */
// @ts-ignore: decorator
@inline
export function classOf(pair: usize): usize {
  return <usize><u32>load<f64>(pair, 8) << 3;
}
