// What scikit-learn says of the same predictions (ask.py).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { classShares } from '../../../ml/core/class-shares.ts';
import type { Predictions } from '../../../ml/core/predictions.ts';
import { score } from '../../../ml/selection/metric.ts';
import { classTask } from '../../../ml/selection/tasks/classes.ts';

interface Answer extends Readonly<Record<string, string | number | null>> {
  readonly problem: string;
  readonly weighting: string;
}

const { answers }: { answers: Answer[] } = JSON.parse(readFileSync(join(import.meta.dirname, 'answers.json'), 'utf8'));

const ROWS = 300;
const rows = Array.from({ length: ROWS }, (_, i) => i);

interface Problem {
  readonly truth: Float64Array;
  readonly predictions: Predictions;
}

function problem(classes: number, present: number, steps: number): Problem {
  const truth = Float64Array.from(rows, (i) => (((i * 37) % 101) + Math.floor(i / 7)) % present);
  const values = new Float64Array(ROWS * classes);
  for (const i of rows) {
    const raw = Array.from({ length: classes }, (_, k) => {
      const step = 1 + Math.floor((((i * (53 + 6 * k)) % 97) * steps) / 97);
      return truth[i] === k ? step + steps / 2 : step;
    });
    const sum = raw.reduce((sum, value) => sum + value, 0);
    values.set(
      raw.map((value) => value / sum),
      i * classes,
    );
  }
  return { truth, predictions: { rows: ROWS, outputs: classes, values } };
}

function certain({ truth, predictions }: Problem): Problem {
  const { outputs } = predictions;
  const values = predictions.values.slice();
  for (const i of rows.filter((i) => i % 5 === 0)) {
    const own = truth[i] as number;
    values.fill(0, i * outputs, (i + 1) * outputs);
    values[i * outputs + (i % 10 === 0 ? own : (own + 1) % outputs)] = 1;
  }
  return { truth, predictions: { ...predictions, values } };
}

const problems: Readonly<Record<string, Problem>> = {
  'two classes': problem(2, 2, 1000),
  'two classes with ties': problem(2, 2, 4),
  'two classes, some rows certain': certain(problem(2, 2, 1000)),
  'two classes, rows of one alone': problem(2, 1, 1000),
  'five classes': problem(5, 5, 1000),
  'five classes with ties': problem(5, 5, 3),
  'five classes, some rows certain': certain(problem(5, 5, 1000)),
  'five classes, of which two have no row': problem(5, 3, 1000),
};
const weightings: Readonly<Record<string, Float64Array | undefined>> = {
  unweighted: undefined,
  weighted: Float64Array.from(rows, (i) => 0.5 + (i % 4)),
  'some of weight 0': Float64Array.from(rows, (i) => (i % 3 === 0 ? 0 : 1 + (i % 2))),
};

test.each(answers)('$problem, $weighting', ({ problem, weighting, ...expected }) => {
  const { truth, predictions } = problems[problem] as Problem;
  const weights = weightings[weighting];
  const { outputs } = predictions;
  const shares = [...classShares(truth, outputs, weights)];
  const task = classTask(outputs === 2 ? 'binary' : 'multiclass', { shares, positive: outputs === 2 ? 1 : null });
  const scores = score(task.metrics, truth, predictions, weights);
  for (const { name } of task.metrics) {
    const theirs = expected[name];
    // What they do not define has a value here all the same.
    if (theirs === null) expect(scores[name]).toSatisfy(Number.isFinite);
    else expect(Math.abs((scores[name] as number) - (theirs as number)), name).toBeLessThanOrEqual(1e-12);
  }
});

test('every problem was asked about with every weighting', () => {
  expect(answers).toHaveLength(Object.keys(problems).length * Object.keys(weightings).length);
});
