// What a CSV gains beside the prediction of each row.

import { ReleaseError } from '../core/errors.ts';
import { sliceRows, type Table } from '../data/table.ts';
import type { NumberPredictor } from './predictor.ts';

/** Explanations of so many rows lie in memory at a time. */
const CHUNK_ROWS = 256;

/** What is asked of each row beside its prediction. */
export interface Asked {
  /** Its interval: two columns. @default false */
  readonly interval?: boolean | undefined;
  /** What it is made of, a column for each feature, and what of the row was not learned from. @default false */
  readonly explain?: boolean | undefined;
}

/** Columns, by the names that they have where the file has none that reads alike, and their cells. */
export interface AddedColumns {
  readonly names: readonly string[];
  /** For each row of a table of features its cells, in the order of the names. */
  cellsOf(table: Table): readonly (readonly string[])[];
}

/** @throws ReleaseError where intervals are asked of a release that has none */
export function addedColumns(predictor: NumberPredictor, { interval, explain }: Asked): AddedColumns {
  const parts = [
    ...(interval ? [intervalColumns(predictor)] : []),
    ...(explain ? [explanationColumns(predictor)] : []),
  ];
  return {
    names: parts.flatMap(({ names }) => names),
    cellsOf(table) {
      const cells = parts.map((part) => part.cellsOf(table));
      return Array.from({ length: table.rows }, (_, row) => cells.flatMap((each) => each[row] as readonly string[]));
    },
  };
}

/** The error of a release that has no intervals where they were asked for. */
export function lacksIntervals({ release }: NumberPredictor): ReleaseError {
  return new ReleaseError(
    `release ${release} has no intervals, since an older version of Plumbline made it, or from too few rows. Train again (npm run train), or leave --interval out`,
  );
}

function intervalColumns(predictor: NumberPredictor): AddedColumns {
  const boundsOf = (table: Table) => {
    const bounds = predictor.intervalsOf(table);
    if (!bounds) throw lacksIntervals(predictor);
    return bounds;
  };
  // Told before a row is read.
  boundsOf({ rows: 0, columns: new Map(predictor.features.map(({ name }) => [name, new Float64Array(0)])) });
  return {
    names: ['prediction_low', 'prediction_high'],
    cellsOf(table) {
      const { low, high } = boundsOf(table);
      return Array.from(low, (end, row) => [String(end), String(high[row])]);
    },
  };
}

function explanationColumns(predictor: NumberPredictor): AddedColumns {
  const names = predictor.features.map(({ name }) => name);
  return {
    names: ['base', ...names.map((name) => `contribution_${name}`), 'outside'],
    cellsOf(table) {
      const cells: string[][] = [];
      for (let start = 0; start < table.rows; start += CHUNK_ROWS) {
        for (const { base, contributions, outside } of predictor.explainTable(
          sliceRows(table, start, start + CHUNK_ROWS),
        )) {
          cells.push([
            String(base),
            ...names.map((name) => String(contributions[name])),
            outside.map(({ message }) => message).join('; '),
          ]);
        }
      }
      return cells;
    },
  };
}
