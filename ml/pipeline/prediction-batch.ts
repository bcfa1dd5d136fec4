import type { CsvRow } from '../data/csv.ts';
import type { IssueLog } from '../data/issue-log.ts';
import type { Predictor } from './predict.ts';

const BATCH_ROWS = 4096;

/** A row as it is written: its cells, and its prediction or the reason for none. */
interface PredictedRow {
  readonly cells: readonly string[];
  readonly prediction: string;
  readonly problem: string;
}

type Column = readonly [name: string, values: Float64Array];

/** Rows of a CSV that wait to be predicted together; those that cannot be keep their place among them. */
export class PredictionBatch {
  readonly #predictor: Predictor;
  readonly #width: number;
  readonly #issues: IssueLog;
  readonly #columns: readonly Column[];
  #waiting: { readonly row: CsvRow; readonly problem: string | undefined }[] = [];
  #filled = 0;

  /** @param width how many cells a row has that fits the header. */
  constructor(predictor: Predictor, width: number, issues: IssueLog) {
    this.#predictor = predictor;
    this.#width = width;
    this.#issues = issues;
    this.#columns = predictor.features.map(({ name }) => [name, new Float64Array(BATCH_ROWS)]);
  }

  get isFull(): boolean {
    return this.#waiting.length === BATCH_ROWS;
  }

  /** Takes a row with the values of the features, or the reason why it has none. */
  add(row: CsvRow, values: Float64Array | undefined, reason: string): void {
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
    const { predictions, unpredicted } = this.#predictor.predictRows({ rows: this.#filled, columns: new Map(filled) });
    const reasons = new Map(
      [...unpredicted].map(({ row, reasons }) => [
        row,
        reasons.map(({ column, message }) => [...column, message].join(': ')).join('; '),
      ]),
    );
    this.#waiting = [];
    this.#filled = 0;
    let next = 0;
    return waiting.map(({ row, problem }) => {
      const cells = this.#fitted(row.cells);
      if (problem !== undefined) {
        const rest = row.cells.length > this.#width ? '; those past the header are not copied' : '';
        return { cells, prediction: '', problem: problem + rest };
      }
      const at = next++;
      const reason = reasons.get(at);
      if (reason === undefined) return { cells, prediction: String(predictions[at]), problem: '' };
      this.#issues.addUnpredicted(row.line, reason);
      return { cells, prediction: '', problem: reason };
    });
  }

  /** As many cells as the header has, so that what is added stands below its own header. */
  #fitted(cells: readonly string[]): readonly string[] {
    if (cells.length === this.#width) return cells;
    return Array.from({ length: this.#width }, (_, j) => cells[j] ?? '');
  }
}
