import { upperBound } from '../../core/binary-search.ts';

/** Values from which cuts are taken: a bin of 32 then holds its share within a fifth or so. */
const SAMPLE = 1024;

/** A column as the bins of its rows: the last bin holds what is missing. */
export interface Binned {
  readonly codes: Int32Array;
  readonly bins: number;
}

/** Puts numbers into at most `most` bins of about as many values each, and those that are missing into one of their own. */
export function binned(values: Float64Array, most: number): Binned {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sample = new Float64Array(Math.ceil(values.length / step));
  let known = 0;
  for (let i = 0; i < values.length; i += step) {
    if (!Number.isNaN(values[i])) sample[known++] = values[i] as number;
  }
  const sorted = sample.subarray(0, known).sort();
  const cuts = new Float64Array(most - 1);
  let count = 0;
  for (let k = 1; k < most && known > 0; k++) {
    const cut = sorted[Math.floor((k * known) / most)] as number;
    if (cut > (count === 0 ? (sorted[0] as number) : (cuts[count - 1] as number))) cuts[count++] = cut;
  }
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] as number;
    // Bin b holds the values from cut b - 1 to below cut b.
    codes[i] = Number.isNaN(value) ? count + 1 : upperBound(cuts, value, 0, count);
  }
  return { codes, bins: count + 2 };
}
