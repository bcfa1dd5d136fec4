import type { Matrix } from '../../../core/matrix.ts';
import { type FeatureIndex, FeatureReader } from '../model/features.ts';
import { keyOf, type StatisticTable, writeStatistics } from '../model/statistic-table.ts';
import type { GrownTree } from '../model/trees.ts';
import { STATISTICS } from '../target-statistics/statistics.ts';

/** Rows that boosting does not learn from, on which it shows how many trees are best. */
export class Holdout {
  readonly #target: Float64Array;
  readonly #predictions: Float64Array;
  readonly #features: FeatureIndex;
  /** For each row its numbers and levels, and its codes. */
  readonly #base: readonly { readonly row: Float32Array; readonly codes: Int32Array }[];
  /** The values of the statistics that trees have used, by feature. */
  readonly #statistics = new Map<number, Float32Array>();
  #trees = 0;
  /** The lowest root mean square error. */
  #lowest = Infinity;
  /** The number of trees at which it was reached first. */
  best = 0;

  constructor(x: Matrix, target: Float64Array, start: number, features: FeatureIndex) {
    const reader = new FeatureReader(features.build());
    this.#target = target;
    this.#predictions = new Float64Array(target.length).fill(start);
    this.#features = features;
    this.#base = Array.from({ length: x.rows }, (_, i) => {
      reader.read(x, i);
      return { row: reader.row.slice(), codes: reader.codes.slice() };
    });
  }

  /** How many trees there have been since the best. */
  get waited(): number {
    return this.#trees - this.best;
  }

  add({ splits, values }: GrownTree): void {
    const leafOf = new Uint16Array(this.#target.length);
    splits.forEach(({ feature, border }, level) => {
      const statistic = this.#features.tableOf(feature);
      const column = statistic && this.#column(feature, statistic.table, statistic.first);
      for (let i = 0; i < leafOf.length; i++) {
        const value = column ? column[i]! : this.#base[i]!.row[feature]!;
        leafOf[i]! |= (value > border ? 1 : 0) << level;
      }
    });
    let squares = 0;
    for (let i = 0; i < leafOf.length; i++) {
      this.#predictions[i]! += values[leafOf[i]!]!;
      squares += (this.#target[i]! - this.#predictions[i]!) ** 2;
    }
    this.#trees += 1;
    const error = Math.sqrt(squares / leafOf.length);
    if (error >= this.#lowest) return;
    this.#lowest = error;
    this.best = this.#trees;
  }

  #column(feature: number, table: StatisticTable, first: number): Float32Array {
    const known = this.#statistics.get(feature);
    if (known) return known;
    const column = new Float32Array(this.#base.length);
    const statistics = new Float32Array(STATISTICS);
    this.#base.forEach(({ row, codes }, i) => {
      writeStatistics(table, keyOf(table, codes, row), statistics, 0);
      column[i] = statistics[feature - first]!;
    });
    this.#statistics.set(feature, column);
    return column;
  }
}
