import { expect, test } from 'vitest';
import { type Fold, makeFolds } from '../../../ml/data/folds.ts';
import { columnOf, relationsOf, takeRows } from '../../../ml/data/table.ts';
import { candidatesOf } from '../../../ml/selection/candidate.ts';
import { compareInFolds } from '../../../ml/selection/compare-in-folds.ts';
import { evaluate, evaluateFolds } from '../../../ml/selection/evaluation.ts';
import type { FitContext } from '../../../ml/selection/fit-job.ts';
import { fitHere } from '../../../ml/selection/fitting.ts';
import { ownFit } from '../../../ml/selection/shared-fit.ts';
import { taskOfRows } from '../../../ml/selection/tasks/task-of-rows.ts';
import { houseClasses, houseClassTable } from '../../house-classes.ts';

const declaration = houseClasses('band');
const train = houseClassTable('band', 4000);
const folds = makeFolds(train.rows, 3, 42, relationsOf(train, declaration));
const context: FitContext = { declaration, train, folds, seed: 42 };
const task = taskOfRows({ declaration, train });
const [shares] = candidatesOf(task.kind, ['class_shares']) as [ReturnType<typeof candidatesOf>[number]];
const silent = () => ({ onStart: () => {}, onNote: () => {}, onEnd: () => {} });
const options = { context, task, fitting: fitHere(context) };

test('the shares of the classes are scored by every metric of the task, and have no skill', async () => {
  const { entry, folds: held } = await evaluate(shares, options, silent);
  expect(entry).toMatchObject({
    status: 'scored',
    cv: { skill: expect.closeTo(0, 3), roc_auc: 0.5, balanced_accuracy: 0.25, log_loss_sd: expect.any(Number) },
  });
  expect(Object.keys(entry.status === 'scored' ? entry.cv : {})).toEqual([
    ...task.metrics.map(({ name }) => name),
    'log_loss_sd',
  ]);
  for (const { predictions } of held) {
    expect(predictions.outputs).toBe(4);
    expect(predictions.values.subarray(0, 4).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  }
});

test('where few of the rows are drawn, each class has its share of them, and predictions are comparable', async () => {
  const look = async (count: number) => {
    const [results] = await evaluateFolds(ownFit(shares), [0, 1], { rows: count }, options, silent);
    if (!results || 'reason' in results) throw new Error('it failed');
    return results;
  };
  const some = await look(100);
  some.forEach(({ predictions, fold }) => {
    const learned = columnOf(takeRows(train, (folds[fold] as Fold).learned), 'band');
    [...predictions.values.subarray(0, 4)].forEach((share, k) => {
      const expected = (100 * learned.filter((own) => own === k).length) / learned.length;
      expect(share * 100).toBeCloseTo(Math.round(share * 100), 9);
      expect(Math.abs(share * 100 - expected)).toBeLessThan(1);
    });
  });
  expect(compareInFolds(await look(200), some, task.objective, context)).toMatchObject({
    gain: expect.closeTo(0, 2),
    standardError: expect.any(Number),
  });
});
