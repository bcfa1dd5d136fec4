import { describe, expect, test } from 'vitest';
import { ParamError } from '../../../../ml/core/errors.ts';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { fromJson, toJson } from '../../../../ml/core/plain-data.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed, growthOf, paramsOf } from '../../../../ml/estimators/index.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

const taskOf = (classes: number) => (classes === 2 ? 'binary' : 'multiclass');
const paramsFor = (classes: number, given: Record<string, unknown> = {}) =>
  paramsOf('catboost', taskOf(classes), { iterations: 60, learning_rate: 0.1, ...given });

/** A category of 20 levels and a number that decide the class, a category of 3 that does not, and gaps. */
function draw(classes: number, rows = 800) {
  const random = createRandom(5 + classes);
  const levels = [20, 3, 0];
  const effects = Array.from({ length: 21 * classes }, () => 3 * random.uniform());
  const data = new Float64Array(3 * rows);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const [code, other, number] = [random.below(20), random.below(3), random.uniform()];
    const isMissing = random.below(15) === 0;
    data.set([isMissing ? Number.NaN : code, other, number], 3 * i);
    const sums = Array.from(
      { length: classes },
      (_, k) =>
        (effects[(isMissing ? 20 : code) * classes + k] as number) + (k === 1 ? 3 * number : 0) + random.uniform(),
    );
    // Every class has a row.
    y[i] = i < classes ? i : sums.indexOf(Math.max(...sums));
  }
  const x: Matrix = { rows, columns: 3, levels, data };
  return { x, y, classes };
}

const logLossOf = ({ values, outputs }: { values: Float64Array; outputs: number }, y: Float64Array) =>
  y.reduce((sum, own, i) => sum - Math.log(values[i * outputs + own] as number), 0) / y.length;

