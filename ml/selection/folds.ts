import type { Drawing } from '../core/draw-rows.ts';
import { LruCache } from '../core/lru-cache.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import { type Table, takeRows, weightsOf } from '../data/table.ts';
import type { LabelledRows } from '../estimators/estimator.ts';
import { type Encoding, widestRow } from '../features/column-encoding.ts';
import {
  fitFeatures,
  innerFolds,
  type MadeFeatures,
  makeFeatures,
  type Preprocessor,
  targetsFor,
  transform,
} from '../features/preprocess.ts';
import type { Recipe } from '../features/recipe.ts';
import { drawFold, drawingOf, heldBeside } from './draw-rows.ts';

/** One part of cross-validation, encoded by what its own training rows taught. */
export interface EncodedFold {
  readonly preprocessor: Preprocessor;
  /** Splits of the rows to learn from. */
  readonly inner: () => readonly Fold[];
  readonly learned: LabelledRows;
  readonly validation: LabelledRows;
}

/** What a fold's rows are to be. */
interface Wanted {
  readonly encoding: Encoding;
  /** Whether it is enough to read the rows that are learned from in blocks. @default all of their numbers are made */
  readonly inBlocks?: boolean | undefined;
  readonly features?: readonly Recipe[] | undefined;
  readonly fold: number;
  /** So many of the rows to learn from, drawn at random, and about as many of those that are held. @default all */
  readonly rows?: number | undefined;
}

/** Cells of encoded folds that are kept for later candidates: 256 MB. */
const KEPT_CELLS = 2 ** 25;
/** What is kept of a number that is made where it is read: its bin. */
const SHARE_IN_BLOCKS = 1 / 8;

/**
 * The folds of a table, as an estimator wants them encoded. Preprocessing is fitted within each, so that no validation row
 * leaks into it. What is asked for again is the same object, as long as there is room: engines keep what they made of it.
 */
export class Folds {
  readonly #declaration: Declaration;
  readonly #table: Table;
  readonly #folds: readonly Fold[];
  readonly #seed: number;
  readonly #drawing: Drawing;
  /** The one that was asked for last comes last. */
  readonly #kept = new Map<string, EncodedFold>();
  /** What recipes made, which is the same for every encoding. */
  readonly #made = new LruCache<MadeFeatures>();

  /** @param seed of the rows that are drawn where not all are wanted, and of what recipes draw */
  constructor(declaration: Declaration, table: Table, folds: readonly Fold[], seed: number) {
    this.#declaration = declaration;
    this.#table = table;
    this.#folds = folds;
    this.#seed = seed;
    this.#drawing = drawingOf({ train: table, declaration, seed });
  }

  encoded(wanted: Wanted): EncodedFold {
    const { encoding, features = [], fold, rows } = wanted;
    const key = JSON.stringify([Object.entries(encoding).sort(), features, fold, rows]);
    const known = this.#kept.get(key);
    if (known) this.#kept.delete(key);
    else this.#makeRoom(this.#cellsOf(wanted));
    const encoded = known ?? this.#encode(wanted);
    this.#kept.set(key, encoded);
    return encoded;
  }

  /** How many numbers a fold is about to become. */
  #cellsOf({ encoding, inBlocks = false, fold, rows = Infinity }: Wanted): number {
    const { learned, held } = this.#folds[fold] as Fold;
    const width = widestRow(this.#declaration, encoding);
    const count = Math.min(rows, learned.length) + Math.min(heldBeside(rows), held.length);
    return (inBlocks ? SHARE_IN_BLOCKS : 1) * width * count;
  }

  /** Forgets what was not asked for longest, before as many cells more lie in memory. */
  #makeRoom(cells: number): void {
    let total = cells;
    for (const encoded of this.#kept.values()) total += cellsOf(encoded);
    for (const [key, encoded] of this.#kept) {
      if (total <= KEPT_CELLS) return;
      this.#kept.delete(key);
      total -= cellsOf(encoded);
    }
  }

  #encode({ encoding, inBlocks, features, fold, rows }: Wanted): EncodedFold {
    const all = this.#folds[fold] as Fold;
    const { learned, held } = rows === undefined ? all : drawFold(all, rows, this.#drawing);
    const train = takeRows(this.#table, learned);
    const declaration = this.#declaration;
    const options = { declaration, table: train, features, seed: this.#seed };
    const made = this.#made.get(JSON.stringify([features, fold, rows]), () => makeFeatures(options));
    this.#made.trim(2 * this.#folds.length);
    const { preprocessor, ...fitted } = fitFeatures({ ...options, encoding, made, inBlocks });
    const validation = takeRows(this.#table, held);
    return {
      preprocessor,
      inner: () => innerFolds({ declaration, table: train }, this.#seed),
      learned: fitted,
      validation: {
        x: transform(preprocessor, validation, inBlocks),
        y: targetsFor(preprocessor, declaration, validation),
        weights: weightsOf(validation, declaration),
      },
    };
  }
}

/** The numbers of a fold that lie in memory. */
const cellsOf = ({ learned, validation }: EncodedFold) => cellsIn(learned.x) + cellsIn(validation.x);

const cellsIn = ({ rows, columns, reader }: Matrix) => (reader ? SHARE_IN_BLOCKS : 1) * rows * columns;
