import { DataError } from '../core/errors.ts';
import { holdOut } from '../core/hold-out.ts';
import { createRandom } from '../core/random.ts';
import type { Relations } from '../core/relations.ts';
import type { Ingested } from '../data/ingest.ts';

const HOLDOUT_SHARE = 0.2;

/** Which rows of a table to learn from, and which to hold out; ascending. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Holds out a fifth of `rows` rows (rounded up): random ones, the latest where they have times, whole groups where they have
 * groups; see `holdOut`.
 *
 * @throws DataError where all are of one group, or of one time
 */
export function splitBySeed(rows: number, seed: number, relations: Relations = {}): Split {
  const { learned, held } = holdOut(rows, Math.ceil(rows * HOLDOUT_SHARE), createRandom(seed), relations);
  const { groups, times } = relations;
  if ((groups || times) && (learned.length === 0 || held.length === 0)) {
    const isOneTime = times?.every((time) => time === times[0]) ?? false;
    throw new DataError(
      `no rows can be held out, since all are of one ${isOneTime ? 'time' : 'group'}: bring rows of others, or declare ` +
        `another ${isOneTime ? 'time' : 'group'}, or none`,
    );
  }
  return { train: learned, test: held };
}

/**
 * Holds out the rows with the given numbers in the file (from 0, the header not counted).
 *
 * @throws DataError if a number is not a row of the file or is there twice.
 */
export function splitByRows(data: Ingested, holdoutRows: readonly number[]): Split {
  const held = new Set(holdoutRows);
  const wrong = [...held].filter((row) => !Number.isInteger(row) || row < 0 || row >= data.fileRowCount);
  if (wrong.length > 0) {
    const last = data.fileRowCount - 1;
    throw new DataError(`holdout rows must be whole numbers from 0 to ${last}: ${wrong.slice(0, 5).join(', ')}`);
  }
  if (held.size < holdoutRows.length) {
    throw new DataError(`${holdoutRows.length - held.size} of the holdout rows are given twice`);
  }
  const rows = Uint32Array.from({ length: data.table.rows }, (_, i) => i);
  const isHeld = (row: number) => held.has(data.fileRows[row] as number);
  return { train: rows.filter((row) => !isHeld(row)), test: rows.filter(isHeld) };
}