describe.each([2, 3, 8])('%i classes', (classes) => {
  const rows = draw(classes);
  const catboost = estimatorNamed('catboost', taskOf(classes));
  const shares = Array.from({ length: classes }, (_, k) => rows.y.filter((own) => own === k).length / rows.y.length);
  const entropy = shares.reduce((sum, share) => sum - share * Math.log(share), 0);

  test.each([
    {},
    { boosting_type: 'Ordered', iterations: 20 },
    { bootstrap_type: 'MVS' },
    { bootstrap_type: 'Bernoulli' },
    { bootstrap_type: 'No', random_strength: 0 },
    { leaf_estimation_iterations: 4 },
    { max_ctr_complexity: 3 },
    { one_hot_max_size: 40 },
    { l2_leaf_reg: 0 },
    { eval_fraction: 0.2, od_wait: 5 },
    { auto_class_weights: 'SqrtBalanced' },
    { depth: 9, iterations: 20 },
  ])('%j: it learns, the same each time, and comes back from a release', (given) => {
    const params = paramsFor(classes, given);
    const state = catboost.fit({ ...rows, params, seed: 3 });
    expect(toJson(catboost.fit({ ...rows, params, seed: 3 }))).toBe(toJson(state));
    const predictions = catboost.predict(state, rows.x);
    expect(predictions).toMatchObject({ rows: rows.x.rows, outputs: classes });
    expect(catboost.predict(fromJson(toJson(state)), rows.x)).toEqual(predictions);
    for (let i = 0; i < rows.x.rows; i++) {
      const own = predictions.values.subarray(i * classes, (i + 1) * classes);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      expect(own.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect(logLossOf(predictions, rows.y)).toBeLessThan(0.75 * entropy);
  });

  test('a longer fit answers for a shorter one', () => {
    const learn = (iterations: number) =>
      catboost.fit({ ...rows, params: paramsFor(classes, { iterations }), seed: 2 });
    const [short, long] = [learn(7), learn(25)];
    const staged = catboost.staged?.predict(long, rows.x, [7, 25]) ?? expect.unreachable();
    expect(staged).toEqual([catboost.predict(short, rows.x), catboost.predict(long, rows.x)]);
    const sharesFit = growthOf('catboost')?.sharesFit;
    const of = (iterations: number) => paramsFor(classes, { iterations });
    expect(sharesFit?.(of(7), of(25))).toBe(true);
    // Fewer than 200 iterations have other defaults.
    expect(sharesFit?.(of(7), of(200))).toBe(false);
  });

  test('contributions add up to raw predictions', () => {
    const state = catboost.fit({ ...rows, params: paramsFor(classes, { iterations: 20 }), seed: 2 });
    const of = catboost.contributions?.(state, rows.x) ?? expect.unreachable();
    const outputs = classes === 2 ? 1 : classes;
    expect(of).toMatchObject({ rows: rows.x.rows, columns: 3, outputs, scale: 'log-odds' });
    const { values } = catboost.predict(state, rows.x);
    for (let i = 0; i < rows.x.rows; i += 40) {
      const raw = Array.from({ length: outputs }, (_, k) => {
        const own = of.values.subarray((i * outputs + k) * 3, (i * outputs + k + 1) * 3);
        return own.reduce((sum, value) => sum + value, of.bases[k] as number);
      });
      const parts = outputs === 1 ? [1, Math.exp(raw[0] as number)] : raw.map(Math.exp);
      const total = parts.reduce((a, b) => a + b);
      parts.forEach((part, k) => {
        expect(part / total).toBeCloseTo(values[i * classes + k] as number, 9);
      });
    }
  });

  test('rows of a validation set that lacks a class choose the number of trees', () => {
    const held = draw(classes, 100);
    const few = Array.from(held.y.keys()).filter((row) => held.y[row] !== 0);
    const data = Float64Array.from(few.flatMap((row) => [...held.x.data.subarray(3 * row, 3 * row + 3)]));
    const validation = {
      x: { ...held.x, rows: few.length, data },
      y: Float64Array.from(few, (row) => held.y[row] as number),
    };
    const params = resolveParams('catboost', catboost.params, { iterations: 60, od_wait: 3, learning_rate: 1 });
    const state = catboost.fit({ ...rows, validation, params, seed: 1 });
    expect(catboost.staged?.count(state)).toBeGreaterThan(0);
    expect(catboost.predict(state, rows.x).values.every(Number.isFinite)).toBe(true);
  });
});

test('any number of threads gives the same', () => {
  const random = createRandom(3);
  const rows = 30_000;
  const data = Float64Array.from({ length: rows * 20 }, () => random.uniform());
  for (const classes of [2, 3]) {
    const y = Float64Array.from({ length: rows }, (_, i) =>
      Math.min(classes - 1, Math.floor(classes * ((data[20 * i] as number) * 0.7 + 0.3 * random.uniform()))),
    );
    const catboost = estimatorNamed('catboost', taskOf(classes));
    const learn = (threads: number) =>
      catboost.fit({
        x: { rows, columns: 20, data },
        y,
        classes,
        params: paramsFor(classes, { iterations: 4, leaf_estimation_iterations: 5 }),
        seed: 1,
        threads,
      });
    expect(toJson(learn(2))).toBe(toJson(learn(1)));
  }
});

test('classes are weighted once, and only two of them by scale_pos_weight', () => {
  const both = { auto_class_weights: 'Balanced', scale_pos_weight: 2 };
  expect(() => paramsFor(2, both)).toThrow(ParamError);
  const several = draw(3);
  const learn = () =>
    estimatorNamed('catboost', 'multiclass').fit({
      ...several,
      params: paramsFor(3, { scale_pos_weight: 2 }),
      seed: 1,
    });
  expect(learn).toThrow(ParamError);
  expect(learn).toThrow(/auto_class_weights/);
  const two = draw(2);
  const catboost = estimatorNamed('catboost', 'binary');
  const mean = (given: Record<string, unknown>) => {
    const { values } = catboost.predict(catboost.fit({ ...two, params: paramsFor(2, given), seed: 1 }), two.x);
    return values.filter((_, at) => at % 2 === 1).reduce((a, b) => a + b, 0) / two.y.length;
  };
  expect(mean({ scale_pos_weight: 20 })).toBeGreaterThan(mean({}) + 0.02);
});
