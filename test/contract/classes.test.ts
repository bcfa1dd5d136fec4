import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import type { Predictions } from '../../ml/core/predictions.ts';
import { createRandom } from '../../ml/core/random.ts';
import type { LabelledRows, Training } from '../../ml/estimators/estimator.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { makeData } from './data.ts';
import { classifiers } from './learners.ts';

/** Families that say nothing of how a prediction comes about, and why. */
const unexplained: Readonly<Record<string, string>> = {
  knn: 'its prediction is no sum',
  kernel_logistic: 'what a column adds depends on how alike all others are',
  adaboost: 'its trees vote',
};

/** The baseline, which looks at no columns. */
const BASELINE = 'class_shares';

/** What every classifier promises beside what every estimator does. */
describe.each(classifiers)('$name, $task', ({ name, task, classes = 2, estimator }) => {
  const params = resolveParams(name, estimator.params);
  const { x, y } = makeData(200, 1, classes);
  const { x: unseen, y: truth } = makeData(100, 2, classes);
  const learn = (more: Partial<Training> = {}) => estimator.fit({ x, y, classes, params, seed: 42, ...more });
  const predict = (more: Partial<Training> = {}, at: Matrix = unseen) => estimator.predict(learn(more), at);

  /** A row's probabilities. */
  const rowOf = ({ outputs, values }: Predictions, i: number) => [...values.subarray(i * outputs, (i + 1) * outputs)];

  function expectProbabilities(predictions: Predictions): void {
    for (let i = 0; i < predictions.rows; i++) {
      const own = rowOf(predictions, i);
      expect(
        own.every((p) => p >= 0 && p <= 1),
        `row ${i}, which is to have probabilities, has ${own}`,
      ).toBe(true);
      const sum = own.reduce((sum, p) => sum + p, 0);
      expect(Math.abs(sum - 1), `probabilities of row ${i} are to sum to 1, and come to ${sum}`).toBeLessThan(1e-12);
    }
  }

  test('probabilities are from 0 to 1, and sum to 1', () => {
    expectProbabilities(predict());
    const far = { ...unseen, data: unseen.data.map((value) => 1e6 * (value - 0.5)) };
    expectProbabilities(predict({}, far));
  });

  test.skipIf(name === BASELINE)('the order of the classes is that of their indices', () => {
    const predictions = predict();
    for (let k = 0; k < classes; k++) {
      const meanOf = (rows: Float64Array) =>
        rows.reduce((sum, i) => sum + (predictions.values[i * classes + k] as number), 0) / rows.length;
      const all = Float64Array.from(truth.keys());
      const inside = meanOf(all.filter((i) => truth[i] === k));
      const outside = meanOf(all.filter((i) => truth[i] !== k));
      expect(inside, `rows of class ${k} are to be given more of it than others`).toBeGreaterThan(outside);
    }
  });

  test('a class without rows has the probability 0, and the others are as if it were none', () => {
    const present = [0, 2, 3].slice(0, classes);
    const spread = y.map((k) => present[k] as number);
    const validation: LabelledRows = { x: unseen, y: truth.map((_, i) => i % 5) };
    const predictions = predict({ y: spread, classes: 5, validation });
    expectProbabilities(predictions);
    const known = Uint32Array.from(truth.keys()).filter((i) => present.includes(i % 5));
    const pick = (values: Float64Array, width: number) =>
      Float64Array.from([...known].flatMap((i) => [...values.subarray(i * width, (i + 1) * width)]));
    const without: LabelledRows = {
      x: { ...unseen, rows: known.length, data: pick(unseen.data, 4) },
      y: Float64Array.from(known, (i) => present.indexOf(i % 5)),
    };
    const expected = predict({ validation: without });
    for (let i = 0; i < unseen.rows; i++) {
      const own = new Array<number>(5).fill(0);
      present.forEach((k, place) => {
        own[k] = rowOf(expected, i)[place] as number;
      });
      expect(rowOf(predictions, i), `row ${i}`).toEqual(own);
    }
  });

  test.runIf(estimator.weighted)('a class whose rows have the weight 0 has no rows', () => {
    const weights = y.map((k) => Number(k !== 1));
    const predictions = predict({ weights });
    expectProbabilities(predictions);
    for (let i = 0; i < unseen.rows; i++) expect(rowOf(predictions, i)[1]).toBe(0);
  });

  test('of one class alone there is no doubt', () => {
    for (let only = 0; only < classes; only++) {
      const predictions = predict({ y: new Float64Array(y.length).fill(only) });
      for (let i = 0; i < unseen.rows; i++)
        expect(rowOf(predictions, i)).toEqual(Array.from({ length: classes }, (_, k) => Number(k === only)));
    }
  });

  test('a single row of a class is enough', () => {
    expectProbabilities(predict({ y: y.map((k, i) => (i === 17 ? 1 : k === 1 ? 0 : k)) }));
  });

  test.runIf(task === 'multiclass' && name !== BASELINE)('thirty classes of a few rows each are told apart', () => {
    const random = createRandom(4);
    const many = Float64Array.from(y, (_, i) => i % 30);
    const near = { ...x, data: x.data.map((_, at) => (many[Math.floor(at / 4)] as number) + random.uniform()) };
    const few = { n_estimators: 30, iterations: 30 };
    const rounds = Object.fromEntries(Object.entries(few).filter(([param]) => param in estimator.params));
    const given = { x: near, y: many, classes: 30, params: { ...params, ...rounds } };
    const predictions = predict(given, near);
    expectProbabilities(predictions);
    const own = many.reduce((sum, k, i) => sum + (predictions.values[i * 30 + k] as number), 0) / many.length;
    // The reference's probabilities of AdaBoost are near to each other where classes are many.
    expect(own).toBeGreaterThan((name === 'adaboost' ? 1 : 2) / 30);
  });

  test('what is no index of a class is refused, and how many there are has to be said', () => {
    for (const bad of [-1, classes, 0.5]) {
      const message = `the target of row 3 is ${bad}; it must be the index of a class, a whole number from 0 to ${classes - 1}`;
      expect(() => learn({ y: y.with(3, bad) })).toThrow(message);
      expect(() => learn({ validation: { x: unseen, y: truth.with(3, bad) } })).toThrow(message);
    }
    expect(() => learn({ classes: undefined })).toThrow(`${name} learns classes: say how many there are`);
    for (const bad of [0, 1, 2.5, Number.NaN])
      expect(() => learn({ classes: bad })).toThrow(`there are ${bad} classes; it must be a whole number from 2 on`);
  });

  test.runIf(name in unexplained)('it has no contributions of its own', () => {
    expect(estimator.contributions).toBeUndefined();
  });

  test.skipIf(name in unexplained)('base and contributions sum to what probabilities are made of', () => {
    const state = learn();
    const predictions = estimator.predict(state, unseen);
    const explained = estimator.contributions?.(state, unseen) ?? expect.unreachable('it is to explain');
    const { rows, columns, outputs, bases, values, scale } = explained;
    expect([rows, columns, outputs, bases.length]).toEqual([100, 4, classes === 2 ? 1 : classes, outputs]);
    for (let i = 0; i < rows; i++) {
      const sums = Array.from(bases, (base, k) => {
        const first = (i * outputs + k) * columns;
        return values.subarray(first, first + columns).reduce((sum, value) => sum + value, base);
      });
      const own = rowOf(predictions, i);
      expect(probabilitiesOf(sums, scale), `${scale} of row ${i}`).toEqual(own.map((p) => expect.closeTo(p, 9)));
    }
  });
});

/** What sums of contributions say: of two classes, of the second one. */
function probabilitiesOf(sums: readonly number[], scale: 'log-odds' | 'probability' | undefined): number[] {
  const [only = 0] = sums;
  if (scale === 'probability') return sums.length === 1 ? [1 - only, only] : [...sums];
  const margins = sums.length === 1 ? [0, only] : sums;
  const parts = margins.map((margin) => Math.exp(margin - Math.max(...margins)));
  return parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0));
}
