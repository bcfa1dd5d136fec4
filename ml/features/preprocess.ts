import { DataError, ParamError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { PlainData } from '../core/plain-data.ts';
import type { Relations } from '../core/relations.ts';
import { smallestFor } from '../data/columns/storage.ts';
import type { Declaration } from '../data/declaration.ts';
import { type Fold, makeFolds } from '../data/folds.ts';
import { columnOf, relationsOf, sliceRows, type Table, weightsOf } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';
import { type ColumnEncoding, type Encoding, fitEncodings } from './column-encoding.ts';
import { encodeRows, widthOf } from './encoded-rows.ts';
import { learnedTargets } from './learned-targets.ts';
import { fitLogTarget, LOG_TARGET, type LogTarget, toLogarithms } from './log-target.ts';
import type { Recipe } from './recipe.ts';
import type { DerivedColumn, LearnedRows } from './recipes/column-recipe.ts';
import { columnRecipeNamed } from './recipes/index.ts';
import { searchedRows } from './screening/searched-rows.ts';

/** How many inner folds there are. */
const FOLDS = 5;

/** How a record becomes a row of a matrix: plain data. */
export type Preprocessor = {
  /** What is made of the declared columns, with what was learned for that. */
  readonly recipes: readonly FittedRecipe[];
  /** Of the declared columns, and of those that recipes make, in the order of the matrix's columns. */
  readonly columns: readonly ColumnEncoding[];
  /** How an estimator's predictions become targets; null where they are. */
  readonly target: LogTarget | null;
};

type FittedRecipe = {
  readonly recipe: string;
  /** What its recipe alone knows. */
  readonly state: PlainData;
};

/** What to make of rows that are learned from. */
interface RecipeOptions {
  readonly declaration: Declaration;
  readonly table: Table;
  /** @default none */
  readonly features?: readonly Recipe[] | undefined;
  /** What the folds of recipes derive from. */
  readonly seed: number;
}

/** What recipes make of rows that are learned from: the same, however an estimator wants them encoded. */
export interface MadeFeatures {
  readonly recipes: readonly FittedRecipe[];
  readonly target: LogTarget | null;
  readonly derived: readonly DerivedColumn[];
}

/**
 * Learns from rows how to make columns of others, and makes those of these rows: a row's own target has no part in them.
 *
 * @throws ParamError where there is no such recipe, or it is not for such targets
 */
export function makeFeatures({ declaration, table, features = [], seed }: RecipeOptions): MadeFeatures {
  const y = columnOf(table, declaration.target);
  const weights = weightsOf(table, declaration);
  const target = features.some(({ recipe }) => recipe === LOG_TARGET) ? logTargetOf(declaration, y, weights) : null;
  const targets = learnedTargets(declaration, target ? toLogarithms(target, y) : y);
  const rows = { declaration, table, targets, weights };
  const folds = once(() => innerFolds(rows, seed));
  const learned: LearnedRows = { ...rows, folds, some: once(() => searchedRows(rows, folds())) };
  const recipes: FittedRecipe[] = [];
  const derived: DerivedColumn[] = [];
  for (const { recipe: name } of features) {
    if (name === LOG_TARGET) continue;
    const recipe = columnRecipeNamed(name);
    const state = recipe.fit(learned);
    if (state === null) continue;
    recipes.push({ recipe: name, state });
    derived.push(...(recipe.applyToLearned?.(state, learned) ?? recipe.apply(state, table)));
  }
  return { recipes, target, derived };
}

function logTargetOf(declaration: Declaration, y: Float64Array, weights: Float64Array | undefined): LogTarget | null {
  if (classCountOf(declaration) === 0) return fitLogTarget(y, weights);
  throw new ParamError(
    `the recipe ${LOG_TARGET} is for a target that is a number, and ${declaration.target} is a class`,
  );
}

/** Rows as an estimator learns from them, and how others become such rows. */
export interface FittedFeatures extends Relations {
  readonly preprocessor: Preprocessor;
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
}

interface FeatureOptions extends RecipeOptions {
  readonly encoding: Encoding;
  /** What `makeFeatures` gave for the same rows, recipes and seed. @default made here */
  readonly made?: MadeFeatures | undefined;
  /** Whether the rows of the matrix may be made where they are read, since it is read a block at a time. @default all are made */
  readonly inBlocks?: boolean | undefined;
  /**
   * Whether the columns that recipes make are kept in the smallest arrays that hold them, as of rows that are very many; of an estimator that
   * rounds numbers to float32 as such. @default they are kept as they are made
   */
  readonly kept?: 'small' | 'single' | undefined;
}

/**
 * Rows that are learned from, with what recipes make of them, as an estimator wants them encoded.
 *
 * @throws ParamError where there is no such recipe
 */
export function fitFeatures({ encoding, made, inBlocks, kept, ...options }: FeatureOptions): FittedFeatures {
  const { declaration, table } = options;
  const { recipes, target, derived } = made ?? makeFeatures(options);
  const columns = fitEncodings(declaration, table, derived, encoding);
  const preprocessor: Preprocessor = { recipes, columns, target };
  return {
    preprocessor,
    x: encodeRows(columns, table, kept ? derived.map((column) => keptSmall(column, kept)) : derived, inBlocks),
    y: targetsFor(preprocessor, declaration, table),
    weights: weightsOf(table, declaration),
    ...relationsOf(table, declaration),
  };
}

/** What recipes make is float64, and most of it counts, parts of dates and means: of ten million rows, fifty columns would be 4 GB. */
function keptSmall({ name, values }: DerivedColumn, kept: 'small' | 'single') {
  return { name, values: smallestFor(kept === 'single' ? roundedToSingle(values) : values) };
}

/** As float32 rounds them; as they are where one of them is beyond it, which estimators refuse by its own value. */
function roundedToSingle(values: Float64Array): Float64Array {
  const rounded = new Float64Array(new Float32Array(values));
  return rounded.some((value, row) => Math.abs(value) === Infinity && values[row] !== value) ? values : rounded;
}

/** The targets of a table as an estimator learns them. */
export function targetsFor({ target }: Preprocessor, { target: name }: Declaration, table: Table): Float64Array {
  const targets = columnOf(table, name);
  return target ? toLogarithms(target, targets) : targets;
}

/**
 * The rows of a table as an estimator predicts them: what one is does not depend on those beside it.
 *
 * @param inBlocks whether they may be made where they are read. @default all are made
 */
export function transform(preprocessor: Preprocessor, table: Table, inBlocks = false): Matrix {
  return encodeRows(preprocessor.columns, table, derivedColumns(preprocessor, table), inBlocks);
}

/** The columns that recipes make of a table. */
function derivedColumns({ recipes }: Preprocessor, table: Table): DerivedColumn[] {
  return recipes.flatMap(({ recipe, state }) => columnRecipeNamed(recipe).apply(state, table));
}

// Remembered: of hundreds of levels, to say it takes longer than to encode a row.
const sources = new WeakMap<Preprocessor, readonly (readonly string[])[]>();

/** Of each column of the matrix that a table becomes: the declared columns that it is made of. */
export function sourcesOf(preprocessor: Preprocessor, table: Table): readonly (readonly string[])[] {
  const known = sources.get(preprocessor);
  if (known) return known;
  const made = new Map(derivedColumns(preprocessor, sliceRows(table, 0, 0)).map(({ name, from }) => [name, from]));
  const all = preprocessor.columns.flatMap((encoding) =>
    new Array<readonly string[]>(widthOf(encoding)).fill(made.get(encoding.column) ?? [encoding.column]),
  );
  sources.set(preprocessor, all);
  return all;
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The folds of rows that are learned from, which keep groups and times apart; none where all are of one group or time. */
export function innerFolds({ table, declaration }: Pick<LearnedRows, 'table' | 'declaration'>, seed: number): Fold[] {
  try {
    return makeFolds(table.rows, FOLDS, seed, relationsOf(table, declaration));
  } catch (error) {
    if (error instanceof DataError) return [];
    throw error;
  }
}
