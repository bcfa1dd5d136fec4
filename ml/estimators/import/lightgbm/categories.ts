import { DataError } from '../../../core/errors.ts';
import { FileValue } from '../file-values.ts';
import type { ImportedFeature } from '../imported-model.ts';
import type { ModelText } from './model-text.ts';

/**
 * The features, of which categories are those that the file says have a list of codes, or that training was told of. Where they came
 * from a data frame of pandas its categories are at the end of the file: a list for each such column, in which a code is a place.
 */
export function readFeatures(
  { header, parameters, pandasCategorical }: ModelText,
  splitBySets: ReadonlySet<number>,
): ImportedFeature[] {
  const count = header.whole('max_feature_idx', 0) + 1;
  const names = header.words('feature_names');
  const infos = header.words('feature_infos');
  if (names.length !== count || infos.length !== count)
    throw header.error(`there are ${count} features, ${names.length} names of them and ${infos.length} ranges`);
  const told = new Set(
    (parameters.get('categorical_feature') ?? '')
      .split(',')
      .filter((text) => text !== '')
      .map(Number),
  );
  const isCategory = infos.map((info, at) => splitBySets.has(at) || told.has(at) || isListOfCodes(info));
  const lists = readLists(pandasCategorical);
  const categories = isCategory.filter((is) => is).length;
  if (lists.length > 0 && lists.length !== categories)
    throw new DataError(
      `the model of LightGBM has ${categories} categories, and texts of ${lists.length} columns: which are whose cannot be told. ` +
        'Train it with every column of pandas categories as a category, and no other',
    );
  let next = 0;
  return names.map((name, at): ImportedFeature => {
    if (!isCategory[at]) return { name, kind: 'number' };
    const list = lists[next++];
    return list ? { name, kind: 'category', ...codesOf(list) } : { name, kind: 'category' };
  });
}

/** "3:0:1:-1", where a number's is "[0:6.5]", and an unused feature's "none". */
const isListOfCodes = (info: string) => /^-?\d+(:-?\d+)*$/.test(info);

type Category = string | number | boolean;

function readLists(json: string | undefined): readonly (readonly Category[])[] {
  if (json === undefined || json === 'null') return [];
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new DataError('the model of LightGBM is damaged: pandas_categorical is no JSON', { cause });
  }
  return new FileValue(value, 'pandas_categorical').items().map((list) =>
    list.items().map((item) => {
      if (['string', 'number', 'boolean'].includes(typeof item.value)) return item.value as Category;
      throw item.problem('is no text, no number, and neither true nor false');
    }),
  );
}

/** A code by the text that a CSV has of a category: of a number any that means it, and of true and false their names in any case. */
function codesOf(list: readonly Category[]): Pick<ImportedFeature, 'codeOf' | 'levels'> {
  const levels = list.map(String);
  const codes = new Map(levels.map((text, code) => [text, code]));
  const asWritten = (text: string) => {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (typeof list[0] === 'number' && !Number.isNaN(number)) return String(number);
    return typeof list[0] === 'boolean' ? text.toLowerCase() : text;
  };
  return { levels, codeOf: (text) => codes.get(asWritten(text)) ?? null };
}
