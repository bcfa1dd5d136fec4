import { knownValues } from '../core/known-values.ts';
import type { Column } from '../data/declaration.ts';
import { levelsOf } from './distributed.ts';
import { NumberCells } from './number-cells.ts';
import { sumOf } from './statistics/sum-of.ts';
import { ThinnedValues } from './thinned-values.ts';

/** How the values of a column are spread over cells of a number line; what it counts are sums of weights. */
export class NumberProfile {
  readonly storage = 'number';
  readonly cells: NumberCells;
  readonly counts: Float64Array;
  /** Some of the values, each as often as it occurs. */
  readonly values = new ThinnedValues();
  missing = 0;

  constructor(cells: NumberCells) {
    this.cells = cells;
    this.counts = new Float64Array(cells.count);
  }

  /** @param value NaN where it is missing */
  add(value: number, weight: number): void {
    if (Number.isNaN(value)) {
      this.missing += weight;
      return;
    }
    add(this.counts, this.cells.cellOf(value), weight);
    this.values.add(value);
  }

  /** The sum of the weights of rows with a value. */
  get known(): number {
    return sumOf(this.counts);
  }
}

/** How often each level of a column occurs; what it counts are sums of weights. */
export class LevelProfile {
  readonly storage = 'codes';
  readonly #levels: readonly string[];
  readonly #counts: Float64Array;
  readonly #unlisted = new Map<string, number>();
  missing = 0;

  constructor(levels: readonly string[]) {
    this.#levels = levels;
    this.#counts = new Float64Array(levels.length);
  }

  /** @param code the index of a level, NaN where it is missing */
  add(code: number, weight: number): void {
    if (Number.isNaN(code)) this.missing += weight;
    else add(this.#counts, code, weight);
  }

  /** A text that is no level; of very many different ones the later ones count together. */
  addUnlisted(text: string, weight: number): void {
    const key = this.#unlisted.size < MOST_UNLISTED || this.#unlisted.has(text) ? text : OTHER_TEXTS;
    this.#unlisted.set(key, (this.#unlisted.get(key) ?? 0) + weight);
  }

  /** The sum of weights by level, of those that occur. */
  get counts(): ReadonlyMap<string, number> {
    const listed = this.#levels.map((level, code) => [level, this.#counts[code] as number] as const);
    return new Map([...listed.filter(([, count]) => count > 0), ...this.#unlisted]);
  }

  /** The sum of the weights of rows with a value. */
  get known(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}

const MOST_UNLISTED = 1000;
const OTHER_TEXTS = '…';

function add(counts: Float64Array, at: number, weight: number): void {
  counts[at] = (counts[at] as number) + weight;
}

export type Profile = NumberProfile | LevelProfile;

/** A column's distribution in the one table, and how to count the same of other rows. */
export interface Sample {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly columns: ReadonlyMap<string, Column>;
  /** Rows that count, and how many independent ones tell as much. */
  readonly rows: number;
  readonly effectiveRows: number;
  /** What a sum of weights is times this is a number of independent rows. */
  readonly scale: number;
}

/**
 * What is to count the values of a column that others are compared with: numbers in cells that follow from them.
 *
 * @param values of a column of numbers: all, or some drawn at random
 */
export function emptyProfile(column: Column, values: Float64Array = new Float64Array(0)): Profile {
  const levels = levelsOf(column);
  if (levels) return new LevelProfile(levels);
  return new NumberProfile(new NumberCells(knownValues(values)));
}

/**
 * What is to count the values of a column that are compared with those of a reference: numbers in the same cells. Undefined where
 * there is nothing to compare numbers with.
 */
export function profileLike(column: Column, reference: Profile | undefined): Profile | undefined {
  const levels = levelsOf(column);
  if (levels) return new LevelProfile(levels);
  return reference instanceof NumberProfile ? new NumberProfile(reference.cells) : undefined;
}
