import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, type Table, takeRows, weightsOf } from '../data/table.ts';
import type { LabelledRows } from '../estimators/estimator.ts';
import { type Encoding, fitPreprocessor, transform } from '../features/preprocess.ts';

/** One part of cross-validation, encoded by what its own training rows taught. */
export interface EncodedFold {
  readonly learned: LabelledRows;
  readonly validation: LabelledRows;
}

/** Cells of encoded folds that are kept for the next candidate: 256 MB. */
const KEPT_CELLS = 2 ** 25;

/**
 * The folds of a table, as an estimator wants them encoded. Preprocessing is fitted within each, so that no validation row
 * leaks into it.
 */
export class Folds {
  readonly #declaration: Declaration;
  readonly #table: Table;
  readonly #folds: readonly Fold[];
  readonly #kept = new Map<number, EncodedFold>();
  #keptCells = 0;
  #encoding = '';

  constructor(declaration: Declaration, table: Table, folds: readonly Fold[]) {
    this.#declaration = declaration;
    this.#table = table;
    this.#folds = folds;
  }

  encoded(encoding: Encoding, fold: number): EncodedFold {
    // Of the last encoding only: estimators that share one stand beside each other, and data may be large.
    const key = Object.values(encoding).join();
    if (key !== this.#encoding) {
      this.#kept.clear();
      this.#keptCells = 0;
      this.#encoding = key;
    }
    const known = this.#kept.get(fold);
    if (known) return known;
    const encoded = this.#encode(encoding, fold);
    this.#keptCells += encoded.learned.x.data.length + encoded.validation.x.data.length;
    if (this.#keptCells <= KEPT_CELLS) this.#kept.set(fold, encoded);
    return encoded;
  }

  #encode(encoding: Encoding, fold: number): EncodedFold {
    const { learned, held } = this.#folds[fold] as Fold;
    const train = takeRows(this.#table, learned);
    const preprocessor = fitPreprocessor(this.#declaration, train, encoding);
    const labelled = (rows: Table): LabelledRows => ({
      x: transform(preprocessor, rows),
      y: columnOf(rows, this.#declaration.target),
      weights: weightsOf(rows, this.#declaration),
    });
    return { learned: labelled(train), validation: labelled(takeRows(this.#table, held)) };
  }
}
