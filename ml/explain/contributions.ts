import type { Table } from '../data/table.ts';
import { rescale } from '../estimators/contributions.ts';
import { estimatorNamed } from '../estimators/index.ts';
import type { FittedModel, Model } from '../estimators/model.ts';
import { asTargets } from '../features/log-target.ts';
import { sourcesOf } from '../features/preprocess.ts';
import { type Method, type PartContributions, type PartRows, sumOfParts } from './contribution-sum.ts';
import { foldColumns } from './fold-columns.ts';
import { sampledContributions } from './sampled.ts';

/** What each declared column adds to the numbers that a model predicts. base + the sum of a row is its prediction. */
export interface ModelContributions {
  readonly rows: number;
  /** The columns that the model reads, in declared order. */
  readonly columns: readonly string[];
  /** What the model predicts of its training rows on average; a part that is sampled, of a typical record. */
  readonly base: number;
  /** rows × columns, row-major, in the target's unit. */
  readonly values: Float64Array;
  readonly method: Method;
}

/**
 * What each declared column adds to the predictions of a table of features, whatever the model of numbers is made of: the mean over a
 * member's parts, each member by its weight. A category's 0/1 columns are summed; what a column that a recipe made adds is shared
 * equally among those that it was made of; the contributions to a logarithm are rescaled (Shrikumar et al. 2017).
 *
 * @param threads the most that may be used. @default 1
 */
export function contributionsOf(model: Model, table: Table, threads = 1): ModelContributions {
  const { bases, ...sum } = sumOfParts(model, table, { outputs: 1, threads }, explainPart);
  return { ...sum, base: bases[0] as number };
}

function explainPart(part: FittedModel, { chunk, x, columns, threads }: PartRows): PartContributions {
  const { preprocessor, state } = part;
  const { target } = preprocessor;
  const { contributions, predict } = estimatorNamed(part.estimator, part.task);
  const ofMatrix = contributions?.(state, x, threads) ?? null;
  if (ofMatrix === null) return { ...sampledContributions(part, chunk, columns), method: 'sampled' };
  const values = foldColumns(ofMatrix, sourcesOf(preprocessor, chunk), columns);
  const declared = { ...ofMatrix, columns: columns.length, values };
  if (target === null) return { ...declared, method: declared.isRescaled ? 'rescaled' : 'exact' };
  const predictions = asTargets(target, predict(state, x).values);
  return { ...rescale(declared, (raw) => asTargets(target, raw), predictions), method: 'rescaled' };
}
