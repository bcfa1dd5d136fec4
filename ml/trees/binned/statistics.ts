import type { Kernel } from './kernel/kernel.ts';
import { addressOf, type RowData } from './row-data.ts';

/** Bits of the sum of all absolute values, so that the kernel can round each and none overflows. */
const SUM_BITS = 50;
/** Bits of an integer that a sum shares with the number of rows. */
const SHARED_BITS = 61;
/** Bits of each of two sums that share an integer; gradients have a sign too. */
const PACKED_BITS = 32;

/** Measures a block of rows, whose totals go to `totals`. */
export function measureRows(kernel: Kernel, data: RowData, first: number, count: number, block: number): void {
  const { drawn, totals } = data;
  const { gradients, hessians } = grownOn(data);
  const rows = addressOf(drawn, first);
  kernel.measure(addressOf(gradients, first), rows, count, addressOf(totals, 4 * block));
  if (hessians) kernel.measure(addressOf(hessians, first), rows, count, addressOf(totals, 4 * block + 2));
}

/** Chooses the fixed points, once all rows are measured. */
export function chooseScales({ layout, totals, scales }: RowData): void {
  let gradient = 0;
  let rows = 0;
  let hessian = 0;
  for (let at = 0; at < totals.length; at += 4) {
    gradient += totals[at]!;
    rows += totals[at + 1]!;
    hessian += totals[at + 2]!;
  }
  const rowBits = Math.ceil(Math.log2(rows + 1));
  if (layout === 'counted') scales.set([scaleOf(gradient, Math.min(SHARED_BITS - rowBits, SUM_BITS)), 1, rowBits]);
  else if (layout === 'paired') scales.set([scaleOf(gradient, SUM_BITS), scaleOf(hessian, SUM_BITS), 0]);
  else {
    const room = (bits: number, total: number) => (total > 0 ? (2 ** bits - 1 - rows) / total : 1);
    scales.set([room(PACKED_BITS - 1, gradient), room(PACKED_BITS, hessian), PACKED_BITS]);
  }
}

/** A power of two, so that numbers of few digits keep them all. */
const scaleOf = (total: number, bits: number) => (total > 0 ? 2 ** Math.floor(bits - Math.log2(total)) : 1);

/** Writes the statistics of some rows into their records. */
export function packRows(kernel: Kernel, data: RowData, first: number, count: number): void {
  const { drawn, binned, scales } = data;
  const { gradients, hessians } = grownOn(data);
  const rows = addressOf(drawn, first);
  const record = addressOf(binned.records, first * binned.stride);
  const ofGradients = addressOf(gradients, first);
  const [gradientScale, hessianScale, bits] = [scales[0]!, scales[1]!, scales[2]!];
  if (!hessians) {
    kernel.packGradients(ofGradients, rows, count, gradientScale, BigInt(bits), record, binned.stride);
    return;
  }
  const ofHessians = addressOf(hessians, first);
  if (data.layout === 'paired')
    kernel.packPairs(ofGradients, ofHessians, rows, count, gradientScale, hessianScale, record, binned.stride);
  else
    kernel.packTogether(
      ofGradients,
      ofHessians,
      rows,
      first,
      count,
      gradientScale,
      hessianScale,
      record,
      binned.stride,
    );
}

/** Reads a histogram into `pairs`: of each entry, the sums of gradients and of hessians. */
export function unpackSums(kernel: Kernel, { layout, scales }: RowData, histogram: number, pairs: Float64Array): void {
  const entries = pairs.length / 2;
  const [gradientScale, hessianScale, bits] = [scales[0]!, scales[1]!, scales[2]!];
  if (layout === 'paired') kernel.unpackPairs(histogram, entries, gradientScale, hessianScale, pairs.byteOffset);
  else kernel.unpackTogether(histogram, entries, gradientScale, hessianScale, BigInt(bits), pairs.byteOffset);
}

/** The output that the tree is of. */
const grownOn = ({ outputs, batch }: RowData) => outputs[batch.output[0]!]!;
