import { takePredictions } from '../core/predictions.ts';
import type { IssueLog } from '../data/issue-log.ts';
import type { Unlisted } from '../data/record.ts';
import type { Row } from '../data/sources/row.ts';
import { takeRows } from '../data/table.ts';
import type { AddedColumns } from './added-columns.ts';
import type { Predictor } from './predictor.ts';

const BATCH_ROWS = 4096;

/** A row as it is written: its cells, and its prediction with what is added to it, or the reason for none. */
interface PredictedRow {
  readonly cells: readonly string[];
  /** Its prediction, and what else is added; all of it empty where there is none. */
  readonly added: readonly string[];
  readonly isPredicted: boolean;
  readonly problem: string;
}

type Column = readonly [name: string, values: Float64Array];

/** Rows of a CSV that wait to be predicted together; those that cannot be keep their place among them. */
export class PredictionBatch {
  readonly #predictor: Predictor;
  readonly #width: number;
  readonly #issues: IssueLog;
  readonly #added: AddedColumns;
  readonly #unlistedIn: (cells: readonly string[]) => readonly Unlisted[];
  readonly #columns: readonly Column[];
  #waiting: { readonly row: Row; readonly problem: string | undefined }[] = [];
  #filled = 0;

  /**
   * @param width how many cells a row has that fits the header
   * @param added what rows gain
   * @param unlistedIn what of a row's cells is taken as another level
   */
  constructor(
    predictor: Predictor,
    width: number,
    issues: IssueLog,
    added: AddedColumns,
    unlistedIn: (cells: readonly string[]) => readonly Unlisted[],
  ) {
    this.#predictor = predictor;
    this.#width = width;
    this.#issues = issues;
    this.#added = added;
    this.#unlistedIn = unlistedIn;
    this.#columns = predictor.features.map(({ name }) => [name, new Float64Array(BATCH_ROWS)]);
  }

  get isFull(): boolean {
    return this.#waiting.length === BATCH_ROWS;
  }

  /** Takes a row with the values of the features, or the reason why it has none. */
  add(row: Row, values: Float64Array | undefined, reason: string): void {
    this.#waiting.push({ row, problem: values === undefined ? reason : undefined });
    if (values === undefined) return;
    this.#columns.forEach(([, column], j) => {
      column[this.#filled] = values[j] as number;
    });
    this.#filled += 1;
  }

  /** The rows that were added, in their order, and makes room for others. */
  take(): PredictedRow[] {
    const waiting = this.#waiting;
    const filled = this.#columns.map(([name, values]) => [name, values.subarray(0, this.#filled)] as const);
    const table = { rows: this.#filled, columns: new Map(filled) };
    const { predictions, unpredicted } = this.#predictor.predictRows(table);
    const reasons = new Map(
      [...unpredicted].map(({ row, reasons }) => [
        row,
        reasons.map(({ column, message }) => [...column, message].join(': ')).join('; '),
      ]),
    );
    this.#waiting = [];
    this.#filled = 0;
    const predicted = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !reasons.has(row));
    const unlisted = waiting.flatMap(({ row, problem }) =>
      problem === undefined ? [this.#unlistedIn(row.cells)] : [],
    );
    const added =
      predicted.length === table.rows
        ? this.#added.cellsOf(table, predictions, unlisted)
        : this.#added.cellsOf(
            takeRows(table, predicted),
            takePredictions(predictions, predicted),
            Array.from(predicted, (row) => unlisted[row] ?? []),
          );
    const none = new Array<string>(this.#added.names.length).fill('');
    let next = 0;
    let nextPredicted = 0;
    return waiting.map(({ row, problem }) => {
      const cells = this.#fitted(row.cells);
      if (problem !== undefined) {
        const rest = row.cells.length > this.#width ? '; those past the header are not copied' : '';
        return { cells, added: none, isPredicted: false, problem: problem + rest };
      }
      const at = next++;
      const reason = reasons.get(at);
      if (reason === undefined) {
        const own = added[nextPredicted++] as readonly string[];
        return { cells, added: own, isPredicted: true, problem: '' };
      }
      this.#issues.addUnpredicted(row.line, reason);
      return { cells, added: none, isPredicted: false, problem: reason };
    });
  }

  /** As many cells as the header has, so that what is added stands below its own header. */
  #fitted(cells: readonly string[]): readonly string[] {
    if (cells.length === this.#width) return cells;
    return Array.from({ length: this.#width }, (_, j) => cells[j] ?? '');
  }
}
