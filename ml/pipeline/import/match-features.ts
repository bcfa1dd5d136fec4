import { DataError } from '../../core/errors.ts';
import { type Declaration, type FeatureColumn, featuresOf } from '../../data/declaration.ts';
import { headerKey } from '../../data/header-key.ts';
import { cellTextOf } from '../../data/kinds/cell-text.ts';
import { featureKindOf } from '../../data/kinds/index.ts';
import type { ImportedFeature } from '../../estimators/import/imported-model.ts';
import type { FeatureSource } from '../../estimators/import/imported-state.ts';
import { codesOfLevels, spacedTexts } from './codes-of-levels.ts';

/** A model's feature, the column that it comes from, and how, in words. */
export interface MatchedFeature {
  readonly feature: string;
  readonly column: string;
  readonly source: FeatureSource;
  readonly how: string;
}

/** How files call features that have no names: by their place. */
const BY_PLACE = /^(?:f|column_|feature_|x)?(\d+)$/i;

/**
 * Finds the column of each of a model's features: by its name, as a category's 0/1 column (`colour_red`), or, where a file knows no names,
 * by its place among the declared features.
 *
 * @param names of the features, in the model's order. @default those that the file has
 * @throws DataError listing both sides where they do not fit
 */
export function matchFeatures(
  features: readonly ImportedFeature[],
  declaration: Declaration,
  names?: readonly string[],
): MatchedFeature[] {
  const columns = featuresOf(declaration);
  if (names && names.length !== features.length)
    throw new DataError(`${names.length} features are named, and the model has ${features.length}`);
  const called = names ?? features.map(({ name }) => name);
  if (!names && called.every((name, place) => isPlace(name, place))) return byPlace(features, columns);
  const found = called.map((name) => (name === null ? undefined : findColumn(name, columns)));
  const unknown = called.filter((_, k) => !found[k]);
  const used = new Set(found.map((each) => each?.column.name));
  const unused = columns.filter(({ name }) => !used.has(name)).map(({ name }) => name);
  if (unknown.length > 0 || unused.length > 0) throw mismatch(unknown.map(String), unused);
  const matched = features.map((feature, k) => matchOf(feature, called[k] as string, found[k] as Found, columns));
  checkTwice(matched);
  return matched;
}

const isPlace = (name: string | null, place: number) =>
  name === null || Number(BY_PLACE.exec(name)?.[1] ?? -1) === place;

function byPlace(features: readonly ImportedFeature[], columns: readonly FeatureColumn[]): MatchedFeature[] {
  if (features.length !== columns.length)
    throw new DataError(
      `the model has ${features.length} features without names, and the declaration ${columns.length}; name them in the model's order (--features a,b,c)`,
      { issues: [{ path: 'the declaration', message: columns.map(({ name }) => name).join(', ') }] },
    );
  return features.map((feature, k) =>
    matchOf(feature, feature.name ?? `feature ${k}`, { column: columns[k] as FeatureColumn }, columns),
  );
}

interface Found {
  readonly column: FeatureColumn;
  /** Of a 0/1 column the level that it stands for. */
  readonly level?: number;
}

function findColumn(whole: string, columns: readonly FeatureColumn[]): Found | undefined {
  // scikit-learn puts the name of the step before: num__age.
  const stripped = whole.replace(/^[a-z0-9_-]*?__/i, '');
  for (const name of new Set([whole, stripped])) {
    const key = headerKey(name);
    const column = columns.find((each) => headerKey(each.name) === key || headerKey(each.header ?? each.name) === key);
    if (column) return { column };
    const found = findLevel(name, columns);
    if (found) return found;
  }
  return undefined;
}

/** `colour_red`, `colour=red`, `colour[red]`; the longest column whose level it is. */
function findLevel(name: string, columns: readonly FeatureColumn[]): Found | undefined {
  const candidates = columns.flatMap((column) =>
    (featureKindOf(column).levels ?? []).flatMap((text, level) =>
      [column.name, column.header ?? column.name].some((prefix) => isLevelOf(name, prefix, text))
        ? [{ column, level }]
        : [],
    ),
  );
  return candidates.toSorted((a, b) => b.column.name.length - a.column.name.length)[0];
}

