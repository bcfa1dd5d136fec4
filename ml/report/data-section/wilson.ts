/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * The interval of a share that was seen in some rows, which holds the true one 19 times in 20.
 *
 * Source: Wilson 1927, JASA 22(158).
 *
 * @param rows at least 1
 */
export function wilsonInterval(share: number, rows: number): { readonly low: number; readonly high: number } {
  const z2 = (Z * Z) / rows;
  const middle = (share + z2 / 2) / (1 + z2);
  const reach = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
