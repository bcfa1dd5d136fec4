import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { logisticRegression } from '../../../../ml/estimators/logistic/logistic.ts';
import type { LogisticState } from '../../../../ml/estimators/logistic/logistic-model.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { normal } from '../../../reference/data.ts';

type Given = Readonly<Record<string, unknown>>;

interface Rows {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly weights?: Float64Array;
  readonly classes: number;
}

const resolve = (given: Given) => resolveParams('logistic', logisticRegression.params, given);

function learn(rows: Rows, given: Given = {}, onWarning?: (message: string) => void): LogisticState {
  return logisticRegression.fit({ ...rows, params: resolve(given), seed: 0, onWarning });
}

const scaleOf = (j: number) => 10 ** (j % 3);

/** Rows of numbers and of 0/1 columns that sum to 1, whose class a softmax drew. */
function draw(rows: number, { numbers = 3, levels = 4, classes = 2, seed = 1 } = {}): Rows {
  const random = createRandom(seed);
  const columns = numbers + levels;
  const effects = Array.from({ length: classes }, () => Array.from({ length: columns }, () => normal(random)));
  const data = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const own = data.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < numbers; j++) own[j] = normal(random) * scaleOf(j) + 5;
    if (levels > 0) own[numbers + random.below(levels)] = 1;
    const parts = effects.map((effect) =>
      Math.exp(
        own.reduce(
          (sum, value, j) => sum + (effect[j] as number) * (j < numbers ? (value - 5) / scaleOf(j) : value),
          0,
        ),
      ),
    );
    let left = random.uniform() * parts.reduce((sum, part) => sum + part, 0);
    y[i] = Math.max(
      parts.findIndex((part) => {
        left -= part;
        return left < 0;
      }),
      0,
    );
  }
  return { x: { rows, columns, data }, y, classes };
}

/** The slopes of the sum of losses at a model, of each output by each column, and last by the intercept. */
function lossSlopes({ x, y, weights, classes }: Rows, state: LogisticState): number[][] {
  const { values } = logisticRegression.predict(state, x);
  const outputs = classes === 2 ? [1] : [...new Array(classes).keys()];
  return outputs.map((k) => {
    const slopes = new Array<number>(x.columns + 1).fill(0);
    for (let i = 0; i < x.rows; i++) {
      const error = (weights?.[i] ?? 1) * ((values[i * classes + k] as number) - Number(y[i] === k));
      for (let j = 0; j <= x.columns; j++)
        slopes[j] = (slopes[j] as number) + error * (j === x.columns ? 1 : (x.data[i * x.columns + j] as number));
    }
    return slopes;
  });
}

const problems = {
  'two classes': draw(400),
  'three classes': draw(400, { classes: 3 }),
  'more rows than curvature is measured by': draw(9000, { seed: 2 }),
  'more columns than rows': draw(40, { numbers: 60, levels: 0, seed: 3 }),
  'thirty classes': draw(900, { classes: 30, levels: 12, seed: 4 }),
  'many columns of numbers and several classes': draw(300, { numbers: 45, levels: 3, classes: 7, seed: 9 }),
};

const settings: readonly Given[] = [
  {},
  { C: 0.02 },
  { C: 100, fit_intercept: false },
  { C: 0.05, l1_ratio: 1 },
  { C: 0.3, l1_ratio: 0.5 },
  { C: 0.05, l1_ratio: 1, fit_intercept: false },
];

describe.each(Object.entries(problems))('%s: at its coefficients the conditions of a minimum hold', (_, rows) => {
  test.each(settings)('%o', (given) => {
    const { C, l1_ratio, fit_intercept } = resolve(given) as { C: number; l1_ratio: number; fit_intercept: boolean };
    const messages: string[] = [];
    const state = learn(rows, given, (message) => messages.push(message));
    expect(messages).toEqual([]);
    const { columns, data } = rows.x;
    // Slopes are sums over rows of what is at most the largest value.
    const sizes = Array.from({ length: columns + 1 }, (_, j) =>
      j === columns
        ? 1
        : data.reduce((most, value, at) => (at % columns === j ? Math.max(most, Math.abs(value)) : most), 0),
    );
    let zeros = 0;
    lossSlopes(rows, state).forEach((slopes, k) => {
      slopes.forEach((slope, j) => {
        const tolerance = 1e-9 * rows.x.rows * (sizes[j] as number);
        const where = `output ${k}, column ${j}`;
        if (j === columns) {
          if (fit_intercept) expect(Math.abs(slope), where).toBeLessThan(tolerance);
          else expect(state.intercepts[k], where).toBe(0);
          return;
        }
        const w = state.coefficients[k * columns + j] as number;
        const l1 = l1_ratio / C;
        const smooth = slope + ((1 - l1_ratio) / C) * w;
        if (w === 0) zeros += 1;
        if (w === 0) expect(Math.abs(smooth), where).toBeLessThan(l1 + tolerance);
        else expect(Math.abs(smooth + Math.sign(w) * l1), where).toBeLessThan(tolerance);
      });
    });
    if (l1_ratio === 1 && rows.x.rows < 1000) expect(zeros).toBeGreaterThan(0);
  });
});

