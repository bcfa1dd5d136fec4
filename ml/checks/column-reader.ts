import type { RowHash } from '../core/row-hash.ts';
import type { Column } from '../data/declaration.ts';
import { IssueLog } from '../data/issue-log.ts';
import { kindOf } from '../data/kinds/index.ts';
import { type CellReading, missingCheck } from '../data/kinds/reading.ts';
import type { Place } from '../data/sources/row-source.ts';
import { levelsOf, withoutRange } from './distributed.ts';
import { LevelProfile, type Profile } from './profile.ts';

/** Why a cell does not fit, by the check that says so. */
export type Misfit = 'schema' | 'ranges' | 'levels';

/** Where a column's cells stand, how they are written, and what counts them. */
interface Placement {
  readonly position: number;
  readonly place: Place;
  readonly reading: CellReading;
  readonly profile: Profile | undefined;
}

/** Reads the cells of a column one after the other, and keeps what is wrong with them apart from what their distribution is. */
export class ColumnReader {
  readonly column: Column;
  /** Rows that count: those without a value, and all. */
  missing = 0;
  rows = 0;
  /** The value of the last cell: NaN where it is missing, or is no value. */
  value = Number.NaN;
  /** The text of the last cell. */
  text = '';
  /** The smallest and the largest value of rows that count. */
  lowest = Infinity;
  highest = -Infinity;
  readonly misfits = new Map<Misfit, IssueLog>();
  readonly #at: Placement;
  readonly #parse: (text: string) => number | undefined;
  readonly #hasValues: boolean;
  readonly #parseUnlimited: ((text: string) => number | undefined) | undefined;
  #misfit: Misfit | undefined;

  constructor(column: Column, placement: Placement) {
    const { reading } = placement;
    const { values, parser } = kindOf(column);
    this.column = column;
    this.#at = placement;
    // Texts that mean nothing are not kept, since each row may have its own.
    this.#parse = values === 'texts' || values === 'none' ? textParser(column, reading) : parser(reading);
    this.#hasValues = values !== 'texts' && values !== 'none';
    const unlimited = withoutRange(column);
    this.#parseUnlimited = unlimited && kindOf(unlimited).parser(reading);
  }

  read(line: number, cells: readonly string[]): void {
    this.text = (cells[this.#at.position] as string).trim();
    this.#misfit = undefined;
    this.value = this.#parse(this.text) ?? this.#valueOfMisfit(line);
  }

  /** Whether the last cell has a value, be it one that is not allowed. */
  get isKnown(): boolean {
    return !Number.isNaN(this.value) || this.#misfit !== undefined;
  }

  /** Counts the last cell as one of so much weight. */
  count(weight: number): void {
    this.rows += 1;
    if (!this.isKnown) this.missing += 1;
    // Neither is less or more than NaN.
    if (this.value < this.lowest) this.lowest = this.value;
    if (this.value > this.highest) this.highest = this.value;
    if (!this.#at.profile || this.#misfit === 'schema') return;
    if (this.#misfit === 'levels' && this.#at.profile instanceof LevelProfile)
      this.#at.profile.addUnlisted(this.text, weight);
    else this.#at.profile.add(this.value, weight);
  }

  /** Adds the last cell to the hash of its row. */
  hash(row: RowHash): void {
    // A text that is no value is told from others by itself.
    if (this.#hasValues && this.#misfit === undefined) row.addNumber(this.value);
    else row.addText(this.text);
  }

  #valueOfMisfit(line: number): number {
    const value = this.#parseUnlimited?.(this.text);
    this.#misfit = value !== undefined ? 'ranges' : levelsOf(this.column) ? 'levels' : 'schema';
    const log = this.misfits.get(this.#misfit) ?? new IssueLog(this.#at.place);
    this.misfits.set(this.#misfit, log);
    log.addCell(line, this.column, this.text, kindOf(this.column).problem(this.text, this.#at.reading));
    return value ?? Number.NaN;
  }
}

/** Of a text that means nothing by itself: whether it is there. */
function textParser(column: Column, reading: CellReading): (text: string) => number {
  const isMissing = missingCheck(column, reading);
  return (text) => (isMissing(text) ? Number.NaN : 0);
}
