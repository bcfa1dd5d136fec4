import { logistic } from '../losses/log-loss.ts';
import { softmaxRows } from '../losses/softmax.ts';
import type { ImportedLink } from './imported-model.ts';

/** What becomes of each sum alone; null of links that look at all outputs of a row. */
const single: Record<ImportedLink, ((sum: number) => number) | null> = {
  identity: (sum) => sum,
  exp: Math.exp,
  logistic,
  'one-vs-all': logistic,
  sign: (sum) => (sum > 0 ? 1 : 0),
  'signed-square': (sum) => Math.sign(sum) * sum * sum,
  softplus: (sum) => (sum > 0 ? sum + Math.log1p(Math.exp(-sum)) : Math.log1p(Math.exp(sum))),
  normalised: (sum) => Math.max(0, sum),
  softmax: null,
};

/** Makes predictions of sums (rows × outputs), in place. */
export function applyLink(link: ImportedLink, sums: Float64Array, outputs: number, scale: number): Float64Array {
  if (scale !== 1) for (let at = 0; at < sums.length; at++) sums[at]! *= scale;
  const turn = single[link];
  if (!turn) return softmaxRows(sums, outputs);
  for (let at = 0; at < sums.length; at++) sums[at] = turn(sums[at]!);
  return link === 'normalised' || (link === 'one-vs-all' && outputs > 1) ? normalised(sums, outputs) : sums;
}

/** Divides the numbers of each row by their total; where that is 0, each has the same share. */
function normalised(values: Float64Array, outputs: number): Float64Array {
  for (let start = 0; start < values.length; start += outputs) {
    const row = values.subarray(start, start + outputs);
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let k = 0; k < outputs; k++) row[k] = total > 0 ? row[k]! / total : 1 / outputs;
  }
  return values;
}
