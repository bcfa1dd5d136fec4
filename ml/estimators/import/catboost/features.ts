import { cityHash64 } from '../../../core/city-hash.ts';
import type { FileValue } from '../file-values.ts';
import type { ImportedFeature } from '../imported-model.ts';

/** So many features a file may claim to have. */
const MOST_FEATURES = 1_000_000;

/** A number that trees split by. */
interface NumberFeature {
  readonly feature: number;
  /** How many splits by it there are. */
  readonly borders: number;
  /** Whether a missing value is above every border; else it is above none. */
  readonly missingAbove: boolean;
}

/** A category that trees split by. */
interface CategoryFeature {
  readonly feature: number;
  /** How many splits by one of its texts there are. */
  readonly texts: number;
}

export interface CatBoostFeatures {
  /** In the order of the columns of training. */
  readonly features: readonly ImportedFeature[];
  /** By their index among numbers. */
  readonly numbers: readonly NumberFeature[];
  /** By their index among categories. */
  readonly categories: readonly CategoryFeature[];
  /** The code of a category that is missing. */
  readonly missingCode: number;
}

export function readFeatures(info: FileValue): CatBoostFeatures {
  for (const kind of ['text_features', 'embedding_features'])
    if (listOf(info, kind).length > 0)
      throw info.problem(`has ${kind.replace('_', ' ')}, which are not supported: train without them`);
  const numbers = listOf(info, 'float_features');
  const categories = listOf(info, 'categorical_features');
  const missingCode = hashOf(missingText(info));
  const features: ImportedFeature[] = [];
  const add = (column: FileValue, kind: ImportedFeature['kind']): number => {
    const place = column.at('flat_feature_index').count();
    if (features[place] || place >= MOST_FEATURES)
      throw column.at('flat_feature_index').problem(`is ${place}, which cannot be`);
    const name = column.find('feature_name')?.text() || null;
    features[place] = kind === 'number' ? { name, kind } : { name, kind, codeOf: hashOf };
    return place;
  };
  const byIndex = (columns: readonly FileValue[]) =>
    columns.map((column, at) => {
      const index = column.at('feature_index');
      if (index.count() !== at) throw index.problem(`is ${index.count()} instead of ${at}`);
      return column;
    });
  return {
    numbers: byIndex(numbers).map((column) => ({
      feature: add(column, 'number'),
      borders: column.at('borders').numbers().length,
      missingAbove: treatment(column.at('nan_value_treatment')),
    })),
    categories: byIndex(categories).map((column) => ({
      feature: add(column, 'category'),
      texts: column.find('values')?.numbers().length ?? 0,
    })),
    // A column that training left out is a number that nothing looks at.
    features: Array.from(features, (feature) => feature ?? { name: null, kind: 'number' }),
    missingCode,
  };
}

/** A list that may be absent, or null. */
function listOf(object: FileValue, key: string): readonly FileValue[] {
  const list = object.find(key);
  return list === undefined || list.value === null ? [] : list.items();
}

function treatment(value: FileValue): boolean {
  const text = value.text();
  if (!['AsIs', 'AsFalse', 'AsTrue'].includes(text)) throw value.problem(`is "${text}"`);
  return text === 'AsTrue';
}

/** The code of a category's text. Source: CatBoost 1.2, `CalcCatFeatureHash`. */
const hashOf = (text: string): number => Number(cityHash64(text) & 0xffffffffn);

/** Missing categories were texts to CatBoost: that of an empty cell, or what programs write in its place. */
const missingTexts = ['', 'nan', 'NaN', 'None', '<NA>', 'null'];

function missingText(info: FileValue): string {
  const known = new Set(listOf(info, 'cat_features_hash').map((entry) => entry.at('value').value));
  return missingTexts.find((text) => known.has(text)) ?? '';
}
