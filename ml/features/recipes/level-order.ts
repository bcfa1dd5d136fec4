import { Derived } from '../../core/derived.ts';
import { featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { categoryKeys, codesOf, type Key, keyName, namesOf } from '../level-codes.ts';
import type { ColumnRecipe, LearnedRows } from './column-recipe.ts';

/** Fewer levels are told apart one by one. */
const LEAST_LEVELS = 10;
/** Standard errors by which levels that follow each other must be alike. */
const CLEARLY = 2;

/** A category with the place of each of its codes; NaN of a missing value. */
type Ordered = Key & { readonly places: Float64Array };
type State = { readonly ordered: readonly Ordered[] };

/**
 * The place of a category's level in the order of their texts, where levels that follow each other have targets alike: codes
 * of areas, of products, of diagnoses often begin with what they belong to. A level without training rows has its place too.
 *
 * Whether they are alike is told by the correlation of the mean targets of neighbours (von Neumann 1941), of classes that of their shares.
 */
export const levelOrder: ColumnRecipe<State> = {
  fit(rows) {
    const levels = new Map(
      featuresOf(rows.declaration).map((column) => [column.name, kindOf(column).levels ?? []] as const),
    );
    const ordered = categoryKeys(rows.declaration).flatMap((key): Ordered[] => {
      const places = placesOf(levels.get(keyName(key)) as readonly string[]);
      return areAlike(key, places, rows) ? [{ ...key, places }] : [];
    });
    return ordered.length === 0 ? null : { ordered };
  },

  apply: ({ ordered }, table) =>
    ordered.map(({ places, ...key }) => ({
      name: `${keyName(key)}: place in order`,
      from: namesOf(key),
      values: Float64Array.from(codesOf(key, table), (code) => places[code] as number),
    })),
};

const known = new Derived<readonly string[], Float64Array>();

/** The place of each level among all, numbers in their texts by size; NaN after the last one. */
function placesOf(levels: readonly string[]): Float64Array {
  return known.of(levels, [], () => {
    const { compare } = new Intl.Collator('en', { numeric: true });
    const places = new Float64Array(levels.length + 1).fill(Number.NaN);
    const order = levels.map((_, code) => code).sort((a, b) => compare(levels[a] as string, levels[b] as string));
    order.forEach((code, place) => {
      places[code] = place;
    });
    return places;
  });
}

/** Whether the mean targets of levels correlate with those of the next level more than chance has it. */
function areAlike(key: Key, places: Float64Array, rows: LearnedRows): boolean {
  const codes = codesOf(key, rows.table);
  const means = rows.targets.map(({ values }) => meansInOrder(codes, places, values, rows.weights));
  const levels = (means[0] as Float64Array).length;
  if (levels < LEAST_LEVELS) return false;
  let [products, squares] = [0, 0];
  for (const each of means) {
    const mean = each.reduce((sum, value) => sum + value, 0) / levels;
    each.forEach((value, place) => {
      squares += (value - mean) ** 2;
      if (place > 0) products += (value - mean) * ((each[place - 1] as number) - mean);
    });
  }
  return products / squares > CLEARLY / Math.sqrt(levels);
}

/** The mean of some values by level, in the order of the levels' places; of those that have rows. */
function meansInOrder(
  codes: Int32Array,
  places: Float64Array,
  values: Float64Array,
  weights: Float64Array | undefined,
): Float64Array {
  const [sums, totals] = [new Float64Array(places.length), new Float64Array(places.length)];
  codes.forEach((code, row) => {
    const place = places[code] as number;
    if (Number.isNaN(place)) return;
    const weight = weights?.[row] ?? 1;
    sums[place] = (sums[place] as number) + weight * (values[row] as number);
    totals[place] = (totals[place] as number) + weight;
  });
  return sums.map((sum, place) => sum / (totals[place] as number)).filter((mean) => !Number.isNaN(mean));
}
