import { formatRounded } from '../core/format-number.ts';
import type { ColumnComparison } from './compare.ts';
import type { Finding } from './finding.ts';
import { whatMoved } from './moved.ts';

/** The rule of thumb of the population stability index: below the first stable, from the second on a major shift. */
const PSI_MODERATE = 0.1;
const PSI_MAJOR = 0.25;
const SMALLEST_TOLD = 1e-4;

/**
 * How large the shift of a column is; undefined where it is none. It must be more than chance, and large: of many rows the smallest
 * difference is more than chance, and of few rows the index is large by chance, which is taken off it.
 */
export function sizeOfShift({ shift }: ColumnComparison): Finding['weight'] | undefined {
  if (!shift?.isSignificant) return undefined;
  const effect = shift.psi - shift.chance;
  if (effect >= PSI_MAJOR) return 'major';
  return effect >= PSI_MODERATE ? 'minor' : undefined;
}

/** What is said of a shift. */
export function shiftInWords(comparison: ColumnComparison, size: Finding['weight']): string {
  const { shift, column, profiles } = comparison;
  if (!shift) throw new Error(`${column.name} was not compared`);
  const { psi, chance, p, test } = shift;
  const by = test === 'chi_squared' ? 'chi-squared' : 'Kolmogorov–Smirnov';
  const probability = p < SMALLEST_TOLD ? `p < ${SMALLEST_TOLD}` : `p = ${formatRounded(p, 2)}`;
  const moderate =
    size === 'major' ? `a major shift is ${PSI_MAJOR} or more` : `${PSI_MODERATE} to ${PSI_MAJOR} is moderate`;
  return (
    `PSI ${psi.toFixed(2)}, of which chance makes ${chance.toFixed(2)} (${moderate}); ${by} ${probability}: ` +
    whatMoved(column, ...profiles)
  );
}
