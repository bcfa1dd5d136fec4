import type { Matrix } from '../core/matrix.ts';
import { sliceRows, type Table } from '../data/table.ts';
import { type Contributions, rescale } from '../estimators/contributions.ts';
import { estimatorNamed } from '../estimators/index.ts';
import { type FittedModel, type Model, preprocessorOf } from '../estimators/model.ts';
import { asTargets } from '../features/log-target.ts';
import { type Preprocessor, sourcesOf, transform } from '../features/preprocess.ts';
import { sampledContributions } from './sampled.ts';

/**
 * How contributions were found. `exact`: they are the Shapley values of the prediction. `rescaled`: those of a logarithm that the model
 * predicts, each with its share in the target's unit. `sampled`: by adding columns in random orders, for at least a part of the model.
 */
export type Method = 'exact' | 'rescaled' | 'sampled';

/** What each declared column adds to a model's predictions. base + the sum of a row is its prediction. */
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

/** Rows whose encodings lie in memory at a time. */
const CHUNK_ROWS = 16_384;

/**
 * What each declared column adds to the predictions of a table of features, whatever the model is made of: the mean over a member's
 * parts, each member by its weight. A category's 0/1 columns are summed; what a column that a recipe made adds is shared equally
 * among those that it was made of; the contributions to a logarithm are rescaled (Shrikumar et al. 2017).
 *
 * @param threads the most that may be used. @default 1
 */
export function contributionsOf(model: Model, table: Table, threads = 1): ModelContributions {
  const columns = preprocessorOf(model).columns.flatMap(({ column }) => (table.columns.has(column) ? column : []));
  const sum = new ContributionSum(model.intercept, table.rows, columns);
  for (let start = 0; start < table.rows || start === 0; start += CHUNK_ROWS) {
    const chunk = sliceRows(table, start, start + CHUNK_ROWS);
    const encoded = new Map<Preprocessor, Matrix>();
    for (const { weight, parts } of model.members) {
      for (const part of parts) {
        const x = encoded.get(part.preprocessor) ?? transform(part.preprocessor, chunk);
        encoded.set(part.preprocessor, x);
        sum.add(start, weight / parts.length, explainPart(part, { chunk, x, columns, threads }));
      }
    }
  }
  return sum.result();
}

/** Some rows, and as a part of the model takes them. */
interface PartRows {
  readonly chunk: Table;
  readonly x: Matrix;
  readonly columns: readonly string[];
  readonly threads: number;
}

/** Contributions of the declared columns to what a part predicts, in the target's unit. */
interface PartContributions extends Contributions {
  readonly method: Method;
}

function explainPart(part: FittedModel, { chunk, x, columns, threads }: PartRows): PartContributions {
  const { preprocessor, state } = part;
  const { target } = preprocessor;
  const { contributions, predict } = estimatorNamed(part.estimator, part.task);
  const ofMatrix = contributions?.(state, x, threads) ?? null;
  if (ofMatrix === null) return { ...sampledContributions(part, chunk, columns), method: 'sampled' };
  const declared = fold(ofMatrix, sourcesOf(preprocessor, chunk), columns);
  if (target === null) return { ...declared, method: declared.isRescaled ? 'rescaled' : 'exact' };
  const predictions = asTargets(target, predict(state, x).values);
  return { ...rescale(declared, (raw) => asTargets(target, raw), predictions), method: 'rescaled' };
}

// Remembered: a release has the same columns for every record.
const knownPlaces = new WeakMap<readonly (readonly string[])[], readonly (readonly number[])[]>();

/** The contributions of the columns that a matrix's were made of. */
function fold(
  contributions: Contributions,
  sources: readonly (readonly string[])[],
  columns: readonly string[],
): Contributions {
  const { rows, values } = contributions;
  const placesOf = knownPlaces.get(sources) ?? sources.map((from) => from.map((name) => columns.indexOf(name)));
  knownPlaces.set(sources, placesOf);
  const folded = new Float64Array(rows * columns.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < placesOf.length; j++, at++) {
      const places = placesOf[j] as readonly number[];
      for (const place of places) {
        const to = i * columns.length + place;
        folded[to] = (folded[to] as number) + (values[at] as number) / places.length;
      }
    }
  }
  return { ...contributions, columns: columns.length, values: folded };
}

/** From the best to the worst. */
const methods: readonly Method[] = ['exact', 'rescaled', 'sampled'];

/** Adds up what parts add, each by its weight. */
class ContributionSum {
  readonly #rows: number;
  readonly #columns: readonly string[];
  readonly #values: Float64Array;
  #base: number;
  #method = 0;

  constructor(intercept: number, rows: number, columns: readonly string[]) {
    this.#base = intercept;
    this.#rows = rows;
    this.#columns = columns;
    this.#values = new Float64Array(rows * columns.length);
  }

  /** @param first the row that the part's first one is */
  add(first: number, weight: number, { bases, values, method }: PartContributions): void {
    // It is the same for all rows.
    if (first === 0) this.#base += weight * (bases[0] as number);
    const own = this.#values.subarray(first * this.#columns.length);
    for (let at = 0; at < values.length; at++) own[at] = (own[at] as number) + weight * (values[at] as number);
    this.#method = Math.max(this.#method, methods.indexOf(method));
  }

  result(): ModelContributions {
    const method = methods[this.#method] as Method;
    return { rows: this.#rows, columns: this.#columns, base: this.#base, values: this.#values, method };
  }
}
