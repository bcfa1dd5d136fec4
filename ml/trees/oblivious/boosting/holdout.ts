import type { PerOutput, RowLoss } from '../losses/loss.ts';
import type { Objective } from '../losses/objective.ts';
import { type FeatureIndex, FeatureReader } from '../model/features.ts';
import { keyOf, type StatisticTable, writeStatistics } from '../model/statistic-table.ts';
import type { GrownTree } from '../model/trees.ts';
import { STATISTICS } from '../target-statistics/statistics.ts';
import { type Rows, totalOf } from './fitting.ts';

/** Rows that boosting does not learn from, and how far predictions of them are off. */
export class Holdout {
  readonly #loss: RowLoss;
  readonly #rows: Uint32Array;
  /** Of all rows. */
  readonly #weight: number;
  readonly #predictions: PerOutput;
  readonly #features: FeatureIndex;
  /** For each row its numbers and levels, and its codes, row-major: an object a row would take several times that. */
  readonly #rowWidth: number;
  readonly #rowData: Float32Array;
  readonly #codeWidth: number;
  readonly #codes: Int32Array;
  /** The values of the statistics that trees have used, by feature. */
  readonly #statistics = new Map<number, Float32Array>();

  constructor({ x, y: target, weights }: Rows, objective: Objective, start: number, features: FeatureIndex) {
    const reader = new FeatureReader(features.build());
    const own = weights && new Float64Array(new Float32Array(weights));
    this.#loss = objective.at(target, own);
    this.#rows = Uint32Array.from(target, (_, row) => row);
    this.#weight = own ? totalOf(own) : target.length;
    this.#predictions = Array.from({ length: objective.outputs }, () => new Float64Array(target.length).fill(start));
    this.#features = features;
    this.#rowWidth = reader.row.length;
    this.#codeWidth = reader.codes.length;
    this.#rowData = new Float32Array(x.rows * this.#rowWidth);
    this.#codes = new Int32Array(x.rows * this.#codeWidth);
    for (let i = 0; i < x.rows; i++) {
      reader.read(x, i);
      this.#rowData.set(reader.row, i * this.#rowWidth);
      this.#codes.set(reader.codes, i * this.#codeWidth);
    }
  }

  /** Adds the next tree; returns the loss. */
  add({ splits, values }: GrownTree): number {
    const leafOf = new Uint16Array(this.#rows.length);
    splits.forEach(({ feature, border }, level) => {
      const statistic = this.#features.tableOf(feature);
      const column = statistic && this.#column(feature, statistic.table, statistic.first);
      for (let i = 0; i < leafOf.length; i++) {
        const value = column ? column[i]! : this.#rowData[i * this.#rowWidth + feature]!;
        leafOf[i]! |= (value > border ? 1 : 0) << level;
      }
    });
    const outputs = this.#predictions.length;
    this.#predictions.forEach((predictions, output) => {
      for (let i = 0; i < leafOf.length; i++) predictions[i]! += values[leafOf[i]! * outputs + output]!;
    });
    return this.#loss.mean(this.#rows, this.#predictions, this.#weight);
  }

  #column(feature: number, table: StatisticTable, first: number): Float32Array {
    const known = this.#statistics.get(feature);
    if (known) return known;
    const [width, codeWidth] = [this.#rowWidth, this.#codeWidth];
    const column = new Float32Array(this.#rows.length);
    const statistics = new Float32Array(STATISTICS);
    for (let i = 0; i < column.length; i++) {
      const row = this.#rowData.subarray(i * width, (i + 1) * width);
      const codes = this.#codes.subarray(i * codeWidth, (i + 1) * codeWidth);
      writeStatistics(table, keyOf(table, codes, row), statistics, 0);
      column[i] = statistics[feature - first]!;
    }
    this.#statistics.set(feature, column);
    return column;
  }
}
