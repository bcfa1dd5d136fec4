/** 0x4906ba494954cb65 in halves. */
const HIGH = 0x4906ba49;
const LOW = 0x4954cb65;

/**
 * A hash of 64 bits, in unsigned halves, that grows by whole numbers of 32 bits: modulo 2^64, m (hash + m number), a number being
 * extended with its sign.
 *
 * Source: CatBoost 1.2, `CalcHash`.
 */
export class Hash64 {
  high = 0;
  low = 0;

  clear(): void {
    this.high = 0;
    this.low = 0;
  }

  add(number: number): void {
    const { high, low } = this;
    this.#multiply(number < 0 ? 0xffffffff : 0, number >>> 0);
    const sum = this.low + low;
    this.#multiply((this.high + high + (sum > 0xffffffff ? 1 : 0)) >>> 0, sum >>> 0);
  }

  /** Becomes m times a number in halves. */
  #multiply(high: number, low: number): void {
    this.high = (upperHalf(low, LOW) + Math.imul(high, LOW) + Math.imul(low, HIGH)) >>> 0;
    this.low = Math.imul(low, LOW) >>> 0;
  }
}

/** The upper 32 bits of the product of two numbers of 32 bits. */
function upperHalf(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const left = aHigh * bLow;
  const right = aLow * bHigh;
  const middle = ((aLow * bLow) >>> 16) + (left & 0xffff) + (right & 0xffff);
  return aHigh * bHigh + (left >>> 16) + (right >>> 16) + (middle >>> 16);
}
