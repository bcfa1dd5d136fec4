import { describe, expect, test } from 'vitest';
import { logisticRegression } from '../../ml/estimators/logistic/logistic.ts';
import type { LogisticState } from '../../ml/estimators/logistic/logistic-model.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { type ClassAnswer, referenceClassAnswers } from './answers.ts';
import { type ClassSample, classSample } from './class-data.ts';
import { referenceWeights } from './data.ts';

/** What the reference came to, where it was asked to go on until nothing changes. */
interface Optimum extends ClassAnswer {
  /** The sum of losses, and of what the penalty adds by 1 / C. */
  readonly objective: number;
  /** Of each output its intercept, where there is one, and its coefficients. */
  readonly coefficients: Float64Array;
}

const answers = referenceClassAnswers('logistic').answers as readonly Optimum[];

function learn({ data, encoding, params, weighted }: Optimum) {
  const sample = classSample(data, encoding);
  const values = resolveParams('logistic', logisticRegression.params, params);
  const weights = weighted ? referenceWeights(sample.x.rows) : undefined;
  const { x, y, classes } = sample;
  return {
    sample,
    weights,
    values,
    state: logisticRegression.fit({ x, y, weights, classes, params: values, seed: 0 }),
  };
}

function objective(
  { x, y, classes }: ClassSample,
  weights: Float64Array,
  state: LogisticState,
  values: ReturnType<typeof learn>['values'],
) {
  const { values: probabilities } = logisticRegression.predict(state, x);
  const sums = new Float64Array(classes);
  y.forEach((k, i) => {
    sums[k] = (sums[k] as number) + (weights[i] as number);
  });
  const total = sums.reduce((sum, each) => sum + each, 0);
  const balance = (k: number) => (values.class_weight === null ? 1 : total / (classes * (sums[k] as number)));
  let sum = 0;
  y.forEach((k, i) => {
    sum -= (weights[i] as number) * balance(k) * Math.log(probabilities[i * classes + k] as number);
  });
  if (values.C === 'inf') return sum;
  for (const w of state.coefficients)
    sum += (values.l1_ratio * Math.abs(w) + ((1 - values.l1_ratio) / 2) * w * w) / values.C;
  return sum;
}

describe('it goes to the minimum, as the reference does where it is asked to', () => {
  test.each(answers)('$data, $params, weighted: $weighted', (answer) => {
    const { sample, weights, values, state } = learn(answer);
    const ours = objective(sample, weights ?? new Float64Array(sample.x.rows).fill(1), state, values);
    // Ours may be smaller: saga stops short of it.
    expect(ours / answer.objective - 1).toBeLessThan(1e-12);
    expect(ours / answer.objective - 1).toBeGreaterThan(-1e-8);
  });
});

describe('where one minimum alone is the smallest, its coefficients are the reference’s', () => {
  // saga is asked where there is an l1 penalty, and stops short.
  const unique = answers.filter(({ params }) => params.C !== 'inf' && params.l1_ratio === undefined);
  test.each(unique)('$data, $params, weighted: $weighted', (answer) => {
    const { sample, values, state } = learn(answer);
    const { columns } = sample.x;
    const size = answer.coefficients.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const theirs = (k: number, j: number) =>
      answer.coefficients[values.fit_intercept ? k * (columns + 1) + 1 + j : k * columns + j] as number;
    state.coefficients.forEach((ours, at) => {
      const [k, j] = [Math.floor(at / columns), at % columns];
      expect(Math.abs(ours - theirs(k, j)), `output ${k}, column ${j}`).toBeLessThan(1e-8 * size);
    });
    if (!values.fit_intercept) return;
    state.intercepts.forEach((ours, k) => {
      expect(Math.abs(ours - (answer.coefficients[k * (columns + 1)] as number)), `intercept ${k}`).toBeLessThan(
        1e-8 * size,
      );
    });
  });
});
