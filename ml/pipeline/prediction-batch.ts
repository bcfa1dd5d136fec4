import { takePredictions } from '../core/predictions.ts';
import type { IssueLog } from '../data/issue-log.ts';
import type { Unlisted } from '../data/record.ts';
import type { Row } from '../data/sources/row.ts';
import { takeRows } from '../data/table.ts';
import type { AddedColumns } from './added-columns.ts';
import type { Predictor } from './predictor.ts';

const BATCH_ROWS = 4096;
/** Rows of so many characters are predicted before there are that many of them: a cell may be as long as a book. */
const BATCH_CHARACTERS = 1 << 24;

/** A row as it is written: its cells, and its prediction with what is added to it, or the reason for none. */
interface PredictedRow {
  readonly cells: readonly string[];
  /** Its prediction, and what else is added; all of it empty where there is none. */
  readonly added: readonly string[];
  readonly isPredicted: boolean;
  readonly problem: string;
}

/** A row that waits, with as many cells as the header has, and the reason why it has no values. */
interface WaitingRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: string | undefined;
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
  #waiting: WaitingRow[] = [];
  #filled = 0;
  #characters = 0;

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
    return this.#waiting.length === BATCH_ROWS || this.#characters >= BATCH_CHARACTERS;
  }

  /** Takes a row with the values of the features, or the reason why it has none. */
  add(row: Row, values: Float64Array | undefined, reason: string): void {
    const { line } = row;
    const cells = this.#fitted(row.cells);
    for (const cell of cells) this.#characters += cell.length;
    if (values === undefined) {
      const rest = row.cells.length > this.#width ? '; those past the header are not copied' : '';
      this.#waiting.push({ line, cells, problem: reason + rest });
      return;
    }
    this.#waiting.push({ line, cells, problem: undefined });
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
    this.#characters = 0;
    const predicted = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !reasons.has(row));
    const unlisted = waiting.flatMap(({ cells, problem }) => (problem === undefined ? [this.#unlistedIn(cells)] : []));
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
    return waiting.map(({ line, cells, problem }) => {
      if (problem !== undefined) return { cells, added: none, isPredicted: false, problem };
      const at = next++;
      const reason = reasons.get(at);
      if (reason === undefined) {
        const own = added[nextPredicted++] as readonly string[];
        return { cells, added: own, isPredicted: true, problem: '' };
      }
      this.#issues.addUnpredicted(line, reason);
      return { cells, added: none, isPredicted: false, problem: reason };
    });
  }

  /** As many cells as the header has, so that what is added stands below its own header. */
  #fitted(cells: readonly string[]): readonly string[] {
    if (cells.length === this.#width) return cells;
    return Array.from({ length: this.#width }, (_, j) => cells[j] ?? '');
  }
}
