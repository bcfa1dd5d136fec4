import type { Kernel } from './kernel/kernel.ts';
import { addressOf, type RowData } from './row-data.ts';

/**
 * The statistics of a row: its gradient and hessian at fixed point, and how many bits their sums may take. Where every
 * hessian is 1, both share one integer, the number of rows taking the bits that it needs; else each has its own.
 *
 * The bits that sums of gradients leave free, some 20 at a million rows and 40 at a thousand, are a gradient's precision;
 * a float32 has 24. Source of the rounding: Shi et al. 2022.
 */
export const statisticBytes = (hasHessian: boolean) => (hasHessian ? 16 : 8);

/** Bits of the sum of all absolute values, so that the kernel can round each and none overflows. */
const SUM_BITS = 50;
/** Bits of an integer that two sums share. */
const SHARED_BITS = 61;

/** Measures a block of rows, whose totals go to `totals`. */
export function measureRows(kernel: Kernel, data: RowData, first: number, count: number, block: number): void {
  const { gradients, hessians, drawn, totals } = data;
  const rows = addressOf(drawn, first);
  kernel.measure(addressOf(gradients, first), rows, count, addressOf(totals, 4 * block));
  if (hessians) kernel.measure(addressOf(hessians, first), rows, count, addressOf(totals, 4 * block + 2));
}

/** Chooses the fixed points, once all rows are measured. */
export function chooseScales({ hessians, totals, scales }: RowData): void {
  let gradient = 0;
  let rows = 0;
  let hessian = 0;
  for (let at = 0; at < totals.length; at += 4) {
    gradient += totals[at]!;
    rows += totals[at + 1]!;
    hessian += totals[at + 2]!;
  }
  const rowBits = Math.ceil(Math.log2(rows + 1));
  scales[0] = scaleOf(gradient, hessians ? SUM_BITS : Math.min(SHARED_BITS - rowBits, SUM_BITS));
  scales[1] = hessians ? scaleOf(hessian, SUM_BITS) : rowBits;
}

/** A power of two, so that numbers of few digits keep them all. */
const scaleOf = (total: number, bits: number) => (total > 0 ? 2 ** Math.floor(bits - Math.log2(total)) : 1);

/** Writes the statistics of some rows into their records. */
export function packRows(kernel: Kernel, data: RowData, first: number, count: number): void {
  const { gradients, hessians, drawn, binned, scales } = data;
  const rows = addressOf(drawn, first);
  const record = addressOf(binned.records, first * binned.stride);
  const ofGradients = addressOf(gradients, first);
  if (hessians) {
    const ofHessians = addressOf(hessians, first);
    kernel.packPairs(ofGradients, ofHessians, rows, count, scales[0]!, scales[1]!, record, binned.stride);
  } else {
    kernel.packGradients(ofGradients, rows, count, scales[0]!, BigInt(scales[1]!), record, binned.stride);
  }
}

/** Reads a histogram into `pairs`: of each entry, the sums of gradients and of hessians. */
export function unpackSums(
  kernel: Kernel,
  { hessians, scales }: RowData,
  histogram: number,
  pairs: Float64Array,
): void {
  const entries = pairs.length / 2;
  if (hessians) kernel.unpackPairs(histogram, entries, scales[0]!, scales[1]!, pairs.byteOffset);
  else kernel.unpackGradients(histogram, entries, scales[0]!, BigInt(scales[1]!), pairs.byteOffset);
}
