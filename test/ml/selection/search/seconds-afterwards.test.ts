import { expect, test } from 'vitest';
import { oneOutput } from '../../../../ml/core/predictions.ts';
import { makeFolds } from '../../../../ml/data/folds.ts';
import { columnOf, takeRows } from '../../../../ml/data/table.ts';
import type { FitContext } from '../../../../ml/selection/fit-job.ts';
import { score } from '../../../../ml/selection/metric.ts';
import { secondsAfterwards } from '../../../../ml/selection/search/seconds-afterwards.ts';
import { Space } from '../../../../ml/selection/search/space.ts';
import { Trials } from '../../../../ml/selection/search/trials.ts';
import { ownFit } from '../../../../ml/selection/shared-fit.ts';
import { regression as task } from '../../../../ml/selection/tasks/regression.ts';
import { houses } from '../../../houses.ts';
import { houseTable, rows } from '../house-table.ts';

const context: FitContext = { declaration: houses, train: houseTable, folds: makeFolds(rows, 4, 1), seed: 1 };

/** A candidate whose fits in the folds took so long; the smaller its error the better it is. */
interface Tried {
  readonly model: string;
  readonly error: number;
  readonly fitSeconds?: number;
  readonly predictSeconds?: number;
}

function secondsAfter(tried: readonly Tried[], given: { heldOut?: number; readSeconds?: number } = {}): number {
  const trials = new Trials({ context, task });
  for (const { model, error, fitSeconds = 0, predictSeconds = 0 } of tried) {
    const candidate = new Space('regression', model, {}, 1).candidate();
    const proposal = { fit: ownFit(candidate), folds: [0, 1, 2, 3], how: {} };
    trials.propose(proposal);
    const results = context.folds.map(({ held }, fold) => {
      const truth = columnOf(takeRows(houseTable, held), 'price');
      const predictions = oneOutput(truth.map((price, i) => price + error * (i % 2)));
      const scores = score(task.metrics, truth, predictions);
      return { fold, predictions, scores, rounds: null, fitSeconds, predictSeconds };
    });
    trials.add({ proposal, results: [results] });
  }
  const common = { context, task, trials, parallel: 2, heldOut: 100, refits: 0, readSeconds: 0 };
  return secondsAfterwards({ ...common, ...given });
}

test('what the best models take to predict and to be fitted again is expected, and what it takes to write the data', () => {
  const quick = secondsAfter([{ model: 'ridge', error: 1 }]);
  expect(quick).toBeLessThan(5);
  // It is predicted of the held-out rows, and of shuffled ones; and fitted on all rows.
  expect(secondsAfter([{ model: 'ridge', error: 1, predictSeconds: 0.1 }])).toBeGreaterThan(quick + 1);
  expect(secondsAfter([{ model: 'ridge', error: 1, fitSeconds: 30 }])).toBeGreaterThan(quick + 30);
  const few = secondsAfter([{ model: 'ridge', error: 1, predictSeconds: 0.001 }], { heldOut: 100 });
  expect(secondsAfter([{ model: 'ridge', error: 1, predictSeconds: 0.001 }], { heldOut: 1e6 })).toBeGreaterThan(
    10 * few,
  );
  expect(secondsAfter([{ model: 'ridge', error: 1 }], { readSeconds: 5 })).toBeGreaterThan(quick + 5);
});

test('models that are not among the best do not count', () => {
  const best = ['ridge', 'lasso', 'linear', 'elastic_net', 'decision_tree'].map((model) => ({ model, error: 1 }));
  const slow = { model: 'knn', predictSeconds: 10, fitSeconds: 100 };
  const without = secondsAfter(best);
  expect(secondsAfter([...best, { ...slow, error: 50 }])).toBeCloseTo(without, 1);
  expect(secondsAfter([...best, { ...slow, error: 0.1 }])).toBeGreaterThan(without + 100);
});

test('held-out rows are predicted once, and some of them again in the report', () => {
  const perRow = (4 * 0.01) / rows;
  const after = (heldOut: number) => secondsAfter([{ model: 'ridge', error: 1, predictSeconds: 0.01 }], { heldOut });
  const [few, some, many] = [after(0), after(20_000), after(1e6)];
  const margin = (many - some) / (980_000 * perRow);
  expect(margin).toBeGreaterThan(1);
  expect(margin).toBeLessThan(1.5);
  expect(some - few).toBeCloseTo(margin * 2 * 20_000 * perRow, 6);
});
