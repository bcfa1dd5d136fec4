import { describe, expect, test } from 'vitest';
import type { Predictions } from '../../../ml/core/predictions.ts';
import { takePredictions } from '../../../ml/core/predictions.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { makeFolds } from '../../../ml/data/folds.ts';
import { fitCalibration } from '../../../ml/explain/fit-calibration.ts';
import { logLossOf, type MadeRows, madeRows, turned } from '../made-classes.ts';

function declarationOf(classes: number): Declaration {
  const levels = Array.from({ length: classes }, (_, k) => `c${k}`);
  return {
    name: 'made',
    title: 'Made',
    file: 'made.csv',
    target: 'y',
    columns: [
      { name: 'x', title: 'X', kind: 'numeric' },
      { name: 'y', title: 'Y', kind: 'categorical', levels },
    ],
  };
}

/** What is decided of predictions of these rows, made out of fold. */
function decide({ truth }: MadeRows, predictions: Predictions, { times = false, repeats = 1 } = {}) {
  const { rows, outputs } = predictions;
  const folds = makeFolds(rows, 5, 1, times ? { times: truth.map((_, row) => row) } : { repeats });
  return fitCalibration(
    {
      folds,
      predictions: folds.map(({ held }) => takePredictions(predictions, held)),
      foldsOfParts: [[null]],
    },
    {
      declaration: declarationOf(outputs),
      train: { rows, columns: new Map([['y', truth]]) },
      seed: 1,
      positive: outputs === 2 ? 1 : null,
    },
  );
}

describe.each([
  ['two classes', [0, -1]],
  ['four classes', [0, 1, -1, 0.5]],
])('of %s', (_, offsets) => {
  test('probabilities that hold stay as they are', () => {
    let calibrated = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const made = madeRows(1000, offsets, { seed });
      const fitted = decide(made, made.real);
      calibrated += Number(fitted?.calibration !== null);
      expect(fitted?.record.reliability.before.error).toBeLessThan(0.06);
    }
    // A gain of more than a standard error is chance once in six, were it not for what fitting costs.
    expect(calibrated).toBeLessThanOrEqual(2);
  });

  test('those that are too sure are calibrated by a sigmoid, which is worth it', () => {
    const made = madeRows(2000, offsets);
    const fitted = decide(
      made,
      turned(made.real, (logarithm) => 2 * logarithm),
    );
    expect(fitted?.calibration).toMatchObject({ kind: 'sigmoid' });
    const { method, rows, logLoss, gain, reliability } = fitted?.record ?? expect.unreachable();
    expect([method, rows]).toEqual(['sigmoid', 2000]);
    expect(logLoss.before - logLoss.after).toBeCloseTo(gain.mean, 9);
    expect(gain.mean).toBeGreaterThan(2 * gain.standardError);
    expect(reliability.after?.error).toBeLessThan(reliability.before.error / 2);
  });
});

test('what no sigmoid mends, a curve does', () => {
  const made = madeRows(4000, [0, 0]);
  // Whatever is said, it is one of two answers in truth.
  const steps = { ...made.real, values: made.real.values.slice() };
  const truth = made.truth.slice();
  for (let row = 0; row < made.truth.length; row++) {
    const p = made.real.values[2 * row + 1] as number;
    const isLow = p < 0.15 || (p > 0.5 && p < 0.85);
    steps.values[2 * row + 1] = p;
    truth[row] = (row * 37) % 100 < (isLow ? 10 : 10 + 80 * Number(p > 0.85)) ? 1 : 0;
  }
  expect(decide({ ...made, truth }, steps)?.record.method).toBe('isotonic');
});

test('in time it is judged in later folds than it was fitted on, and the first has none', () => {
  const made = madeRows(1200, [0, 0]);
  const predictions = turned(made.real, (logarithm) => 2 * logarithm);
  // Of five blocks the first is in no fold's past.
  expect(decide(made, predictions, { times: true })?.record.rows).toBe(800);
  expect(decide(made, predictions)?.record.rows).toBe(1200);
});

test('repeats of the same rows say no more of them', () => {
  const made = madeRows(600, [0, 0]);
  const predictions = turned(made.real, (logarithm) => 1.3 * logarithm);
  const [once, twice] = [1, 2].map((repeats) => decide(made, predictions, { repeats })?.record);
  const ratio = (twice?.gain.standardError as number) / (once?.gain.standardError as number);
  expect(ratio).toBeGreaterThan(0.9);
  expect(ratio).toBeLessThan(1.1);
});

test('what is predicted out of fold is calibrated by other folds, or stays as it is', () => {
  const made = madeRows(1000, [0, 0]);
  const sure = turned(made.real, (logarithm) => 2 * logarithm);
  const { outOfFold, record } = decide(made, sure) ?? expect.unreachable();
  const folds = makeFolds(1000, 5, 1);
  const losses = folds.flatMap(({ held }, fold) => {
    const predictions = outOfFold[fold] ?? expect.unreachable();
    const truth = Float64Array.from(held, (row) => made.truth[row] as number);
    return held.length * logLossOf(truth, predictions);
  });
  expect(losses.reduce((sum, loss) => sum + loss, 0) / 1000).toBeCloseTo(record.logLoss.after, 9);
  const inTime = decide(made, sure, { times: true });
  expect(inTime?.outOfFold.map((each) => each === undefined)).toEqual([true, false, false, false, false]);
});
