import { createRandom, permutation, scrambled } from '../core/random.ts';
import { type Declaration, type FeatureColumn, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { estimatorNamed, paramsOf } from '../estimators/index.ts';
import type { FittedModel } from '../estimators/model.ts';
import { fitEncodings, MOST_LEVELS } from '../features/column-encoding.ts';
import { encodeRows } from '../features/encoded-rows.ts';
import { transform } from '../features/preprocess.ts';

/** What is to be learned of rows, other than the target. */
interface Lesson {
  readonly declaration: Declaration;
  readonly table: Table;
  /** One a row. */
  readonly y: Float64Array;
  /** A number of each row that is learned from beside its columns, by the name under which a table will have it. */
  readonly more?: { readonly name: string; readonly values: Float64Array } | undefined;
  readonly seed: number;
}

/** The estimator that learns it, with the parameters that it is given. */
interface Learner {
  readonly estimator: string;
  readonly params: Readonly<Record<string, number | string>>;
}

/**
 * Learns something else than the target from the declared columns.
 *
 * @throws DataError where nothing can be learned from these rows
 */
export function fitOnColumns(
  { estimator: name, params: given }: Learner,
  { declaration, table, y, more, seed }: Lesson,
): FittedModel {
  const estimator = estimatorNamed(name, 'regression');
  const params = paramsOf(name, 'regression', given);
  const derived = more ? [{ ...more, from: [more.name] }] : [];
  const columns = fitEncodings(declaration, table, derived, estimator.encoding);
  const x = encodeRows(columns, table, derived);
  const state = estimator.fit({ x, y, weights: weightsOf(table, declaration), params, seed });
  const preprocessor = { recipes: [], columns, target: null };
  return { estimator: name, task: 'regression', params, features: [], preprocessor, state };
}

/** What such a fit says of the rows of a table that has every column it learned from. */
export function predictFitted({ estimator, task, preprocessor, state }: FittedModel, table: Table): Float64Array {
  return estimatorNamed(estimator, task).predict(state, transform(preprocessor, table)).values;
}

/** The rows of a table with a column more, or another in the place of one. */
export function withColumn(table: Table, name: string, values: Float64Array): Table {
  const columns = [...table.columns.keys()].map((column) => [column, columnOf(table, column)] as const);
  return { rows: table.rows, columns: new Map([...columns, [name, values]]) };
}

/** So many numbers are learned from in a moment. */
const MOST_CELLS = 500_000;
/** Fewer rows than these would say too little, however many columns there are. */
const FEWEST_ROWS = 500;

/** Of more columns some are learned from: rows are that few then that most columns could say nothing. */
const MOST_WIDTH = 500;

/** How many rows may be learned from, so that it takes no time beside the training of a model. */
export function affordableRows(declaration: Declaration, most: number): number {
  const width = featuresOf(declaration).reduce((sum, column) => sum + widthOf(column), 0);
  return Math.max(FEWEST_ROWS, Math.min(most, Math.floor(MOST_CELLS / width)));
}

/** The same declaration with no more features than may be learned from: drawn at random where there are more. */
export function affordableFeatures(declaration: Declaration, seed: number): Declaration {
  const features = featuresOf(declaration);
  let room = MOST_WIDTH;
  const left = new Set<string>();
  for (const place of permutation(features.length, createRandom(scrambled(seed + 3)))) {
    const feature = features[place] as FeatureColumn;
    const width = widthOf(feature);
    if (width > room && room < MOST_WIDTH) left.add(feature.name);
    else room -= width;
  }
  if (left.size === 0) return declaration;
  return { ...declaration, columns: declaration.columns.filter(({ name }) => !left.has(name)) };
}

/** How many numbers a column becomes at most, about. */
function widthOf(column: FeatureColumn): number {
  return Math.min(kindOf(column).levels?.length ?? 1, MOST_LEVELS);
}
