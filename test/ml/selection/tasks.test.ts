import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';
import type { Chosen } from '../../../ml/selection/chosen.ts';
import type { Evaluated } from '../../../ml/selection/evaluated.ts';
import { judge, remedyFor } from '../../../ml/selection/gate.ts';
import { isBetter } from '../../../ml/selection/metric.ts';
import { planOf } from '../../../ml/selection/plan.ts';
import { taskNamed, taskOf } from '../../../ml/selection/tasks/index.ts';
import { taskOfRows } from '../../../ml/selection/tasks/task-of-rows.ts';
import { houseClasses } from '../../house-classes.ts';
import { houses } from '../../houses.ts';

const tableOf = (columns: Readonly<Record<string, readonly number[]>>): Table => ({
  rows: Object.values(columns)[0]?.length ?? 0,
  columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
});

test('the target says what the task is', () => {
  expect(taskOf(houses).kind).toBe('regression');
  expect(taskOf(houseClasses('dear')).kind).toBe('binary');
  expect(taskOf(houseClasses('band'))).toMatchObject({ kind: 'multiclass', baseline: { model: 'class_shares' } });
});

describe('the class of interest', () => {
  const positiveOf = (dear: readonly number[], roles: Partial<Declaration> = {}, weights: readonly number[] = []) =>
    taskOfRows({ declaration: houseClasses('dear', roles), train: tableOf({ dear, rooms: weights }) }).classes;

  test('is the rarer one of the training rows, by their weight, unless it is declared', () => {
    expect(positiveOf([0, 0, 1])).toEqual({ shares: [2 / 3, 1 / 3], positive: 'yes' });
    expect(positiveOf([0, 1, 1])?.positive).toBe('no');
    expect(positiveOf([0, 1])?.positive).toBe('yes');
    expect(positiveOf([0, 0, 1], { positive: 'no' })?.positive).toBe('no');
    expect(positiveOf([0, 0, 1], { weight: 'rooms' }, [1, 1, 6])).toEqual({ shares: [0.25, 0.75], positive: 'no' });
  });

  test('is none of several, nor of a number', () => {
    const train = tableOf({ band: [0, 1, 1, 3] });
    expect(taskOfRows({ declaration: houseClasses('band'), train }).classes).toEqual({
      shares: [0.25, 0.5, 0, 0.25],
      positive: null,
    });
    expect(taskOfRows({ declaration: houses, train }).classes).toBeUndefined();
  });
});

describe('a metric by name', () => {
  test('is what candidates are compared by, and a leaderboard shows it first', () => {
    const task = taskNamed('binary', { metric: 'f1' });
    expect(task.objective.name).toBe('f1');
    expect(task.shown.map(({ name }) => name)).toEqual(['f1', 'log_loss', 'skill', 'accuracy', 'roc_auc']);
    expect(taskNamed('regression', { metric: 'mae' }).shown.map(({ name }) => name)).toEqual(['r2', 'rmse', 'mae']);
  });

  test('is refused where the task has none of that name', () => {
    expect(() => planOf('regression', { metric: 'accuracy' })).toThrow(
      'there is no metric "accuracy" for a target that is a number; there are: r2, rmse, mae',
    );
    expect(() => planOf('multiclass', { gate: 'r2' })).toThrow(
      /no metric "r2" for a target that is one of several classes; there are: log_loss, skill, /,
    );
  });

  test('is in the plan where it is not the task’s own, so that a training by another is another', () => {
    expect(planOf('regression', { metric: 'mae', gate: 'rmse' })).toMatchObject({ metric: 'mae', gate: 'rmse' });
    expect(planOf('regression', { metric: 'r2', gate: 'r2' })).toEqual(planOf('regression', {}));
    expect(planOf('regression', {})).not.toHaveProperty('metric');
    expect(planOf('regression', {}).task).toBe('regression');
  });
});

describe('the gate', () => {
  const scored = (model: string, log_loss: number): Evaluated => ({
    status: 'scored',
    model,
    params: {},
    cv: { log_loss },
  });
  const chosen: Chosen = { model: 'logistic', params: {}, parts: 1, cv: { log_loss: 0.4 } };
  const judged = (skill: number, threshold: number) => ({
    leaderboard: [scored('logistic', 0.4), scored('class_shares', 0.5)],
    baseline: scored('class_shares', 0.5),
    chosen,
    holdout: { log_loss: 0.4, skill, accuracy: 0.876 },
    threshold,
  });

  test('of classes asks for a skill of 0.05', () => {
    const task = taskNamed('binary');
    expect(task.gate.threshold).toBe(0.05);
    expect(judge(judged(0.2, 0.05), task)).toEqual({
      released: true,
      reason:
        'logistic, the best of 2 by cross-validation, has skill 0.2000 on the held-out rows; at least 0.05 was asked',
    });
    expect(judge(judged(0.04, 0.05), task).released).toBe(false);
    expect(remedyFor(judged(0.047, 0.05), task)).toEqual({ threshold: 0.04 });
    expect(remedyFor(judged(-0.01, 0.05), task)).toBeNull();
  });

  test('lets nothing pass that is no better than the shares of the classes', () => {
    const { reason, released } = judge(
      { ...judged(0.2, 0.05), baseline: scored('class_shares', 0.39) },
      taskNamed('binary'),
    );
    expect(released).toBe(false);
    expect(reason).toBe(
      'no model does better than predicting the shares of the classes (log loss over the folds: logistic 0.4000, class_shares 0.3900)',
    );
  });

  test('may be on another metric, which has no threshold of its own', () => {
    const task = taskNamed('binary', { gate: 'accuracy' });
    expect(task.gate.threshold).toBeNull();
    expect(judge(judged(0, 0.85), task).reason).toContain(
      'accuracy 0.8760 on the held-out rows; at least 0.85 was asked',
    );
    expect(remedyFor(judged(0, 0.9), task)).toEqual({ threshold: 0.87 });
    expect(task.gate.tolerance(0.9)).toBe(0.01);
    expect(taskNamed('regression', { gate: 'mae' }).gate.tolerance(50)).toBe(0.5);
  });

  test.each(['rmse', 'mae'])('on %s names a threshold in two digits that the score reaches', (gate) => {
    const { metric, lowerThreshold } = taskNamed('regression', { gate }).gate;
    for (const score of [12345, 0.0678, 1, 0, 99.9, 1e-7]) {
      const threshold = lowerThreshold(score) as number;
      expect(isBetter(metric, threshold, score)).toBe(false);
      expect(Math.abs(threshold - score)).toBeLessThanOrEqual(0.1 * Math.abs(score));
    }
  });
});
