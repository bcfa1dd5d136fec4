// What a CSV gains: the prediction of each row, and what else is asked for.

import { ReleaseError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Unlisted } from '../data/record.ts';
import { sliceRows, type Table } from '../data/table.ts';
import type { ClassExplanation, Explanation } from '../explain/explanation.ts';
import { withUnlisted } from '../explain/unlisted.ts';
import { classColumns, setText } from './class-columns.ts';
import type { ClassPredictor, NumberPredictor, Predictor } from './predictor.ts';

/** Explanations of so many rows lie in memory at a time. */
const CHUNK_ROWS = 256;

/** What is asked of each row beside its prediction. */
export interface Asked {
  /** How sure it is: of a number its interval, two columns; of a class the others that it could be, in one. @default false */
  readonly interval?: boolean | undefined;
  /** What it is made of, a column for each feature, and what of the row was not learned from. @default false */
  readonly explain?: boolean | undefined;
}

/** A number as a text. */
type WriteNumber = (value: number) => string;

/** Columns, by the names that they have where the file has none that reads alike, and their cells. */
export interface AddedColumns {
  readonly names: readonly string[];
  /**
   * For each row of a table of features, and what was predicted of it, its cells in the order of the names.
   *
   * @param unlisted what of each row was taken as another level
   */
  cellsOf(
    table: Table,
    predictions: Predictions,
    unlisted: readonly (readonly Unlisted[])[],
  ): readonly (readonly string[])[];
}

/**
 * The columns of a row, the prediction first.
 *
 * @param write how numbers are written. @default as JavaScript does
 * @throws ReleaseError where intervals are asked of a release that has none
 */
export function addedColumns(
  predictor: Predictor,
  { interval, explain }: Asked,
  write: WriteNumber = String,
): AddedColumns {
  const parts = [
    predictor.task === 'regression' ? numberColumn(write) : classColumns(predictor.target.levels, write),
    ...(interval ? [surenessColumns(predictor, write)] : []),
    ...(explain ? [explanationColumns(predictor, write)] : []),
  ];
  return {
    names: parts.flatMap(({ names }) => names),
    cellsOf(table, predictions, unlisted) {
      const cells = parts.map((part) => part.cellsOf(table, predictions, unlisted));
      return Array.from({ length: table.rows }, (_, row) => cells.flatMap((each) => each[row] as readonly string[]));
    },
  };
}

/** The error of a release that does not know how sure it is where that was asked for. */
export function lacksIntervals({ release, task, manifest }: Predictor): ReleaseError {
  const what = task === 'regression' ? 'intervals' : 'prediction sets';
  if (manifest.imported)
    return new ReleaseError(
      `release ${release} has no ${what}, since its model was imported with too few rows of proof that have a target. Import it with more (npm run import), or leave --interval out`,
    );
  return new ReleaseError(
    `release ${release} has no ${what}, since an older version of Plumbline made it, or from too few rows. Train again (npm run train), or leave --interval out`,
  );
}

const numberColumn = (write: WriteNumber): AddedColumns => ({
  names: ['prediction'],
  cellsOf: (_, { values }) => Array.from(values, (value) => [write(value)]),
});

function surenessColumns(predictor: Predictor, write: WriteNumber): AddedColumns {
  // Told before a row is read.
  if (!knowsHowSure(predictor)) throw lacksIntervals(predictor);
  return predictor.task === 'regression' ? intervalColumns(predictor, write) : setColumn(predictor);
}

/** Whether a release can tell how sure it is of what it predicts: by an interval, or by a prediction set. */
export function knowsHowSure(predictor: Predictor): boolean {
  const none = { rows: 0, columns: new Map(predictor.features.map(({ name }) => [name, new Float64Array(0)])) };
  return (predictor.task === 'regression' ? predictor.intervalsOf(none) : predictor.setsOf(none)) !== null;
}

function intervalColumns(predictor: NumberPredictor, write: WriteNumber): AddedColumns {
  return {
    names: ['prediction_low', 'prediction_high'],
    cellsOf(table) {
      const bounds = predictor.intervalsOf(table);
      if (!bounds) throw lacksIntervals(predictor);
      return Array.from(bounds.low, (end, row) => [write(end), write(bounds.high[row] as number)]);
    },
  };
}

function setColumn(predictor: ClassPredictor): AddedColumns {
  return {
    names: ['prediction_set'],
    cellsOf(table) {
      const sets = predictor.setsOf(table);
      if (!sets) throw lacksIntervals(predictor);
      return sets.map((set) => [setText(set)]);
    },
  };
}

function explanationColumns(predictor: Predictor, write: WriteNumber): AddedColumns {
  const names = predictor.features.map(({ name }) => name);
  // Of several classes contributions are to another one from row to row.
  const of = predictor.task === 'regression' ? [] : ['explained_class'];
  return {
    names: [...of, 'base', ...names.map((name) => `contribution_${name}`), 'outside'],
    cellsOf(table, _, unlisted) {
      const cells: string[][] = [];
      for (let start = 0; start < table.rows; start += CHUNK_ROWS) {
        for (const each of predictor.explainTable(sliceRows(table, start, start + CHUNK_ROWS))) {
          const { outside } = withUnlisted<Explanation | ClassExplanation>(each, unlisted[cells.length] ?? []);
          cells.push([
            ...('of' in each ? [each.of] : []),
            write(each.base),
            ...names.map((name) => write(each.contributions[name] as number)),
            outside.map(({ message }) => message).join('; '),
          ]);
        }
      }
      return cells;
    },
  };
}
