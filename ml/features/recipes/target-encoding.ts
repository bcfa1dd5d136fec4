import { type LearnedTarget, MEAN_TARGET } from '../learned-targets.ts';
import {
  categoryKeys,
  codesOf,
  combined,
  discreteKeys,
  type Key,
  keyName,
  levelsOf,
  levelWeights,
  namesOf,
} from '../level-codes.ts';
import { shrunkenMeans } from '../shrunken-means.ts';
import type { ColumnRecipe, DerivedColumn, LearnedRows, SearchedRows } from './column-recipe.ts';

/** Two levels are a 0/1 column already, of which an encoding would be a copy. */
const LEAST_LEVELS = 3;
/** Combinations of two that have more levels are not tried. */
const MOST_LEVELS = 2 ** 17;
const MOST_COMBINATIONS = 5;
/** How many are tried, times the targets: the first, in declared order. */
const MOST_TRIED = 150;

/** A category, or two columns together, and the mean of a target for each level: of classes the share of one, which has a title. */
type Encoded = Key & { readonly means: Float64Array; readonly title?: string };
type State = { readonly encoded: readonly Encoded[] };

/**
 * The mean target of each level of a category, and of combinations of two (numbers of few values too) that explain more than both alone, drawn to the mean of all
 * (`shrunkenMeans`). Of classes it is the share of each, but for one that the others tell. A row that is learned from has the mean of other folds' rows, or the column would tell its own target;
 * where no fold holds a row out it is missing. A level without rows has the mean of all.
 *
 * Source: Micci-Barreca 2001, SIGKDD Explorations 3(1).
 */
export const targetEncoding: ColumnRecipe<State> = {
  fit(rows) {
    const singles = categoryKeys(rows.declaration).filter((key) => seenLevels(key, rows) >= LEAST_LEVELS);
    const encoded = [...singles, ...combinations(rows.some())].flatMap((key): Encoded[] => {
      const codes = codesOf(key, rows.table);
      return rows.targets.flatMap(({ title, values }): Encoded[] => {
        const { means, differ } = shrunkenMeans(codes, levelsOf(key), values, rows.weights);
        return differ ? [{ ...key, means, ...(title !== MEAN_TARGET && { title }) }] : [];
      });
    });
    return encoded.length === 0 ? null : { encoded };
  },

  apply: ({ encoded }, table) =>
    encoded.map(({ means, ...key }) => ({
      name: nameOf(key),
      from: namesOf(key),
      values: Float64Array.from(codesOf(key, table), (code) => means[code] as number),
    })),

  applyToLearned: ({ encoded }, rows) =>
    encoded.map((key): DerivedColumn => {
      const target = rows.targets.find(({ title }) => title === titleOf(key)) as LearnedTarget;
      return { name: nameOf(key), from: namesOf(key), values: outOfFold(key, target, rows) };
    }),
};

const titleOf = ({ title = MEAN_TARGET }: Pick<Encoded, 'title'>) => title;

const nameOf = (key: Omit<Encoded, 'means'>) => `${keyName(key)}: ${titleOf(key)}`;

function seenLevels(key: Key, { table, weights }: LearnedRows): number {
  return levelWeights(codesOf(key, table), levelsOf(key), weights).filter((weight) => weight > 0).length;
}

/** The pairs of categories, and of numbers of few values, that explain what a sum of both does not. */
function combinations(rows: SearchedRows): Key[] {
  const singles = [...categoryKeys(rows.declaration), ...discreteKeys(rows.declaration, rows.table)];
  const keys = singles
    .flatMap((one, i) => singles.slice(i + 1).map((other) => combined(one, other)))
    .filter((key) => levelsOf(key) <= MOST_LEVELS)
    .slice(0, Math.ceil(MOST_TRIED / rows.targets.length));
  if (keys.length === 0) return [];
  const tried = keys.flatMap((key) => rows.targets.map((target) => ({ key, target })));
  const proposals = tried.map(({ key, target }) => ({
    parents: key.columns.map(({ name }) => name),
    valuesAt(some: Uint32Array) {
      const values = outOfFold(key, target, rows);
      return Float64Array.from(some, (row) => values[row] as number);
    },
  }));
  const chosen = rows.screening.choose(proposals, MOST_COMBINATIONS);
  return [...new Set(chosen.map((place) => (tried[place] as (typeof tried)[number]).key))];
}

/** The encoding of the rows that are learned from, each by the means of the rows that its fold learns from. */
function outOfFold(
  key: Key,
  { values: y }: LearnedTarget,
  { table, weights, folds }: Omit<LearnedRows, 'some'>,
): Float64Array {
  const codes = codesOf(key, table);
  const values = new Float64Array(table.rows).fill(Number.NaN);
  for (const { learned, held } of folds()) {
    const { means } = shrunkenMeans(codes, levelsOf(key), y, weights, learned);
    for (const row of held) values[row] = means[codes[row] as number] as number;
  }
  return values;
}
