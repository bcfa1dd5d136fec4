import { AlikeRows } from '../../core/alike-rows.ts';
import { DataError } from '../../core/errors.ts';
import { RowHash } from '../../core/row-hash.ts';
import { IssueLog } from '../issue-log.ts';
import type { RowSource } from '../sources/row-source.ts';
import { ColumnSummary } from './column-summary.ts';
import { RowSample } from './row-sample.ts';

/** What one pass over rows has seen of them. */
export interface TableSummary {
  /** What people call the file. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** Cells of rows drawn at random, in the order of the file. */
  readonly sample: readonly (readonly string[])[];
  /** How many rows are like an earlier one; an estimate where they are very many. */
  readonly duplicates: number;
}

const SAMPLE_ROWS = 20_000;
/** Of very wide tables fewer rows and texts are kept. */
const SAMPLE_CELLS = 4_000_000;
const FEWEST_ROWS = 200;
const DISTINCT_VALUES = 20_000;
const ALL_DISTINCT_VALUES = 2_000_000;
const FEWEST_VALUES = 300;
/** Different rows; of more of them a share is looked at for repeated ones. */
const TOLD_APART = 1 << 19;
const TOLD_EVERY = 10_000;

/**
 * Reads rows once, and keeps of them what decides the kinds of their columns, in memory that does not grow with the rows.
 *
 * @param onRows told now and then how many rows are read
 * @throws DataError naming the rows that cannot be read, or where there are none
 */
export async function summarizeRows(
  source: RowSource,
  onRows: (rows: number) => void = () => {},
): Promise<TableSummary> {
  const { name, header, place } = source;
  const bounded = (all: number, fewest: number) => Math.max(fewest, Math.floor(all / header.length));
  const mostValues = Math.min(DISTINCT_VALUES, bounded(ALL_DISTINCT_VALUES, FEWEST_VALUES));
  const columns = header.map((title, j) => new ColumnSummary(title, j, mostValues));
  const sample = new RowSample(Math.min(SAMPLE_ROWS, bounded(SAMPLE_CELLS, FEWEST_ROWS)));
  const alike = new AlikeRows(TOLD_APART);
  const hash = new RowHash();
  const issues = new IssueLog(place);
  let rows = 0;
  for await (const { line, cells, problem } of source.rows) {
    issues.countRow();
    if (problem !== undefined) {
      issues.addRow(line, problem);
      continue;
    }
    for (let j = 0; j < columns.length; j++) (columns[j] as ColumnSummary).add(cells[j] as string);
    sample.add(cells);
    for (const cell of cells) hash.addText(cell);
    alike.add(hash.take());
    rows += 1;
    if (rows % TOLD_EVERY === 0) onRows(rows);
  }
  issues.throwIfAny(name);
  if (rows === 0) throw new DataError(`${name} has a header and no rows`);
  return { name, rows, columns, sample: sample.rows(), duplicates: alike.repeated };
}
