import type { FeatureColumn, Predictor, Table } from '../../../../ml/serving.ts';
import { valuesAlong } from './values-along.ts';

/** What is predicted of a record as one of its values changes, and all others stay. */
export interface PredictionsAlong {
  readonly column: FeatureColumn;
  /** The values, ascending: numbers, days, or indices of levels. */
  readonly values: Float64Array;
  /** The value of the record; NaN where it is not known. */
  readonly own: number;
  /** Of each value; not finite where nothing can be predicted. Of classes the probability of each. */
  readonly outputs: readonly Output[];
  /** How many levels there are beyond those. */
  readonly left: number;
}

/** One number by value. */
interface Output {
  /** The class; the empty text of a number. */
  readonly name: string;
  readonly values: Float64Array;
  /** What is predicted of the record as it is. */
  readonly own: number;
  /** The ends of the intervals, where there are some. */
  readonly low?: Float64Array | undefined;
  readonly high?: Float64Array | undefined;
}

/** So many classes can be told apart in a picture. */
const MOST_CLASSES = 4;

/**
 * @param record one that `predictor` has predicted
 * @returns undefined where it is not known from where to where the column goes
 */
export function predictionsAlong(
  predictor: Predictor,
  record: Readonly<Record<string, unknown>>,
  column: FeatureColumn,
): PredictionsAlong | undefined {
  const own = predictor.tableOf([record]);
  const value = valueIn(own, column.name);
  const along = valuesAlong(column, value, predictor.usual.get(column.name));
  if (!along) return undefined;
  // The record itself comes last.
  const table = withValues(own, column.name, Float64Array.of(...along.values, value));
  return { column, own: value, ...along, outputs: outputsOf(predictor, table) };
}

const valueIn = ({ columns }: Table, name: string): number => columns.get(name)?.[0] ?? Number.NaN;

/** A row many times, with another value of one column in each. */
function withValues(row: Table, name: string, values: Float64Array): Table {
  const columns = [...row.columns.keys()].map((each) => {
    const repeated = () => new Float64Array(values.length).fill(valueIn(row, each));
    return [each, each === name ? values : repeated()] as const;
  });
  return { rows: values.length, columns: new Map(columns) };
}

function outputsOf(predictor: Predictor, table: Table): Output[] {
  const { predictions } = predictor.predictRows(table);
  const last = table.rows - 1;
  const output = (name: string, k: number): Output => {
    const all = Float64Array.from(
      { length: table.rows },
      (_, row) => predictions.values[row * predictions.outputs + k] as number,
    );
    return { name, values: all.subarray(0, last), own: all[last] as number };
  };
  if (predictor.task === 'regression') {
    const bounds = predictor.intervalsOf(table);
    return [{ ...output('', 0), low: bounds?.low.subarray(0, last), high: bounds?.high.subarray(0, last) }];
  }
  const { levels } = predictor.target;
  if (predictor.positive !== null) return [output(predictor.positive, levels.indexOf(predictor.positive))];
  // That which is predicted, and those that become most probable somewhere.
  const [predicted, ...others] = levels.map(output).sort((a, b) => b.own - a.own);
  const near = others.sort((a, b) => highest(b) - highest(a)).slice(0, MOST_CLASSES - 1);
  return predicted ? [predicted, ...near] : near;
}

const highest = ({ values }: Output) => values.reduce((most, value) => Math.max(most, value), 0);
