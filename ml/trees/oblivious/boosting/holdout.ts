import { type FeatureIndex, FeatureReader } from '../model/features.ts';
import { keyOf, type StatisticTable, writeStatistics } from '../model/statistic-table.ts';
import type { GrownTree } from '../model/trees.ts';
import { STATISTICS } from '../target-statistics/statistics.ts';
import type { Rows } from './fitting.ts';

/** Rows that boosting does not learn from, and how far predictions of them are off. */
export class Holdout {
  readonly #target: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #predictions: Float64Array;
  readonly #features: FeatureIndex;
  /** For each row its numbers and levels, and its codes. */
  readonly #base: readonly { readonly row: Float32Array; readonly codes: Int32Array }[];
  /** The values of the statistics that trees have used, by feature. */
  readonly #statistics = new Map<number, Float32Array>();
  constructor({ x, y: target, weights }: Rows, start: number, features: FeatureIndex) {
    const reader = new FeatureReader(features.build());
    this.#target = target;
    this.#weights = weights && new Float64Array(new Float32Array(weights));
    this.#predictions = new Float64Array(target.length).fill(start);
    this.#features = features;
    this.#base = Array.from({ length: x.rows }, (_, i) => {
      reader.read(x, i);
      return { row: reader.row.slice(), codes: reader.codes.slice() };
    });
  }

  /** Adds the next tree; returns the root mean square error. */
  add({ splits, values }: GrownTree): number {
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
    let weights = 0;
    for (let i = 0; i < leafOf.length; i++) {
      const weight = this.#weights ? this.#weights[i]! : 1;
      this.#predictions[i]! += values[leafOf[i]!]!;
      squares += weight * (this.#target[i]! - this.#predictions[i]!) ** 2;
      weights += weight;
    }
    return Math.sqrt(squares / weights);
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
