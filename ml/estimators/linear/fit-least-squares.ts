import { DataError } from '../../core/errors.ts';
import { columnName } from '../../core/matrix.ts';
import { countedRows } from '../counted-rows.ts';
import type { LabelledRows } from '../estimator.ts';
import { gramOf, inUnits, vanishingColumn } from './gram.ts';
import { leastSquares } from './least-squares.ts';
import { type LinearState, linearState } from './linear-model.ts';
import { ridgeByRows } from './ridge-by-rows.ts';
import { solveBySingularValues } from './singular-values.ts';
import { triangularFactor } from './triangular-factor.ts';

/** What is asked of a fit by least squares. */
interface Problem {
  readonly centred: boolean;
  /** How much the squares of the coefficients count. */
  readonly ridge: number;
  /** The singular values of x that count as 0, as a share of the largest one; 0 where a ridge decides. */
  readonly cutOff: number;
}

/**
 * Fits by least squares: from products of rows where they are few, from sums of squares where these decide, which is quick, and else from the singular values.
 *
 * @throws DataError where a column vanishes beside another, or a coefficient is too large for a double
 */
export function fitLeastSquares(training: LabelledRows, { centred, ridge, cutOff }: Problem): LinearState {
  const rows = countedRows(training);
  const { x, unit } = rows;
  const byRows = ridgeByRows(rows, centred, ridge * unit);
  if (byRows) return linearState(rows, byRows.gram, byRows.coefficients);
  const gram = gramOf(rows, centred);
  const vanishing = cutOff === 0 ? vanishingColumn(x, gram) : -1;
  if (vanishing >= 0) {
    throw new DataError(
      `${columnName(x, vanishing)} vanishes beside the largest column; take units in which they are closer`,
    );
  }
  const scaled = inUnits(ridge * unit, gram.xUnit, gram.xUnit);
  const coefficients =
    leastSquares(gram, scaled) ?? solveBySingularValues(triangularFactor(rows, gram), scaled, cutOff);
  return linearState(rows, gram, coefficients);
}
