// Draws as xorshift.ts does.

let state: u32 = 1;

/** Begins a stream. @param seed not 0 */
// @ts-ignore: decorator
@inline
export function begin(seed: u32): void {
  state = seed;
}

export function below(n: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return ((state >> 16) * n) >> 16;
}
