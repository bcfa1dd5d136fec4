import { describe, expect, test } from 'vitest';
import { growthOf } from '../../../../ml/estimators/index.ts';
import { simulate, type World } from './simulated-search.ts';

const boosting = (model: string) => growthOf(model)?.patience !== undefined;

const sizes = [
  { rows: 1000, classes: 0, budgets: [5, 30, 300] },
  { rows: 1000, classes: 100, budgets: [30, 300] },
  { rows: 40_000, classes: 0, budgets: [5, 30, 300] },
  { rows: 40_000, classes: 5, budgets: [5, 30, 300] },
  { rows: 40_000, classes: 20, budgets: [5, 30, 300] },
  { rows: 400_000, classes: 2, budgets: [5, 30, 300] },
  { rows: 1_000_000, classes: 100, budgets: [30, 300] },
];
const machines = {
  'as quick as was thought': { slowness: () => 1, growth: 1 },
  'three times as slow': { slowness: () => 3, growth: 1 },
  'slow with boosting, which grows long': { slowness: (model: string) => (boosting(model) ? 2 : 1), growth: 2 },
  'twice as quick': { slowness: () => 0.5, growth: 1 },
};
const worlds: (World & { machine: string })[] = sizes.flatMap(({ budgets, ...size }) =>
  budgets.flatMap((budget) =>
    Object.entries(machines).map(([machine, given]) => ({ ...size, budget, machine, ...given })),
  ),
);

describe.each(worlds)('of $rows rows with $classes classes in $budget s on a machine that is $machine', (world) => {
  const { tried, spent, wasted } = simulate(world);
  const boosted = tried.filter(({ candidate: { model } }) => boosting(model));

  test('there is soon a boosted model that has grown', () => {
    const [first] = boosted.filter(({ grown }) => grown > 0.3);
    expect(first?.seconds).toBeLessThan(0.7 * world.budget);
  });

  test('what is begun comes to its end in time', () => {
    expect(wasted).toBeLessThan(0.3);
    expect(spent).toBeLessThanOrEqual(1);
  });

  test('the best has grown as it should', () => {
    expect(Math.max(...boosted.map(({ grown }) => grown))).toBeGreaterThan(0.3);
  });
});

test('where there is time enough nothing is hurried', () => {
  const { tried } = simulate({ rows: 1000, classes: 0, budget: 300, slowness: () => 1, growth: 1 });
  const openers = ['xgboost', 'catboost', 'gradient_boosting'].map(
    (name) => tried.find(({ candidate: { model } }) => model === name)?.candidate.params.learning_rate,
  );
  expect(openers).toEqual([0.06, 0.08, 0.06]);
});
