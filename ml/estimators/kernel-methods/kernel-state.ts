import { eachBlock, type Matrix } from '../../core/matrix.ts';
import { compareRows, type Kernel } from './kernel.ts';

/** What every model of a kernel knows: what rows are compared with. */
export type KernelState = Kernel & {
  /** landmarks × columns. */
  readonly points: Float64Array;
};

/**
 * Visits how alike rows are to the landmarks, some rows at a time.
 *
 * @param count how many landmarks there are
 * @param visit is given rows × landmarks until it returns, and the number of the first row
 */
export function eachComparison(
  state: KernelState,
  count: number,
  x: Matrix,
  visit: (compared: Matrix, first: number) => void,
): void {
  const { columns } = x;
  eachBlock(x, (data, at, first, rows) => {
    const compared = new Float64Array(rows * count);
    compareRows(state, { data, columns }, { at, rows }, { points: state.points, count }, compared);
    visit({ rows, columns: count, data: compared }, first);
  });
}
