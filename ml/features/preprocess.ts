import { columnOf, type Table } from '../data/table.ts';
import { type Declaration, featuresOf } from '../dataset.ts';
import type { Matrix } from '../matrix.ts';

/** How one column becomes numbers: a numeric one is scaled, a categorical one becomes a 0/1 column a level. */
type Encoding =
  | {
      readonly column: string;
      readonly kind: 'numeric';
      readonly impute: number;
      readonly mean: number;
      readonly scale: number;
    }
  | {
      readonly column: string;
      readonly kind: 'categorical';
      readonly impute: number;
      readonly levels: readonly string[];
    };

/** How a record becomes a row of a matrix: plain data, in the order of the matrix's columns. */
export type Preprocessor = readonly Encoding[];

/**
 * Learns medians, most frequent levels, means and standard deviations from training rows.
 *
 * Scaling divides by the population's standard deviation, or by 1 where a column is constant.
 */
export function fitPreprocessor(declaration: Declaration, table: Table): Preprocessor {
  return featuresOf(declaration).map((column): Encoding => {
    const values = columnOf(table, column.name);
    if (column.kind === 'categorical') {
      return {
        column: column.name,
        kind: 'categorical',
        impute: mostFrequent(values, column.levels.length),
        levels: column.levels,
      };
    }
    const impute = median(values);
    return { column: column.name, kind: 'numeric', impute, ...moments(values, impute) };
  });
}

/** Encodes every row of a table, one or a million, into `rows × widthOf(preprocessor)` numbers. */
export function transform(preprocessor: Preprocessor, table: Table): Matrix {
  const width = widthOf(preprocessor);
  const data = new Float64Array(table.rows * width);
  let offset = 0;
  for (const encoding of preprocessor) {
    const values = columnOf(table, encoding.column);
    if (encoding.kind === 'numeric') {
      const { impute, mean, scale } = encoding;
      for (let i = 0, at = offset; i < table.rows; i++, at += width) {
        const value = values[i] as number;
        data[at] = ((Number.isNaN(value) ? impute : value) - mean) / scale;
      }
      offset += 1;
    } else {
      for (let i = 0, at = offset; i < table.rows; i++, at += width) {
        const code = values[i] as number;
        data[at + (Number.isNaN(code) ? encoding.impute : code)] = 1;
      }
      offset += encoding.levels.length;
    }
  }
  return { rows: table.rows, columns: width, data };
}

/** How many columns the encoded matrix has. */
function widthOf(preprocessor: Preprocessor): number {
  return preprocessor.reduce(
    (width, encoding) => width + (encoding.kind === 'numeric' ? 1 : encoding.levels.length),
    0,
  );
}

/** The middle value; between two, their mean; 0 where every value is missing. */
function median(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return 0;
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}

/** The level with the most rows; the one declared first where several have. */
function mostFrequent(codes: Float64Array, levels: number): number {
  const counts = new Float64Array(levels);
  for (const code of codes) if (!Number.isNaN(code)) counts[code] = (counts[code] as number) + 1;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

function moments(values: Float64Array, impute: number): { mean: number; scale: number } {
  let sum = 0;
  let constant = true;
  const first = Number.isNaN(values[0]) ? impute : (values[0] as number);
  for (const value of values) {
    const filled = Number.isNaN(value) ? impute : value;
    sum += filled;
    constant &&= filled === first;
  }
  // Not left to the deviation: rounding in the mean makes a constant column's 1e-17 instead of 0.
  if (constant) return { mean: first, scale: 1 };
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) {
    const distance = (Number.isNaN(value) ? impute : value) - mean;
    squares += distance * distance;
  }
  return { mean, scale: Math.sqrt(squares / values.length) };
}
