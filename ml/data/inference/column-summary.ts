import { DistinctValues } from './distinct-values.ts';
import { TextFacts } from './text-facts.ts';

/** What one pass over the rows has seen of a column, in memory that does not grow with them. */
export class ColumnSummary {
  /** Of the file. */
  readonly header: string;
  /** Its place in the file, from 0. */
  readonly position: number;
  /** How many cells it has, and how many of them are blank. */
  rows = 0;
  empty = 0;
  readonly values: DistinctValues;
  /** How many times a row has another text than the one before. */
  changes = 0;
  #last = '';
  /** The whole number that the next row has in a column that counts its rows; undefined once one had another. */
  #next: number | undefined;
  #begin: number | undefined;
  readonly #facts = new TextFacts();
  #hasFacts = false;

  /** @param mostValues how many different texts are kept */
  constructor(header: string, position: number, mostValues: number) {
    this.header = header;
    this.position = position;
    this.values = new DistinctValues(mostValues, () => this.#takeFacts());
  }

  add(cell: string): void {
    const text = cell.trim();
    this.#follow(text);
    this.rows += 1;
    if (text === '') {
      this.empty += 1;
      return;
    }
    // While all texts are kept, what they say is read once for each; later from each cell.
    const isRead = this.#hasFacts;
    this.values.add(text, cell);
    if (isRead) this.#facts.add(text, 1);
  }

  /** What its texts have in common; asked once all rows are there. */
  get facts(): TextFacts {
    if (!this.#hasFacts) this.#takeFacts();
    return this.#facts;
  }

  /** The first of the whole numbers that ascend by one from the first row to the last; undefined where they do not. */
  get countsFrom(): number | undefined {
    return this.#next === undefined ? undefined : this.#begin;
  }

  #takeFacts(): void {
    this.#hasFacts = true;
    for (const [text, count] of this.values.counts()) this.#facts.add(text, count);
  }

  #follow(text: string): void {
    if (this.rows === 0) {
      this.#begin = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
      this.#next = this.#begin === undefined ? undefined : this.#begin + 1;
    } else {
      if (this.#next !== undefined) this.#next = text === String(this.#next) ? this.#next + 1 : undefined;
      if (text !== this.#last) this.changes += 1;
    }
    this.#last = text;
  }
}
