import type { Predictions } from '../core/predictions.ts';
import { sliceRows, type Table } from '../data/table.ts';
import { calibrate } from '../estimators/calibration/calibrate.ts';
import { spread, stretch } from '../estimators/contributions.ts';
import { estimatorNamed } from '../estimators/index.ts';
import { type Model, partsOf } from '../estimators/model.ts';
import { sourcesOf, transform } from '../features/preprocess.ts';
import { explainClasses } from './class-parts.ts';
import { type Method, sumOfParts, worstOf } from './contribution-sum.ts';
import { foldColumns } from './fold-columns.ts';

/** What each declared column adds to the log-odds of a class. base + the sum of a row is log(p / (1 − p)). */
export interface LogOddsContributions {
  readonly rows: number;
  /** The columns that the model reads, in declared order. */
  readonly columns: readonly string[];
  /** Of each row the log-odds of its class where no column is known. */
  readonly bases: Float64Array;
  /** rows × columns, row-major. */
  readonly values: Float64Array;
  readonly method: Method;
}

/** A class of each row of a table of features, and what the model predicts of the rows. */
export interface ExplainedClasses {
  /** One a row. */
  readonly classes: Uint32Array;
  readonly predictions: Predictions;
}

/**
 * What each declared column adds to the log-odds of a class, whatever the model is made of. Of two classes and one fit that
 * predicts log-odds they are its own: exact. Of anything else the parts' contributions to the class's probability are
 * added up, and rescaled to its log-odds, which includes what calibration does.
 *
 * @param threads the most that may be used. @default 1
 */
export function logOddsOf(model: Model, table: Table, explained: ExplainedClasses, threads = 1): LogOddsContributions {
  return ownLogOdds(model, table, explained, threads) ?? rescaledLogOdds(model, table, explained, threads);
}

/** Of a model of two classes that is one fit, and uncalibrated; null where that has no log-odds of its own. */
function ownLogOdds(
  model: Model,
  table: Table,
  { classes, predictions }: ExplainedClasses,
  threads: number,
): LogOddsContributions | null {
  const [part, ...others] = partsOf(model);
  if (part?.task !== 'binary' || others.length > 0 || model.calibration) return null;
  const { contributions } = estimatorNamed(part.estimator, part.task);
  // Of one row, rather than of all, and for nothing where they are no log-odds.
  const isOfLogOdds = contributions?.(part.state, transform(part.preprocessor, sliceRows(table, 0, 1)))?.scale;
  if (isOfLogOdds !== 'log-odds') return null;
  const sum = sumOfParts(model, table, { outputs: 1, threads }, (_, { chunk, x, columns }) => {
    const own = contributions?.(part.state, x, threads);
    if (!own) throw new Error(`${part.estimator} explains some rows, and not others`);
    const values = foldColumns(own, sourcesOf(part.preprocessor, chunk), columns);
    return { bases: own.bases, values, method: own.isRescaled ? 'rescaled' : 'exact' };
  });
  const { rows, columns, values, method } = sum;
  const base = sum.bases[0] as number;
  const signed = { bases: new Float64Array(rows), values: values.slice() };
  classes.forEach((k, row) => {
    const sign = k === 1 ? 1 : -1;
    const own = signed.values.subarray(row * columns.length, (row + 1) * columns.length);
    for (let j = 0; j < own.length; j++) own[j] = sign * (own[j] as number);
    signed.bases[row] = sign * base;
    // A probability may be rounded, to 32 bits in some families; what is almost certain has no digits to go by.
    const total = logOdds(rowOf(predictions, row), k) - sign * base;
    const sum = own.reduce((sum, value) => sum + value, 0);
    if (Math.abs(total - sum) <= ROUNDING) spread(own, total);
  });
  return { rows, columns, ...signed, method };
}

function rescaledLogOdds(
  model: Model,
  table: Table,
  { classes, predictions }: ExplainedClasses,
  threads: number,
): LogOddsContributions {
  const { outputs } = predictions;
  const { bases, ...sum } = sumOfParts(model, table, { outputs, threads }, (part, rows) =>
    explainClasses(part, rows, classes),
  );
  const raw = { rows: 1, outputs, values: bases };
  const { values: atBase } = model.calibration ? calibrate(model.calibration, raw) : raw;
  const { rows, columns, values } = sum;
  const ownBases = Float64Array.from(classes, (k) => logOdds(atBase, k));
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * columns.length, (row + 1) * columns.length);
    const k = classes[row] as number;
    const reached = logOdds(rowOf(predictions, row), k);
    const p = atBase[k] as number;
    stretch(own, reached - (ownBases[row] as number), 1 / Math.max(SMALLEST, p * (1 - p)));
  }
  return { rows, columns, bases: ownBases, values, method: worstOf('rescaled', sum.method) };
}

/** No probability counts as smaller: 0 has no log-odds. */
const SMALLEST = Number.EPSILON;

/** The log-odds of class k; its complement is the sum of the others, which keeps its digits where k is almost certain. */
export function logOdds(probabilities: Float64Array, k: number): number {
  let others = 0;
  for (let l = 0; l < probabilities.length; l++) if (l !== k) others += probabilities[l] as number;
  return Math.log(Math.max(SMALLEST, probabilities[k] as number) / Math.max(SMALLEST, others));
}

/** What a log-odds may lose of its digits where a probability is of 32 bits. */
const ROUNDING = 1e-6;

const rowOf = ({ outputs, values }: Predictions, row: number) => values.subarray(row * outputs, (row + 1) * outputs);
