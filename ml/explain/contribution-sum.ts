import type { Matrix } from '../core/matrix.ts';
import { sliceRows, type Table } from '../data/table.ts';
import { type FittedModel, type Model, preprocessorOf } from '../estimators/model.ts';
import { type Preprocessor, transform } from '../features/preprocess.ts';

/**
 * How contributions were found. `exact`: they are the Shapley values of the prediction. `rescaled`: those of something else that the
 * model predicts (a logarithm, a probability, the log-odds of a part), each with its share in the prediction. `sampled`: by
 * adding columns in random orders, for at least a part of the model.
 */
export type Method = 'exact' | 'rescaled' | 'sampled';

/** From the best to the worst. */
const methods: readonly Method[] = ['exact', 'rescaled', 'sampled'];

/** The worst of some methods. */
export const worstOf = (...some: readonly Method[]): Method =>
  methods.findLast((each) => some.includes(each)) as Method;

/** Some rows, and as a part of the model takes them. */
export interface PartRows {
  readonly chunk: Table;
  /** The row of the whole table that the first of them is. */
  readonly start: number;
  readonly x: Matrix;
  /** The declared columns to be told of. */
  readonly columns: readonly string[];
  readonly threads: number;
}

/** What each declared column adds to one output of what a part predicts of each row. */
export interface PartContributions {
  /** Of each output of the part; the same for all rows. */
  readonly bases: Float64Array;
  /** rows × columns, row-major. */
  readonly values: Float64Array;
  readonly method: Method;
}

/** What the parts of a model add together, each by its weight. */
export interface SummedContributions extends PartContributions {
  readonly rows: number;
  /** The columns that the model reads, in declared order. */
  readonly columns: readonly string[];
}

/** Rows whose encodings lie in memory at a time, of one output. */
const CHUNK_ROWS = 16_384;

interface SumOptions {
  /** How many outputs a part has. */
  readonly outputs: number;
  readonly threads: number;
}

/** Explains each part of a model, in chunks of the rows, and adds up: the mean over a member's parts, each member by its weight. */
export function sumOfParts(
  model: Model,
  table: Table,
  { outputs, threads }: SumOptions,
  explain: (part: FittedModel, rows: PartRows) => PartContributions,
): SummedContributions {
  const { rows } = table;
  const columns = preprocessorOf(model).columns.flatMap(({ column }) => (table.columns.has(column) ? column : []));
  const bases = new Float64Array(outputs).fill(model.intercept);
  const values = new Float64Array(rows * columns.length);
  const size = Math.ceil(CHUNK_ROWS / outputs);
  let method: Method = 'exact';
  for (let start = 0; start < rows || start === 0; start += size) {
    const chunk = sliceRows(table, start, start + size);
    const own = values.subarray(start * columns.length);
    const encoded = new Map<Preprocessor, Matrix>();
    for (const { weight, parts } of model.members) {
      for (const part of parts) {
        const x = encoded.get(part.preprocessor) ?? transform(part.preprocessor, chunk);
        encoded.set(part.preprocessor, x);
        const explained = explain(part, { chunk, start, x, columns, threads });
        const share = weight / parts.length;
        if (start === 0) addTo(bases, explained.bases, share);
        addTo(own, explained.values, share);
        method = worstOf(method, explained.method);
      }
    }
  }
  return { rows, columns, bases, values, method };
}

function addTo(sum: Float64Array, values: Float64Array, weight: number): void {
  for (let at = 0; at < values.length; at++) sum[at] = (sum[at] as number) + weight * (values[at] as number);
}
