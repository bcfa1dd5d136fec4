import { expect, test } from 'vitest';
import { RandomStream } from '../../../../ml/core/random-stream.ts';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import { columnOf, type Table } from '../../../../ml/data/table.ts';
import { learnedTargets } from '../../../../ml/features/learned-targets.ts';
import { codesOf } from '../../../../ml/features/level-codes.ts';
import { fitFeatures, innerFolds, makeFeatures } from '../../../../ml/features/preprocess.ts';
import { proposeFeatures } from '../../../../ml/features/propose-features.ts';
import { shrunkenMeans } from '../../../../ml/features/shrunken-means.ts';

const sizes = ['small', 'middle', 'large'];
const places = Array.from({ length: 30 }, (_, i) => `place ${i}`);

function flats(levels: readonly string[], positive?: string): Declaration {
  return {
    name: 'flats',
    title: 'Flats',
    file: 'flats.csv',
    target: 'size',
    ...(positive !== undefined && { positive }),
    columns: [
      { name: 'a', title: 'A', kind: 'numeric' },
      { name: 'b', title: 'B', kind: 'numeric' },
      { name: 'place', title: 'Place', kind: 'categorical', levels: places },
      { name: 'size', title: 'Size', kind: 'categorical', levels: [...levels] },
    ],
  };
}

/** Rows whose class follows from a number that is made of others, and some noise. */
function rowsOf(rows: number, classOf: (a: number, b: number, place: number) => number): Table {
  const random = new RandomStream(3);
  const columns = { a: [] as number[], b: [] as number[], place: [] as number[], size: [] as number[] };
  for (let row = 0; row < rows; row++) {
    const [a, b, place] = [random.normal(), random.normal(), random.below(30)];
    columns.a.push(a);
    columns.b.push(b);
    columns.place.push(place);
    columns.size.push(classOf(a, b, place));
  }
  return {
    rows,
    columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
  };
}

const third = (value: number) => (value < -0.4 ? 0 : value < 0.4 ? 1 : 2);
const half = (value: number) => Number(value > 0);
const products = rowsOf(1500, (a, b) => third(a * b));
const makes = (levels: readonly string[], table: Table, recipe: string) =>
  makeFeatures({ declaration: flats(levels), table, features: [{ recipe }], seed: 1 }).derived.map(({ name }) => name);

test('of classes each is learned but the first, of two the one of interest, of many the first few', () => {
  const y = Float64Array.of(0, 2, 1, 2);
  expect(learnedTargets(flats(sizes), y)).toEqual([
    { title: 'share of middle', values: Float64Array.of(0, 0, 1, 0) },
    { title: 'share of large', values: Float64Array.of(0, 1, 0, 1) },
  ]);
  const two = (positive?: string) => learnedTargets(flats(['no', 'yes'], positive), Float64Array.of(0, 1, 1));
  expect(two()).toEqual([{ title: 'share of yes', values: Float64Array.of(0, 1, 1) }]);
  expect(two('yes')).toEqual(two());
  expect(two('no')).toEqual([{ title: 'share of no', values: Float64Array.of(1, 0, 0) }]);
  expect(learnedTargets(flats(places), y)).toHaveLength(10);
});

test('target encoding: a column for each class but the first, each the share of it in rows of other folds', () => {
  const table = rowsOf(1500, (_, noise, place) => third(Math.sin(place) + 0.3 * noise));
  const declaration = flats(sizes);
  const made = makeFeatures({ declaration, table, features: [{ recipe: 'target_encoding' }], seed: 1 });
  expect(made.derived.map(({ name }) => name)).toEqual(['place: share of middle', 'place: share of large']);
  const isLarge = columnOf(table, 'size').map((k) => Number(k === 2));
  const codes = codesOf({ columns: [{ name: 'place', size: 31, values: null }] }, table);
  for (const { learned, held } of innerFolds({ table, declaration }, 1)) {
    const { means } = shrunkenMeans(codes, 31, isLarge, undefined, learned);
    for (const row of held) expect(made.derived[1]?.values[row]).toBe(means[codes[row] as number]);
  }
  const { means } = shrunkenMeans(codes, 31, isLarge, undefined);
  const { x } = fitFeatures({
    declaration,
    table,
    encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
    features: [{ recipe: 'target_encoding' }],
    seed: 1,
  });
  expect(x.names).toEqual(['a', 'b', 'place', 'place: share of middle', 'place: share of large']);
  expect(means.every((mean) => mean >= 0 && mean <= 1)).toBe(true);
});

// The sign of a quotient is that of the product.
test('a pair is made where classes follow from it, and none where they follow from single columns', () => {
  expect(makes(sizes, products, 'pairs')).toContain('a × b');
  expect(
    makes(
      ['no', 'yes'],
      rowsOf(1500, (a, b) => half(a * b)),
      'pairs',
    ),
  ).toEqual(['a / b']);
  expect(
    makes(
      sizes,
      rowsOf(1500, (a) => third(a)),
      'pairs',
    ),
  ).toEqual([]);
});

test('the order of levels is made where the shares of their neighbours are alike', () => {
  expect(
    makes(
      sizes,
      rowsOf(1500, (_, noise, place) => third(Math.sin(place / 5) + 0.3 * noise)),
      'level_order',
    ),
  ).toEqual(['place: place in order']);
  expect(
    makes(
      sizes,
      rowsOf(1500, (_, noise) => third(noise)),
      'level_order',
    ),
  ).toEqual([]);
});

test('the logarithm of a class is neither proposed nor made', () => {
  const declaration = flats(sizes);
  const proposed = proposeFeatures(declaration, products).flat();
  expect(proposed.map(({ recipe }) => recipe)).toContain('pairs');
  expect(proposed.map(({ recipe }) => recipe)).not.toContain('log_target');
  expect(() => makeFeatures({ declaration, table: products, features: [{ recipe: 'log_target' }], seed: 1 })).toThrow(
    'the recipe log_target is for a target that is a number, and size is a class',
  );
});
