/**
 * P-values of several tests, each corrected for there being the others: where those at most α are called differences, no more than
 * α of all checks without one have a false one among them, however the columns depend on each other.
 *
 * Source: Holm 1979, A simple sequentially rejective multiple test procedure.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const corrected = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[at] as number)));
    corrected[at] = largest;
  });
  return corrected;
}
