import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import { type ClassAnswer, type ClassProblem, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';
import { referenceWeights } from './data.ts';

/** How far a probability may be from the reference's, which computes in float32. */
const TOLERANCE = 1e-4;
/** How many seeds the mean of ours is over; the reference's is over 20. */
const seedsOf = ({ data }: ClassAnswer) => (data === 'payments' ? 20 : 8);

/** What XGBoost says that columns add to raw predictions: rows × outputs × columns, each output with its base last. */
interface Explanation extends Pick<ClassAnswer, 'data' | 'encoding' | 'params'> {
  readonly contributions: Float64Array;
}

interface Answers extends ReturnType<typeof referenceClassAnswers> {
  readonly explanations: readonly Explanation[];
}

const { answers, problems = [], explanations } = referenceClassAnswers('xgboost') as Answers;
const taskOf = (classes: number) => (classes === 2 ? 'binary' : 'multiclass');

function predict({ data, encoding, params, weighted }: ClassAnswer, seed: number) {
  const { x, y, holdoutX, holdoutY, classes } = classSample(data, encoding);
  const { fit: learn, predict } = estimatorNamed('xgboost', taskOf(classes));
  const values = paramsOf('xgboost', taskOf(classes), params);
  const weights = weighted ? referenceWeights(x.rows) : undefined;
  return { holdoutY, ...predict(learn({ x, y, weights, classes, params: values, seed }), holdoutX) };
}

function expectNear(ours: Float64Array, theirs: ArrayLike<number>): void {
  expect(ours).toHaveLength(theirs.length);
  const errors = ours.map((probability, at) => Math.abs(probability - (theirs[at] as number)));
  expect(Math.max(...errors)).toBeLessThanOrEqual(TOLERANCE);
}

test.each(answers.filter(({ probabilities }) => probabilities))(
  'probabilities are the reference’s: $data, $params, weighted: $weighted',
  (answer) => expectNear(predict(answer, 0).values, answer.probabilities ?? expect.unreachable()),
);

test.each(answers.filter(({ seeds }) => seeds))(
  'the mean log loss is the reference’s, over seeds: $data, $params',
  { timeout: 60_000 },
  (answer) => {
    const seeds = seedsOf(answer);
    let sum = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const { rows, outputs, values, holdoutY } = predict(answer, seed);
      for (let i = 0; i < rows; i++) sum -= Math.log(values[i * outputs + (holdoutY[i] as number)] as number) / rows;
    }
    expect(Math.abs(sum / seeds - answer.log_loss)).toBeLessThanOrEqual(0.005);
  },
);

const matrixOf = (rows: ClassProblem['x']): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
});

describe('so they are of few rows, with weights and constraints', () => {
  test.each(problems)('$why', ({ x, y, classes, weights, holdout_x, params, probabilities }) => {
    const task = taskOf(classes);
    const { fit: learn, predict } = estimatorNamed('xgboost', task);
    const state = learn({
      x: matrixOf(x),
      y: Float64Array.from(y),
      classes,
      weights: weights && Float64Array.from(weights),
      params: paramsOf('xgboost', task, params),
      seed: 0,
    });
    expectNear(predict(state, matrixOf(holdout_x)).values, probabilities.flat());
  });
});

test.each(explanations)('contributions are the reference’s: $data', ({ data, encoding, params, contributions }) => {
  const { x, y, holdoutX, classes } = classSample(data, encoding);
  const { fit: learn, contributions: explain } = estimatorNamed('xgboost', taskOf(classes));
  const state = learn({ x, y, classes, params: paramsOf('xgboost', taskOf(classes), params), seed: 0 });
  const { columns } = x;
  const outputs = classes === 2 ? 1 : classes;
  const rows = contributions.length / outputs / (columns + 1);
  const few = { ...holdoutX, rows, data: holdoutX.data.slice(0, rows * columns) };
  const { bases, values } = explain?.(state, few) ?? expect.unreachable();
  const size = contributions.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (let at = 0; at < rows * outputs; at++) {
    const theirs = contributions.subarray(at * (columns + 1), (at + 1) * (columns + 1));
    const ours = [...values.subarray(at * columns, (at + 1) * columns), bases[at % outputs] as number];
    const errors = ours.map((value, j) => Math.abs(value - (theirs[j] as number)) / size);
    expect(Math.max(...errors)).toBeLessThanOrEqual(1e-6);
  }
});
