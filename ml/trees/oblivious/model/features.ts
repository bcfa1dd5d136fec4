import type { Matrix } from '../../../core/matrix.ts';
import { codeOf } from '../quantization/levels.ts';
import type { AnyCandidate, Columns, Split, StatisticCandidate } from '../scoring/candidate.ts';
import type { Grouped } from '../target-statistics/fold.ts';
import { STATISTICS, statisticBorder } from '../target-statistics/statistics.ts';
import { keyOf, type StatisticTable, tableOf, writeStatistics } from './statistic-table.ts';
import type { TreeSplit } from './trees.ts';

/** What trees look at, in this order: numbers as they are, levels as 1 or 0, and statistics, one table after another. */
export type Features = {
  /** The column of each number. */
  readonly numbers: Int32Array;
  /** The column of each level, and its code. */
  readonly levelColumns: Int32Array;
  readonly levelCodes: Int32Array;
  /** How many levels each column has, by which a missing one is told; 0 for a number. */
  readonly sizes: Int32Array;
  readonly tables: readonly StatisticTable[];
};

/** Gives the splits of trees the features that a prediction will know them by. */
export class FeatureIndex {
  readonly #grouped: Grouped;
  readonly #numbers: number[] = [];
  readonly #levelColumns: number[] = [];
  readonly #levelCodes: number[] = [];
  readonly #sizes: Int32Array;
  /** The first feature of each column. */
  readonly #columns = new Map<number, number>();
  readonly #tables: StatisticTable[] = [];
  /** The first feature of the statistics that trees have split by, by border and projection. */
  readonly #statistics = new Map<string, number>();
  #features = 0;
  readonly #firstStatistic: number;

  constructor(columns: Columns, sizes: readonly number[], grouped: Grouped) {
    this.#grouped = grouped;
    this.#sizes = Int32Array.from(sizes);
    for (const candidate of columns.candidates) {
      if (candidate.kind !== 'number') continue;
      this.#columns.set(candidate.column, this.#features++);
      this.#numbers.push(candidate.column);
    }
    for (const candidate of columns.candidates) {
      if (candidate.kind !== 'level') continue;
      this.#columns.set(candidate.column, this.#features);
      for (const code of candidate.levels) {
        this.#levelColumns.push(candidate.column);
        this.#levelCodes.push(code);
        this.#features += 1;
      }
    }
    this.#firstStatistic = this.#features;
  }

  /** A split as trees have it. */
  of({ candidate, bin }: Split<AnyCandidate>): TreeSplit {
    switch (candidate.kind) {
      case 'number':
        return { feature: this.#columns.get(candidate.column)!, border: candidate.borders[bin]! };
      case 'level': {
        const taken = candidate.oneHot ? bin : bin + 1;
        return { feature: this.#columns.get(candidate.column)! + taken, border: 0.5 };
      }
      case 'statistic':
        return { feature: this.#statistic(candidate), border: statisticBorder(bin) };
    }
  }

  /** The table that a feature comes from, and the first of its features; undefined for a number or a level. */
  tableOf(feature: number): { readonly table: StatisticTable; readonly first: number } | undefined {
    if (feature < this.#firstStatistic) return undefined;
    const at = Math.floor((feature - this.#firstStatistic) / STATISTICS);
    return { table: this.#tables[at]!, first: this.#firstStatistic + at * STATISTICS };
  }

  build(): Features {
    return {
      numbers: Int32Array.from(this.#numbers),
      levelColumns: Int32Array.from(this.#levelColumns),
      levelCodes: Int32Array.from(this.#levelCodes),
      sizes: this.#sizes,
      tables: [...this.#tables],
    };
  }

  /** The first split by one statistic of a projection makes features of all of the same border. */
  #statistic({ projection, border, statistic }: StatisticCandidate): number {
    const key = `${border} ${projection.key}`;
    const known = this.#statistics.get(key);
    if (known !== undefined) return known + statistic;
    const first = this.#features;
    const groups = this.#grouped.by(projection);
    const tests = projection.tests.map((test) => this.of(test));
    this.#tables.push(tableOf(groups, this.#grouped.isHigh[border]!, tests));
    this.#statistics.set(key, first);
    this.#features += STATISTICS;
    return first + statistic;
  }
}

/** Reads the features of records, one at a time. */
export class FeatureReader {
  readonly row: Float32Array;
  readonly #features: Features;
  /** The code of each column, 0 for a number. */
  readonly codes: Int32Array;

  constructor(features: Features) {
    const { numbers, levelColumns, tables, sizes } = features;
    this.#features = features;
    this.codes = new Int32Array(sizes.length);
    this.row = new Float32Array(numbers.length + levelColumns.length + tables.length * STATISTICS);
  }

  /** Sets `row` to the features of record `i`. */
  read(x: Matrix, i: number): void {
    const { numbers, levelColumns, levelCodes, sizes, tables } = this.#features;
    const { row, codes } = this;
    const { data } = x;

    const first = i * x.columns;
    let at = 0;
    for (let j = 0; j < numbers.length; j++) row[at++] = data[first + numbers[j]!]!;
    for (let column = 0; column < sizes.length; column++)
      if (sizes[column]! > 0) codes[column] = codeOf(data[first + column]!, sizes[column]!);
    for (let j = 0; j < levelColumns.length; j++) row[at++] = codes[levelColumns[j]!] === levelCodes[j] ? 1 : 0;
    for (const table of tables) at = writeStatistics(table, keyOf(table, codes, row), row, at);
  }
}
