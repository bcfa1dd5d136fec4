import { expect, test } from 'vitest';
import { oneOutput } from '../../../../ml/core/predictions.ts';
import { createRandom, permutation } from '../../../../ml/core/random.ts';
import { makeFolds } from '../../../../ml/data/folds.ts';
import { columnOf, takeRows } from '../../../../ml/data/table.ts';
import { paramsOf } from '../../../../ml/estimators/index.ts';
import { score } from '../../../../ml/selection/metric.ts';
import type { Outcome, Proposal } from '../../../../ml/selection/search/strategy.ts';
import { Trials } from '../../../../ml/selection/search/trials.ts';
import { ownFit } from '../../../../ml/selection/shared-fit.ts';
import { regression as task } from '../../../../ml/selection/tasks/regression.ts';
import { houses } from '../../../houses.ts';
import { houseTable, rows } from '../house-table.ts';

const context = { declaration: houses, train: houseTable, folds: makeFolds(rows, 4, 1), seed: 1 };

/** A candidate whose predictions are off by so much. */
function proposalOf(error: number): Proposal {
  const params = paramsOf('ridge', 'regression', { alpha: error });
  return { fit: ownFit({ model: 'ridge', params }), folds: [0, 1, 2, 3], how: {} };
}

function outcomeOf(error: number): Outcome {
  const results = context.folds.map(({ held }, fold) => {
    const truth = columnOf(takeRows(houseTable, held), 'price');
    const predictions = oneOutput(truth.map((price, i) => price + error * (i % 2 === 0 ? 1 : -1)));
    const scores = score(task.metrics, truth, predictions);
    return { fold, predictions, scores, rounds: null, fitSeconds: 0, predictSeconds: 0 };
  });
  return { proposal: proposalOf(error), results: [results] };
}

const errors = Array.from({ length: 12 }, (_, i) => 1 + i);

test.each([1, 2, 3])('where there is no room for all predictions, those of the best are kept, in any order', (seed) => {
  const trials = new Trials({ context, task }, 4 * rows);
  for (const error of errors) trials.propose(proposalOf(error));
  for (const place of permutation(errors.length, createRandom(seed))) trials.add(outcomeOf(errors[place] as number));
  const known = trials.evaluations();
  expect(known.map(({ entry }) => entry.status)).toEqual(errors.map(() => 'scored'));
  expect(known.map(({ folds }) => folds.length)).toEqual(errors.map((error) => (error <= 4 ? 4 : 0)));
  expect(trials.recorded()).toHaveLength(errors.length);
  expect(trials.recordedInPart()).toEqual([]);
});

test('those of the best one are kept, however many they are', () => {
  const trials = new Trials({ context, task }, 1);
  for (const error of [3, 2]) {
    trials.propose(proposalOf(error));
    trials.add(outcomeOf(error));
  }
  expect(trials.evaluations().map(({ folds }) => folds.length)).toEqual([0, 4]);
});

test('where there is room, nothing is forgotten', () => {
  const trials = new Trials({ context, task });
  for (const error of errors) {
    trials.propose(proposalOf(error));
    trials.add(outcomeOf(error));
  }
  for (const { folds } of trials.evaluations()) expect(folds).toHaveLength(4);
});