function isLevelOf(name: string, prefix: string, level: string): boolean {
  // XGBoost takes no brackets and no "<" in names.
  const plain = (text: string) => text.replaceAll(/[[\]<]/g, '_');
  const isLevel = (text: string) => [level, plain(level)].includes(cellTextOf(text));
  const isSeparated = ['_', '=', '-', '.', ':']
    .flatMap((separator) => [prefix + separator, plain(prefix) + separator, `${prefix} ${separator}`])
    .some((start) => name.startsWith(start) && isLevel(name.slice(start.length)));
  return isSeparated || [`${prefix}[${level}]`, plain(`${prefix}[${level}]`)].includes(name);
}

function matchOf(
  { kind, codeOf, levels: known = [] }: ImportedFeature,
  feature: string,
  { column: declared, level }: Found,
  columns: readonly FeatureColumn[],
): MatchedFeature {
  const column = columns.indexOf(declared);
  const of = { feature, column: declared.name };
  const levels = featureKindOf(declared).levels;
  if (level !== undefined && levels)
    return { ...of, source: { column, as: 'level', level }, how: `1 where it is ${levels[level]}, else 0` };
  if (!levels) {
    if (kind === 'category' && codeOf)
      throw new DataError(
        `the model knows ${feature} as a category, by its texts, and the column ${declared.name} is declared as a number; declare it as a category, with its levels ("kind": "categorical")`,
      );
    return { ...of, source: { column, as: 'number' }, how: 'the number' };
  }
  if (codeOf) {
    const codes = codesOfLevels(levels, codeOf, known);
    if (codes.every((code) => code === null))
      throw new DataError(`the model knows none of the levels of ${declared.name}`, {
        issues: [
          { path: 'the model', message: known.slice(0, 20).join(', ') || 'does not list its own' },
          { path: declared.name, message: levels.slice(0, 20).join(', ') },
        ],
      });
    const unseen = levels.filter((_, k) => codes[k] === null);
    const spaced = spacedTexts(known).map((text) => JSON.stringify(text));
    return {
      ...of,
      source: { column, as: 'code', codes: Float64Array.from(codes, (code) => code ?? -1) },
      how: [
        'by the texts that the file has',
        ...(unseen.length > 0 ? [`it has not seen ${some(unseen)}`] : []),
        ...(spaced.length > 0 ? [`cells have ${some(spaced)} without the spaces around`] : []),
      ].join('; '),
    };
  }
  const numbers = levels.map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const areNumbers = numbers.every(Number.isFinite);
  return {
    ...of,
    source: { column, as: 'code', codes: Float64Array.from(areNumbers ? numbers : levels.keys()) },
    how: areNumbers
      ? 'the number that its level is'
      : `${levels
          .slice(0, 3)
          .map((text, code) => `${text} is ${code}`)
          .join(', ')}${levels.length > 3 ? ', …' : ''}: the order in which they are declared`,
  };
}

const some = (texts: readonly string[]) => texts.slice(0, 5).join(', ') + (texts.length > 5 ? ', …' : '');

/** @throws DataError where two features are the same of a column */
function checkTwice(matched: readonly MatchedFeature[]): void {
  const known = new Map<string, string>();
  for (const { feature, column, source } of matched) {
    const key = source.as === 'level' ? `${column} ${source.level}` : column;
    const other = known.get(key);
    if (other !== undefined)
      throw new DataError(`the model's features ${other} and ${feature} are the same of the column ${column}`);
    known.set(key, feature);
  }
}

function mismatch(unknown: readonly string[], unused: readonly string[]): DataError {
  const listed = (names: readonly string[]) =>
    names.slice(0, 30).join(', ') + (names.length > 30 ? `, and ${names.length - 30} more` : '');
  const issues = [
    ...(unknown.length > 0 ? [{ path: 'only the model has', message: listed(unknown) }] : []),
    ...(unused.length > 0 ? [{ path: 'only the declaration has', message: listed(unused) }] : []),
  ];
  return new DataError(
    "the model's features are not those of the declaration: rename them there or by --features a,b,c (in the model's order), or take columns that it does not read out of dataset.json",
    { issues },
  );
}
