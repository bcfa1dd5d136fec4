import { largestSize, unitOf } from '../../core/moments.ts';
import { type Declaration, featuresOf } from '../../data/declaration.ts';
import type { Fold } from '../../data/folds.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { columnOf, type Table, takeRows } from '../../data/table.ts';
import type { LearnedTarget } from '../learned-targets.ts';
import { AdditiveModel, type Term } from './additive-model.ts';
import { binned } from './bins.ts';

const MOST_BINS = 32;
/** Rows a bin at least, where there are few. */
const ROWS_A_BIN = 25;
const PASSES = 4;
/** Of a column's variance, less than which is nothing of its own. */
const LEAST_LEFT = 1e-4;
const COPY = 0.98;

/** Rows that are learned from, of which a sample is looked at. */
export interface ScreenedRows {
  readonly declaration: Declaration;
  readonly table: Table;
  /** What is learned of each row. */
  readonly targets: readonly LearnedTarget[];
  readonly weights: Float64Array | undefined;
  readonly folds: readonly Fold[];
}

/** Some of the rows that are learned from, with their columns as terms of an additive model. */
export class Sample {
  readonly rows: Uint32Array;
  /** Their mean is 1. */
  readonly weights: Float64Array;
  /** Which half each row is in: whole folds go together, and so do the rows of a group. */
  readonly halves: Uint8Array;
  readonly terms: ReadonlyMap<string, Term>;
  readonly #bins: number;

  /** @param rows which rows these are */
  constructor({ declaration, table, weights, folds }: ScreenedRows, rows: Uint32Array) {
    this.rows = rows;
    this.#bins = Math.max(4, Math.min(MOST_BINS, Math.floor(rows.length / ROWS_A_BIN)));
    this.weights = normalised(Float64Array.from(rows, (row) => weights?.[row] ?? 1));
    const halves = new Uint8Array(table.rows);
    folds.forEach(({ held }, fold) => {
      for (const row of held) halves[row] = fold % 2;
    });
    this.halves = Uint8Array.from(rows, (row) => halves[row] as number);
    const sampled = takeRows(table, rows);
    this.terms = new Map(
      featuresOf(declaration).map((column): [string, Term] => {
        const values = columnOf(sampled, column.name);
        const { levels } = kindOf(column);
        if (!levels) return [column.name, { ...binned(values, this.#bins), line: standardised(values) }];
        const { length } = levels;
        const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? length : value));
        return [column.name, { codes, bins: length + 1 }];
      }),
    );
  }

  /**
   * A column that is made of others as a term of its own. Its line is what no sum of functions of those others gives: of a product
   * of two numbers the product of their distances from their means.
   *
   * @param parents the names of the columns that it is made of
   * @returns undefined where it is as good as a copy of one of them: of a large number less a small one
   */
  termOf(values: Float64Array, parents: readonly string[]): Term | undefined {
    const bins = binned(values, this.#bins);
    const isCopy = (parent: Term) => parent.line && Math.abs(binCorrelation(bins.codes, parent.codes)) > COPY;
    if (parents.some((name) => isCopy(this.terms.get(name) as Term))) return undefined;
    const model = new AdditiveModel(standardised(values), this.weights);
    model.fit(
      parents.map((name) => this.terms.get(name) as Term),
      PASSES,
    );
    const { residuals } = model;
    const left = residuals.reduce((sum, value) => sum + value * value, 0) / residuals.length;
    // Of a sum nothing is left but rounding.
    return { ...bins, ...(left > LEAST_LEFT && { line: standardised(residuals) }) };
  }
}

/** The correlation of the bins of two columns, close to that of their ranks. */
function binCorrelation(a: Int32Array, b: Int32Array): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    sumA += x;
    sumB += y;
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  const spread = (sum: number, squares: number) => squares - (sum * sum) / a.length;
  const shared = products - (sumA * sumB) / a.length;
  return shared / Math.sqrt(spread(sumA, squaresA) * spread(sumB, squaresB));
}

/** At most so many different rows, ascending: one of each of as many strips of neighbours, since rows may come in a period. */
export function someRows(rows: number, most: number): Uint32Array {
  const size = Math.min(rows, most);
  const startOf = (strip: number) => Math.floor((strip * rows) / size);
  return Uint32Array.from({ length: size }, (_, k) => {
    const start = startOf(k);
    const place = (Math.imul(k + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
    return start + Math.floor(place * (startOf(k + 1) - start));
  });
}

function normalised(weights: Float64Array): Float64Array {
  const unit = unitOf(largestSize(weights));
  const mean = weights.reduce((sum, weight) => sum + weight * unit, 0) / weights.length;
  return mean === 0 ? weights : weights.map((weight) => (weight * unit) / mean);
}

/** Numbers less their mean, divided by their standard deviation; 0 where they are missing, or all the same. */
function standardised(values: Float64Array): Float64Array {
  const unit = unitOf(largestKnown(values)) / 4;
  const scaled = new Float64Array(values.length);
  let known = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] as number) * unit;
    scaled[i] = value;
    if (Number.isNaN(value)) continue;
    known += 1;
    sum += value;
  }
  const mean = sum / known;
  let squares = 0;
  for (let i = 0; i < scaled.length; i++) {
    const distance = (scaled[i] as number) - mean;
    scaled[i] = Number.isNaN(distance) ? 0 : distance;
    squares += (scaled[i] as number) ** 2;
  }
  const deviation = Math.sqrt(squares / known);
  for (let i = 0; i < scaled.length; i++) scaled[i] = deviation > 0 ? (scaled[i] as number) / deviation : 0;
  return scaled;
}

function largestKnown(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  return largest;
}
