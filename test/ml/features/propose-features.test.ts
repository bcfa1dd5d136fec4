import { expect, test } from 'vitest';
import type { Table } from '../../../ml/data/table.ts';
import { proposeFeatures } from '../../../ml/features/propose-features.ts';
import { columnRecipeNames } from '../../../ml/features/recipes/index.ts';
import { generate, truths } from './generated.ts';

const named = (sets: ReturnType<typeof proposeFeatures>) => sets.map((set) => set.map(({ recipe }) => recipe));
const proposed = (truth: string) => {
  const { declaration, table } = (truths[truth] as (typeof truths)[string])(500, 1);
  return named(proposeFeatures(declaration, table));
};

test('what makes something of the rows is proposed, all together first', () => {
  expect(proposed('a product')).toEqual([['pairs']]);
  expect(proposed('a ratio')).toEqual([['pairs'], ['log_columns'], ['pairs', 'log_columns']]);
  const byLevel = ['target_encoding', 'counts'];
  expect(proposed('a mean of many levels')).toEqual([byLevel]);
  expect(proposed('a distance from a group mean')).toEqual([
    ['counts', 'group_aggregates'],
    ['counts'],
    ['group_aggregates'],
  ]);
});

test('nothing is proposed where effects of numbers add up, or there is nothing to learn from', () => {
  const sum = generate(400, 1, 2, (random) => {
    const numbers = { a: random.normal(), b: random.normal() };
    return { numbers, categories: { kind: random.below(2) }, y: numbers.a + numbers.b + random.normal() };
  });
  expect(proposeFeatures(sum.declaration, sum.table)).toEqual([]);
  const constant = {
    ...sum.table,
    columns: new Map([...sum.table.columns].map(([name, values]) => [name, values.fill(1)])),
  };
  expect(proposeFeatures(sum.declaration, constant)).toEqual([]);
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

test('no logarithm is proposed of a target that is mostly zero', () => {
  const zeros = generate(200, 1, 2, (random) => {
    const y = random.uniform() < 0.5 ? 0 : Math.exp(random.normal());
    return { numbers: { a: random.normal() }, y };
  });
  expect(proposeFeatures(zeros.declaration, zeros.table)).toEqual([]);
});

test('every recipe is proposed for some table', () => {
  const dated = generate(50, 1, 2, (random) => ({ numbers: { a: random.below(365) }, y: random.normal() }));
  const [, target] = dated.declaration.columns;
  const columns = [{ name: 'a', title: 'A', kind: 'date' as const }, target as NonNullable<typeof target>];
  const ofDates = named(proposeFeatures({ ...dated.declaration, columns }, dated.table));
  const all = [...ofDates.flat(), ...Object.keys(truths).flatMap((truth) => proposed(truth).flat())];
  expect(new Set(all)).toEqual(new Set(columnRecipeNames));
});