test('without a penalty columns that depend on each other change no prediction', () => {
  const { x, y, classes } = draw(300, { classes: 3 });
  // Less the last level, which the others and the intercept imply.
  const fewer: Matrix = { rows: 300, columns: 6, data: x.data.filter((_, at) => at % 7 !== 6) };
  const expected = logisticRegression.predict(learn({ x: fewer, y, classes }, { C: 'inf' }), fewer).values;
  const actual = logisticRegression.predict(learn({ x, y, classes }, { C: 'inf' }), x).values;
  actual.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at] as number, 9);
  });
});

test('an offset of a column changes nothing but the intercept, and its scale nothing but its coefficient, without a penalty', () => {
  const { x, y, classes } = draw(200, { levels: 0 });
  const moved = { ...x, data: x.data.map((value, at) => (at % 3 === 0 ? 4096 * value + 2 ** 30 : value)) };
  const expected = learn({ x, y, classes }, { C: 'inf' });
  const actual = learn({ x: moved, y, classes }, { C: 'inf' });
  expect((actual.coefficients[0] as number) * 4096).toBeCloseTo(expected.coefficients[0] as number, 6);
  expect(actual.coefficients[1]).toBeCloseTo(expected.coefficients[1] as number, 8);
});

test('rows that are told apart without an error leave coefficients finite, and are told of', () => {
  const x: Matrix = { rows: 6, columns: 1, data: Float64Array.of(-3, -2, -1, 1, 2, 3) };
  const y = Float64Array.of(0, 0, 0, 1, 1, 1);
  const messages: string[] = [];
  const state = learn({ x, y, classes: 2 }, { C: 'inf' }, (message) => messages.push(message));
  expect(state.coefficients[0]).toBeGreaterThan(5);
  expect(state.coefficients[0]).toBeLessThan(100);
  expect(messages).toEqual([expect.stringContaining('take a C other than inf')]);
});

test('so does a level whose rows are all of one class', () => {
  const { x, y, classes } = draw(300, { classes: 3, seed: 5 });
  const some = y.map((k, i) => (x.data[i * 7 + 4] === 1 ? 2 : k));
  const messages: string[] = [];
  const state = learn({ x, y: some, classes }, { C: 'inf' }, (message) => messages.push(message));
  expect(state.coefficients.every((value) => Math.abs(value) < 1000)).toBe(true);
  expect(messages).toEqual([expect.stringContaining('take a C other than inf')]);
});

test('classes that count alike by class_weight are as weights that make them so', () => {
  const rows = draw(200, { seed: 6 });
  const ones = rows.y.reduce((sum, k) => sum + k, 0);
  const weights = rows.y.map((k) => 100 / (k === 1 ? ones : 200 - ones));
  const expected = learn({ ...rows, weights });
  const actual = learn(rows, { class_weight: 'balanced' });
  actual.coefficients.forEach((value, j) => {
    expect(value).toBeCloseTo(expected.coefficients[j] as number, 10);
  });
});

test('margins of several classes sum to 0', () => {
  const rows = draw(200, { classes: 4, seed: 7 });
  for (const given of [{}, { C: 'inf' }]) {
    const { intercepts, coefficients } = learn(rows, given);
    expect(intercepts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
    for (let j = 0; j < 7; j++) {
      const own = [0, 1, 2, 3].map((k) => coefficients[k * 7 + j] as number);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 8);
    }
  }
});

test('too few iterations are told of', () => {
  const messages: string[] = [];
  learn(draw(300, { numbers: 20, classes: 5, seed: 8 }), { max_iter: 1, C: 1e6 }, (message) => messages.push(message));
  expect(messages).toEqual([expect.stringContaining('it has not converged within max_iter 1')]);
});
