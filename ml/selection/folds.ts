import { createRandom, permutation } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
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

/** Parts `rows` rows at random into `k` sets whose sizes differ by one at most; each ascending. */
export function partition(rows: number, k: number, seed: number): Uint32Array[] {
  const order = permutation(rows, createRandom(seed));
  return Array.from({ length: k }, (_, fold) => order.filter((_, i) => i % k === fold).sort());
}

/** The rows of a table that are not among `held` (ascending), ascending. */
function others(rows: number, held: Uint32Array): Uint32Array {
  const isHeld = new Uint8Array(rows);
  for (const row of held) isHeld[row] = 1;
  return Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => isHeld[i] === 0);
}

/**
 * The folds of a table, as an estimator wants them encoded. Preprocessing is fitted within each, so that no validation row
 * leaks into it.
 */
export class Folds {
  readonly #declaration: Declaration;
  readonly #table: Table;
  readonly #held: readonly Uint32Array[];
  readonly #kept = new Map<number, EncodedFold>();
  #keptCells = 0;
  #encoding = '';

  /** @param held the validation rows of each fold */
  constructor(declaration: Declaration, table: Table, held: readonly Uint32Array[]) {
    this.#declaration = declaration;
    this.#table = table;
    this.#held = held;
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
    const held = this.#held[fold] as Uint32Array;
    const train = takeRows(this.#table, others(this.#table.rows, held));
    const preprocessor = fitPreprocessor(this.#declaration, train, encoding);
    const labelled = (rows: Table): LabelledRows => ({
      x: transform(preprocessor, rows),
      y: columnOf(rows, this.#declaration.target),
      weights: weightsOf(rows, this.#declaration),
    });
    return { learned: labelled(train), validation: labelled(takeRows(this.#table, held)) };
  }
}
