import { expect, test } from 'vitest';
import type { Table } from '../../../ml/data/table.ts';
import { proposeFeatures } from '../../../ml/features/propose-features.ts';
import { columnRecipeNames } from '../../../ml/features/recipes/index.ts';
import { generate, truths } from './generated.ts';

const named = (sets: ReturnType<typeof proposeFeatures>) => sets.map((set) => set.map(({ recipe }) => recipe));
const proposed = (truth: string) => {
  const { declaration, table } = (truths[truth] as (typeof truths)[string])(200, 1);
  return named(proposeFeatures(declaration, table));
};

test('numbers alone are paired, and skewed ones have logarithms', () => {
  expect(proposed('a product')).toEqual([['pairs']]);
  expect(proposed('a ratio')).toEqual([['pairs'], ['log_columns'], ['pairs', 'log_columns']]);
});

test('categories are encoded, and numbers taken by category', () => {
  const encoded = ['target_encoding', 'counts'];
  expect(proposed('a mean of many levels')).toEqual([encoded, ['group_aggregates'], [...encoded, 'group_aggregates']]);
  const yesOrNo = generate(50, 1, 2, (random) => ({
    numbers: {},
    categories: { a: random.below(2) },
    y: random.normal(),
  }));
  expect(proposeFeatures(yesOrNo.declaration, yesOrNo.table)).toEqual([]);
});

test('the logarithm of the target is proposed where that is skewed and not below 0, whatever its order', () => {
  const skewed = generate(200, 1, 2, (random) => ({ numbers: { a: random.normal() }, y: Math.exp(random.normal()) }));
  expect(named(proposeFeatures(skewed.declaration, skewed.table))).toEqual([['log_target']]);
  const y = skewed.table.columns.get('y') as Float64Array;
  const below: Table = {
    ...skewed.table,
    columns: new Map([...skewed.table.columns, ['y', y.map((value) => value - 1)]]),
  };
  expect(proposeFeatures(skewed.declaration, below)).toEqual([]);
});

test('every recipe is proposed for some table', () => {
  const dated = generate(50, 1, 2, (random) => ({ numbers: { a: random.below(365) }, y: random.normal() }));
  const [, target] = dated.declaration.columns;
  const columns = [{ name: 'a', title: 'A', kind: 'date' as const }, target as NonNullable<typeof target>];
  const ofDates = named(proposeFeatures({ ...dated.declaration, columns }, dated.table));
  const all = [...ofDates.flat(), ...Object.keys(truths).flatMap((truth) => proposed(truth).flat())];
  expect(new Set(all)).toEqual(new Set(columnRecipeNames));
});
