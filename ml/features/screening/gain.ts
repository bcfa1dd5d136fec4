import { PRIOR, type Term } from './additive-model.ts';

/** How much of some squares a column explains. */
export interface Gain {
  /** Less is left of the sum of squares by so much; below 0 where the column is noise. */
  readonly squares: number;
  /** The standard error of it. */
  readonly error: number;
}

/** Residuals of rows, each with its weight and the half, 0 or 1, that it belongs to. */
export interface Halved {
  readonly residuals: Float64Array;
  readonly weights: Float64Array;
  readonly halves: Uint8Array;
}

/**
 * By how much a column makes the squares of residuals less: by a step function of it, or by a line and steps, whichever does
 * more. Each half of the rows is predicted by what the other half taught, so that nothing is gained by chance.
 */
export function crossFittedGain(term: Term, rows: Halved): Gain {
  const steps = gainOf(term, rows, [0, 0]);
  if (!term.line) return steps;
  const both = gainOf(term, rows, slopes(term.line, rows));
  return both.squares > steps.squares ? both : steps;
}

/** The slope of a line through the origin, of each half. */
function slopes(line: Float64Array, { residuals, weights, halves }: Halved): [number, number] {
  const products = [0, 0];
  const squares = [0, 0];
  for (let i = 0; i < line.length; i++) {
    const half = halves[i] as number;
    const weighted = (weights[i] as number) * (line[i] as number);
    products[half] = (products[half] as number) + weighted * (residuals[i] as number);
    squares[half] = (squares[half] as number) + weighted * (line[i] as number);
  }
  const slope = (half: 0 | 1) => (squares[half] === 0 ? 0 : (products[half] as number) / (squares[half] as number));
  return [slope(0), slope(1)];
}

/** @param slopes of each half, or 0 for steps alone */
function gainOf(
  { codes, bins, line }: Term,
  { residuals, weights, halves }: Halved,
  slopes: readonly [number, number],
): Gain {
  const [first, second] = slopes;
  const isLine = line !== undefined && (first !== 0 || second !== 0);
  const sums = new Float64Array(2 * bins);
  const totals = new Float64Array(2 * bins).fill(PRIOR);
  for (let i = 0; i < codes.length; i++) {
    const half = halves[i] as number;
    const at = 2 * (codes[i] as number) + half;
    const weight = weights[i] as number;
    const left = (residuals[i] as number) - (isLine ? (half === 0 ? first : second) * (line[i] as number) : 0);
    sums[at] = (sums[at] as number) + weight * left;
    totals[at] = (totals[at] as number) + weight;
  }
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) / (totals[at] as number);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < codes.length; i++) {
    const other = 1 - (halves[i] as number);
    const ofLine = isLine ? (other === 0 ? first : second) * (line[i] as number) : 0;
    const predicted = (sums[2 * (codes[i] as number) + other] as number) + ofLine;
    const gain = (weights[i] as number) * predicted * (2 * (residuals[i] as number) - predicted);
    sum += gain;
    squares += gain * gain;
  }
  return { squares: sum, error: Math.sqrt(Math.max(0, squares - (sum * sum) / codes.length)) };
}
