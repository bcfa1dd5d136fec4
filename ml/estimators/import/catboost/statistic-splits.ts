import type { FileValue } from '../file-values.ts';
import type { CatBoostFeatures } from './features.ts';
import type { StatisticInput } from './statistic-input.ts';
import { readStatistic } from './statistics.ts';

/** A statistic, and what it is compared with. */
interface StatisticSplit {
  readonly input: StatisticInput;
  readonly border: number;
}

/**
 * The splits by statistics, by their index among all that the model may split by: the borders of numbers first, then the texts of
 * categories, then the borders of statistics. Each statistic is read when the first split by it is.
 */
export class StatisticSplits {
  readonly #file: FileValue;
  readonly #features: CatBoostFeatures;
  /** Of each statistic where it is, and the index past its last split. */
  readonly #places: readonly { readonly ctr: FileValue; readonly borders: Float64Array; readonly end: number }[];
  readonly #inputs = new Map<number, StatisticInput>();

  constructor(file: FileValue, features: CatBoostFeatures) {
    this.#file = file;
    this.#features = features;
    const { numbers, categories } = features;
    let end =
      numbers.reduce((sum, { borders }) => sum + borders, 0) + categories.reduce((sum, { texts }) => sum + texts, 0);
    const ctrs = file.at('features_info').find('ctrs');
    this.#places = (ctrs?.items() ?? []).map((ctr) => {
      const borders = ctr.at('borders').numbers();
      end += borders.length;
      return { ctr, borders, end };
    });
  }

  at(index: FileValue): StatisticSplit {
    const count = index.count();
    const place = this.#places.findIndex(({ end }) => count < end);
    const { ctr, borders, end } = this.#places[place] ?? {};
    const border = borders?.[count - end! + borders.length];
    if (!ctr || border === undefined) throw index.problem(`is ${count}, which is no split by a statistic`);
    let input = this.#inputs.get(place);
    if (!input) {
      input = readStatistic(ctr, this.#file.at('ctr_data'), this.#features);
      this.#inputs.set(place, input);
    }
    return { input, border };
  }
}
