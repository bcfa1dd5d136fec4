import type { FileValue } from '../file-values.ts';
import type { CatBoostFeatures } from './features.ts';
import type { StatisticInput, StatisticPart } from './statistic-input.ts';

/** What a statistic is worked out of: numbers of one combination, by type of the statistic. */
type Formula = (
  counts: readonly number[],
  border: number,
  denominator: number,
) => { readonly part: number; readonly of: number };

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** By type: how often targets were beyond a border, or in a bucket; the mean of targets; how often the combination was there. */
const formulas: Readonly<Record<string, Formula>> = {
  Borders: (counts, border) => ({ part: sumOf(counts.slice(border + 1)), of: sumOf(counts) }),
  Buckets: (counts, border) => ({ part: counts[border] ?? 0, of: sumOf(counts) }),
  BinarizedTargetMeanValue: ([sum = 0, count = 0]) => ({ part: sum, of: count }),
  FloatTargetMeanValue: ([sum = 0, count = 0]) => ({ part: sum, of: count }),
  Counter: ([count = 0], _, denominator) => ({ part: count, of: denominator }),
  FeatureFreq: ([count = 0], _, denominator) => ({ part: count, of: denominator }),
};

/** Combinations that hash to this one are none: so does CatBoost mark an empty place. */
const EMPTY = 2n ** 64n - 1n;

/**
 * A statistic, from its place in `features_info.ctrs` and the table of `ctr_data` that it names.
 *
 * Source: CatBoost 1.2, `ctr_value_table` and `TModelCtr::Calc`, which count in float32
 */
export function readStatistic(ctr: FileValue, tables: FileValue, features: CatBoostFeatures): StatisticInput {
  const type = ctr.at('ctr_type').text();
  const formula = Object.hasOwn(formulas, type) ? formulas[type] : undefined;
  if (!formula) throw ctr.at('ctr_type').problem(`is "${type}", which is not supported`);
  const border = ctr.at('target_border_idx').count();
  const prior = ctr.at('prior_numerator').number();
  const weight = ctr.at('prior_denomerator').number();
  const shift = ctr.at('shift').number();
  const scale = ctr.at('scale').number();
  const table = tables.at(ctr.at('identifier').text());
  const denominator = table.at('counter_denominator').number();

  const statisticOf = (counts: readonly number[]): number => {
    const { part, of } = formula(counts, border, denominator);
    const share = Math.fround(Math.fround(part + prior) / Math.fround(of + weight));
    const value = Math.fround(Math.fround(share + shift) * scale);
    if (!Number.isFinite(value)) throw ctr.problem(`gives ${value} for a combination of categories`);
    return value;
  };
  const entries = readTable(table);
  const count = entries.length;
  const [high, low, values] = [new Uint32Array(count), new Uint32Array(count), new Float32Array(count)];
  entries.forEach(({ hash, counts }, k) => {
    high[k] = Number(hash >> 32n);
    low[k] = Number(hash & 0xffffffffn);
    values[k] = statisticOf(counts);
  });
  const parts = ctr
    .at('elements')
    .items()
    .map((element) => readPart(element, features));
  return { kind: 'statistic', parts, high, low, values, otherwise: statisticOf([]) };
}

interface Entry {
  readonly hash: bigint;
  readonly counts: readonly number[];
}

/** The table's combinations by hash, ascending: the file has a hash as a text, then its numbers, again and again. */
function readTable(table: FileValue): Entry[] {
  const stride = table.at('hash_stride').count();
  const cells = table.at('hash_map').items();
  if (stride < 2 || cells.length % stride !== 0)
    throw table.problem(`has ${cells.length} numbers in rows of ${stride}`);
  const entries: Entry[] = [];
  for (let at = 0; at < cells.length; at += stride) {
    const [hash, ...counts] = cells.slice(at, at + stride);
    const text = hash!.text();
    if (!/^\d{1,20}$/.test(text)) throw hash!.problem('is no hash');
    const entry = { hash: BigInt(text), counts: counts.map((count) => count.number()) };
    if (entry.hash < EMPTY) entries.push(entry);
  }
  return entries.sort((a, b) => (a.hash < b.hash ? -1 : Number(a.hash > b.hash)));
}

function readPart(element: FileValue, { numbers, categories, missingCode }: CatBoostFeatures): StatisticPart {
  const kind = element.at('combination_element').text();
  if (kind === 'float_feature') {
    const { feature, missingAbove } = itemAt(numbers, element.at('float_feature_index'));
    const border = Math.fround(element.at('border').number());
    return { is: 'above', feature, border, missing: missingAbove ? 1 : 0 };
  }
  const { feature } = itemAt(categories, element.at('cat_feature_index'));
  if (kind === 'cat_feature_value') return { is: 'code', feature, missing: missingCode | 0 };
  if (kind !== 'cat_feature_exact_value') throw element.problem(`is a "${kind}", which is not supported`);
  const code = element.at('value').number() >>> 0;
  return { is: 'equal', feature, code, missing: code === missingCode ? 1 : 0 };
}

/** One of some that a file names by its index. */
export function itemAt<T>(items: readonly T[], index: FileValue): T {
  const item = items[index.count()];
  if (item === undefined) throw index.problem(`is ${index.count()}; there are ${items.length}`);
  return item;
}
