// A training whose time is over before any of its fits is ends with a model all the same.

import { expect, test } from 'vitest';
import { readDeclaration } from '../../../../ml/data/declaration.ts';
import { taskKindOf } from '../../../../ml/data/task-kind.ts';
import { complexityOf } from '../../../../ml/estimators/index.ts';
import { planOf } from '../../../../ml/selection/plan.ts';
import { readRows } from '../../../../ml/selection/rows.ts';
import { Budget } from '../../../../ml/selection/search/budget.ts';
import { choose } from '../../../../ml/selection/selection.ts';
import { taskOfRows } from '../../../../ml/selection/tasks/task-of-rows.ts';

const dataset = 'test/fixtures/students';
const declaration = await readDeclaration(dataset);

/** A budget of which nothing is left. */
const spent = () => new Budget(60, 0, () => 61_000);

test.each(['math_score', 'gender'])('of %s the quickest candidates are tried, once no time is left', async (target) => {
  const rows = await readRows({ dataset, declaration: { ...declaration, target } }, 1);
  const plan = planOf(taskKindOf(rows.declaration), { search: 'auto', folds: 2 });
  const stages: string[] = [];
  const { chosen, trials } = await choose(plan, rows, taskOfRows(rows, plan), {
    seed: 1,
    workers: 1,
    budget: spent(),
    onProgress: ({ stage }) => stages.push(stage),
  });
  expect(stages).toContain('late');
  expect(chosen).not.toBeNull();
  const tried = trials.map(({ model }) => model);
  expect(tried.every((model) => complexityOf(model) > 0)).toBe(true);
  expect(tried.length).toBeGreaterThan(0);
  expect(tried.length).toBeLessThanOrEqual(3);
});

test('whoever ends the search by hand is given what there is', async () => {
  const rows = await readRows({ dataset }, 1);
  const plan = planOf('regression', { search: 'auto', folds: 2 });
  const stop = AbortSignal.abort();
  const { chosen } = await choose(plan, rows, taskOfRows(rows, plan), { seed: 1, workers: 1, budget: spent(), stop });
  expect(chosen).toBeNull();
});
