import { describe, expect, test } from 'vitest';
import type { Predictions } from '../../../../ml/core/predictions.ts';
import { takePredictions } from '../../../../ml/core/predictions.ts';
import { chooseModel } from '../../../../ml/selection/ensemble/choose-model.ts';
import type { Evidence } from '../../../../ml/selection/ensemble/evidence.ts';
import { mixtureOf, mixtures } from '../../../../ml/selection/ensemble/mixture.ts';
import { ownClasses } from '../../../../ml/selection/ensemble/own-class.ts';
import { runningMeans } from '../../../../ml/selection/ensemble/running-mean.ts';
import type { Metric } from '../../../../ml/selection/metric.ts';
import { logLossOf, madeRows, normal, softmax } from '../../made-classes.ts';

const logLoss: Metric = {
  name: 'log_loss',
  title: 'log loss',
  direction: 'lower',
  unit: 'none',
  best: 0,
  digits: 4,
  compute: logLossOf,
};
/** The same by what each row's own class was given. */
const byOwn: Metric = {
  ...logLoss,
  ofOwnClass: (_, own) => own.reduce((sum, p) => sum - Math.log(p), 0) / own.length,
};

/** The same probabilities with errors of a candidate's own. */
function noised({ rows, outputs, values }: Predictions, deviation: number, seed: number): Predictions {
  const draw = normal(seed);
  const other = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * outputs, (row + 1) * outputs);
    other.set(softmax(Array.from(own, (p) => Math.log(p) + deviation * draw())), row * outputs);
  }
  return { rows, outputs, values: other };
}

function evidenceOf(truth: Float64Array, candidates: readonly Predictions[], metric = logLoss): Evidence {
  const folds = Array.from({ length: 5 }, (_, fold) => fold);
  const rowsOf = (fold: number) => Uint32Array.from(truth.keys()).filter((row) => row % 5 === fold);
  const truthOf = (fold: number) => Float64Array.from(rowsOf(fold), (row) => truth[row] as number);
  return {
    metric,
    folds: folds.map((fold) => ({ truth: truthOf(fold), sources: folds.filter((other) => other !== fold) })),
    candidates: candidates.map((all, j) => {
      const predictions = folds.map((fold) => takePredictions(all, rowsOf(fold)));
      return {
        name: `c${j}`,
        complexity: { members: 1, kind: 1, recipes: 0 },
        predictSeconds: 1,
        predictions,
        scores: folds.map((fold) => logLossOf(truthOf(fold), predictions[fold] as Predictions)),
      };
    }),
  };
}

const { truth, real } = madeRows(2000, [0, 0.5, -0.5]);
const all = [0, 1, 2, 3, 4];

describe('the weights of a mixture', () => {
  const evidence = evidenceOf(truth, [noised(real, 0.6, 1), noised(real, 0.9, 2), noised(real, 3, 3)]);
  const rows = all.map((fold) => ownClasses(evidence, fold));
  const lossOf = (weights: readonly number[]) => {
    const losses = rows.flatMap(({ probabilities, truth }) =>
      Array.from(truth, (_, i) =>
        Math.log(weights.reduce((sum, weight, j) => sum + weight * (probabilities[j]?.[i] as number), 0)),
      ),
    );
    return -losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };

  test('sum to 1, and are those of the smallest log loss', () => {
    const weights = [...mixtureOf(rows, [0, 1, 2])];
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    const least = lossOf(weights);
    for (let a = 0; a <= 20; a++)
      for (let b = 0; a + b <= 20; b++)
        expect(lossOf([a / 20, b / 20, (20 - a - b) / 20])).toBeGreaterThan(least - 1e-7);
  });

  test('are those of the members alone', () => {
    expect(mixtureOf(rows, [1, 2])[0]).toBe(0);
  });

  test('of candidates that say the same are found all the same', () => {
    const twins = evidenceOf(truth, [noised(real, 0.6, 1), noised(real, 0.6, 1), noised(real, 0.9, 2)]);
    const { weights, intercept } = mixtures(twins)(all);
    expect(intercept).toBe(0);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});

test('a mean of classes is scored alike by what own classes were given', () => {
  const candidates = [noised(real, 0.6, 1), noised(real, 0.9, 2)];
  const [means, own] = [logLoss, byOwn].map((metric) => runningMeans(evidenceOf(truth, candidates, metric))(all));
  for (const candidate of [0, 1, 1]) {
    expect(own?.scoreWith(candidate)).toBeCloseTo(means?.scoreWith(candidate) as number, 9);
    means?.add(candidate);
    own?.add(candidate);
  }
});

test('candidates whose errors are their own are blended or stacked, and the ensemble is better out of fold', () => {
  const candidates = Array.from({ length: 6 }, (_, j) => noised(real, 1 + 0.1 * j, j + 1));
  const evidence = evidenceOf(truth, candidates, byOwn);
  const { kind, members, scores, why } = chooseModel(evidence);
  expect(kind).not.toBe('single');
  expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  const mean = (of: readonly (number | undefined)[]) => of.reduce<number>((sum, each) => sum + (each ?? 0), 0) / 5;
  expect(mean(scores)).toBeLessThan(mean(evidence.candidates[0]?.scores ?? []) - 0.05);
  expect(why).toMatch(/less error than c\d, the best of 6 candidates by cross-validation \(log loss \d/);
});

test('a blend of classes is worth its members from a thousandth of the error on', () => {
  const chosen = (deviation: number) =>
    chooseModel(evidenceOf(truth, [noised(real, deviation, 1), noised(real, 1.05 * deviation, 2)], byOwn));
  const { kind, why } = chosen(0.4);
  expect(kind).toBe('blend');
  expect(why).toContain('a blend of c0 and c1 leaves 0.6 % less error than c0');
  expect(chosen(0.1).kind).toBe('single');
});

test('one candidate that is far better than the others stays alone', () => {
  const { kind, members } = chooseModel(evidenceOf(truth, [noised(real, 4, 1), real, noised(real, 4, 2)], byOwn));
  expect(kind).toBe('single');
  expect(members).toEqual([{ candidate: 1, weight: 1 }]);
});
