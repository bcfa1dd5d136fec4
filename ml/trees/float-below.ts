const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The greatest float32 below a float32 that is not −∞. */
export function floatBelow(value: number): number {
  float[0] = value;
  // As whole numbers, floats of one sign are in order, the negative ones turned around.
  if (value === 0) bits[0] = -0x7fffffff;
  else bits[0]! += value > 0 ? -1 : 1;
  return float[0]!;
}
