import { expect, test } from 'vitest';
import { DataError, ParamError } from '../../../../ml/core/errors.ts';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { findNotFinite, toJson } from '../../../../ml/core/plain-data.ts';
import type { Predictions } from '../../../../ml/core/predictions.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import type { LabelledRows } from '../../../../ml/estimators/estimator.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { xgboostClassifier } from '../../../../ml/estimators/xgboost/xgboost-classifier.ts';

type Params = Parameters<typeof xgboostClassifier.fit>[0]['params'];
type Given = Partial<Params>;
const paramsWith = (given: Given) => resolveParams('xgboost', xgboostClassifier.params, given) as unknown as Params;

interface Rows {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** Classes whose rows lie one after the other along the first column, mixed a little. */
function drawRows(rows: number, classes: number, seed: number, columns = 4): Rows {
  const random = createRandom(seed);
  const x: Matrix = { rows, columns, data: Float64Array.from({ length: rows * columns }, () => random.uniform()) };
  const y = Float64Array.from({ length: rows }, (_, i) => {
    if (random.uniform() < 0.1) return random.below(classes);
    return Math.floor(classes * (x.data[i * columns] as number));
  });
  return { x, y };
}

const learned = (rows: Rows & Pick<LabelledRows, 'weights' | 'strata'>, classes: number, given: Given = {}, seed = 7) =>
  xgboostClassifier.fit({ ...rows, classes, params: paramsWith(given), seed });

const roundsOf = (state: ReturnType<typeof learned>) => xgboostClassifier.staged?.count(state) ?? expect.unreachable();

function expectProbabilities({ rows, outputs, values }: Predictions): void {
  for (let i = 0; i < rows; i++) {
    const own = values.subarray(i * outputs, (i + 1) * outputs);
    for (const value of own) expect(value >= 0 && value <= 1).toBe(true);
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  }
}

function logLoss({ rows, outputs, values }: Predictions, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum -= Math.log(values[i * outputs + (y[i] as number)] as number);
  return sum / rows;
}

test.each([2, 3, 30])('it learns %d classes, whose probabilities sum to 1', (classes) => {
  const rows = drawRows(600, classes, 1);
  const others = drawRows(300, classes, 2);
  const state = learned(rows, classes, { n_estimators: 30 });
  expect(state.bases).toHaveLength(classes === 2 ? 1 : classes);
  expect(roundsOf(state)).toBe(30);
  const predictions = xgboostClassifier.predict(state, others.x);
  expect(predictions).toMatchObject({ rows: 300, outputs: classes });
  expectProbabilities(predictions);
  expect(logLoss(predictions, others.y)).toBeLessThan(0.6 * Math.log(classes));
});

test.each([2, 4])('fewer rounds of one fit predict as a fit of fewer rounds: %d classes', (classes) => {
  const rows = drawRows(200, classes, 1);
  const state = learned(rows, classes, { n_estimators: 12 });
  const stages = xgboostClassifier.staged?.predict(state, rows.x, [1, 5, 12, 40]) ?? expect.unreachable();
  for (const [stage, count] of [1, 5, 12, 12].entries())
    expect(stages[stage]).toEqual(xgboostClassifier.predict(learned(rows, classes, { n_estimators: count }), rows.x));
});

test.each([2, 4])(
  'contributions sum to the log-odds, or to what a softmax makes probabilities of: %d classes',
  (classes) => {
    const rows = drawRows(300, classes, 1);
    const state = learned(rows, classes, { n_estimators: 20, max_depth: 3 });
    const { values: probabilities } = xgboostClassifier.predict(state, rows.x);
    const found = xgboostClassifier.contributions?.(state, rows.x) ?? expect.unreachable();
    expect(found).toMatchObject({ rows: 300, columns: 4, outputs: classes === 2 ? 1 : classes, scale: 'log-odds' });
    for (let i = 0; i < 300; i++) {
      const sums = Array.from(found.bases, (base, k) => {
        const at = (i * found.outputs + k) * 4;
        return found.values.subarray(at, at + 4).reduce((sum, value) => sum + value, base);
      });
      const own = probabilities.subarray(i * classes, (i + 1) * classes);
      if (classes === 2) {
        expect(sums[0]).toBeCloseTo(Math.log((own[1] as number) / (own[0] as number)), 9);
        continue;
      }
      const all = sums.reduce((sum, value) => sum + Math.exp(value), 0);
      sums.forEach((sum, k) => {
        expect(Math.exp(sum) / all).toBeCloseTo(own[k] as number, 9);
      });
    }
  },
);

test.each([2, 3])(
  'early stopping keeps the rounds up to the lowest loss on rows of all classes: %d classes',
  (classes) => {
    const rows = drawRows(400, classes, 1);
    const others = drawRows(400, classes, 2);
    const all = learned(rows, classes, { n_estimators: 200 });
    const stopped = learned(rows, classes, { n_estimators: 200, early_stopping_rounds: 8 });
    expect(roundsOf(stopped)).toBeLessThan(100);
    const lossOf = (state: typeof all) => logLoss(xgboostClassifier.predict(state, others.x), others.y);
    expect(lossOf(stopped)).toBeLessThan(lossOf(all));
  },
);

test('what is stopped by given rows ends with its best round', () => {
  const rows = drawRows(300, 3, 1);
  const validation = drawRows(200, 3, 2);
  const params = paramsWith({ n_estimators: 100, early_stopping_rounds: 6 });
  const state = xgboostClassifier.fit({ ...rows, classes: 3, validation, params, seed: 1 });
  const stages =
    xgboostClassifier.staged?.predict(
      learned(rows, 3, { n_estimators: 100 }),
      validation.x,
      Array.from({ length: 100 }, (_, k) => k + 1),
    ) ?? expect.unreachable();
  const losses = stages.map((stage) => logLoss(stage, validation.y));
  expect(roundsOf(state)).toBe(losses.indexOf(Math.min(...losses)) + 1);
});

test('validation rows may lack a class, and learning rows have one row of each', () => {
  const rows = drawRows(200, 3, 1);
  const validation = drawRows(100, 2, 2);
  const params = paramsWith({ n_estimators: 20, early_stopping_rounds: 3 });
  expectProbabilities(
    xgboostClassifier.predict(xgboostClassifier.fit({ ...rows, classes: 3, validation, params, seed: 1 }), rows.x),
  );
  const column: Matrix = { rows: 5, columns: 1, data: Float64Array.of(1, 2, 3, 4, 5) };
  const y = Float64Array.of(0, 1, 2, 3, 4);
  const state = learned({ x: column, y, strata: y }, 5, {
    early_stopping_rounds: 2,
    validation_fraction: 0.5,
  });
  for (const value of xgboostClassifier.predict(state, column).values) expect(value).toBeCloseTo(0.2, 6);
});

test('columns that tell nothing leave each class its share', () => {
  const x: Matrix = { rows: 10, columns: 2, data: new Float64Array(20).fill(3) };
  const y = Float64Array.of(0, 0, 0, 0, 0, 1, 1, 1, 2, 2);
  expect([...xgboostClassifier.predict(learned({ x, y }, 3, { learning_rate: 1 }), x).values.slice(0, 3)]).toEqual([
    expect.closeTo(0.5, 4),
    expect.closeTo(0.3, 4),
    expect.closeTo(0.2, 4),
  ]);
  const two = learned({ x, y: y.map((k) => Math.min(k, 1)) }, 2);
  expect(xgboostClassifier.predict(two, x).values[1]).toBeCloseTo(0.5, 6);
});

test('a class of 1 % is told from the others, and weighs more by scale_pos_weight', () => {
  const { x } = drawRows(4_000, 2, 1);
  const y = Float64Array.from({ length: 4_000 }, (_, i) => Number((x.data[4 * i] as number) > 0.99));
  const mean = (state: ReturnType<typeof learned>) => {
    const { values } = xgboostClassifier.predict(state, x);
    return values.reduce((sum, value, at) => sum + (at % 2) * value, 0) / 4_000;
  };
  const share = y.reduce((sum, k) => sum + k, 0) / 4_000;
  const plain = learned({ x, y }, 2, { n_estimators: 20, max_depth: 2 });
  expect(logLoss(xgboostClassifier.predict(plain, x), y)).toBeLessThan(0.02);
  expect(mean(plain)).toBeCloseTo(share, 2);
  const noise = Float64Array.from(y, (_, i) => Number((i * 7919) % 100 === 0));
  const few = { n_estimators: 3, max_depth: 2 };
  const [even, heavy] = [
    learned({ x, y: noise }, 2, few),
    learned({ x, y: noise }, 2, { ...few, scale_pos_weight: 99 }),
  ];
  expect(mean(even)).toBeCloseTo(0.01, 2);
  expect(mean(heavy)).toBeGreaterThan(0.3);
});

test.each([2, 3])('a row that weighs 2 is a row that is there twice: %d classes', (classes) => {
  const rows = drawRows(150, classes, 3);
  const weights = Float64Array.from({ length: 150 }, (_, i) => 1 + (i % 2));
  const order = [...weights].flatMap((weight, i) => new Array<number>(weight).fill(i));
  const twice = {
    x: {
      ...rows.x,
      rows: order.length,
      data: Float64Array.from(order.flatMap((i) => [...rows.x.data.subarray(4 * i, 4 * i + 4)])),
    },
    y: Float64Array.from(order, (i) => rows.y[i] as number),
  };
  const given = { n_estimators: 5 };
  const weighted = xgboostClassifier.predict(learned({ ...rows, weights }, classes, given), rows.x).values;
  const repeated = xgboostClassifier.predict(learned(twice, classes, given), rows.x).values;
  weighted.forEach((value, at) => {
    expect(value).toBeCloseTo(repeated[at] as number, 5);
  });
});

test('weights of any size are learned from, or refused in a sentence', () => {
  const rows = drawRows(100, 3, 4);
  for (const [small, large] of [
    [1e-30, 1],
    [1, 1e30],
    [1e-30, 1e30],
  ] as const) {
    const weights = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? small : large));
    const state = learned({ ...rows, weights }, 3, { n_estimators: 10 });
    expect(findNotFinite(state)).toBeUndefined();
    expectProbabilities(xgboostClassifier.predict(state, rows.x));
  }
  const learn = (weight: number, given: Given = {}) =>
    learned({ ...drawRows(20, 2, 1), weights: new Float64Array(20).fill(weight) }, 2, given);
  expect(() => learn(1e39)).toThrow(/^the weight of row 0 is 1e\+39; XGBoost computes in float32/);
  expect(() => learn(1e38, { scale_pos_weight: 1000 })).toThrow(DataError);
  expect(() => learn(1e38, { scale_pos_weight: 1000 })).toThrow(/and scale_pos_weight 1000/);
});

test('an objective of several classes is refused of two', () => {
  expect(() => learned(drawRows(20, 2, 1), 2, { objective: 'multi:softprob' })).toThrow(ParamError);
  expect(() => learned(drawRows(20, 3, 1), 3, { objective: 'multi:softprob', n_estimators: 1 })).not.toThrow();
});

test.each([2, 3])(
  'any number of threads learns the same, to the byte, where sums are packed: %d classes',
  (classes) => {
    const rows = drawRows(140_000, classes, 5, 15);
    const learn = (threads: number) =>
      toJson(
        xgboostClassifier.fit({
          ...rows,
          classes,
          params: paramsWith({ n_estimators: 2, max_depth: 4 }),
          seed: 1,
          threads,
        }),
      );
    expect(learn(2)).toBe(learn(1));
  },
);

test.each([2, 3])('a constrained column never sweeps what it is to raise down: %d classes', (classes) => {
  const { x, y } = drawRows(400, classes, 6);
  const names = ['up', 'b', 'c', 'd'];
  const state = xgboostClassifier.fit({
    x: { ...x, names },
    y,
    classes,
    params: paramsWith({ n_estimators: 10, monotone_constraints: { up: 1 } }),
    seed: 1,
  });
  const sweep: Matrix = {
    rows: 50,
    columns: 4,
    data: Float64Array.from({ length: 200 }, (_, at) => (at % 4 === 0 ? at / 200 : 0.5)),
  };
  const { values, outputs } = xgboostClassifier.predict(state, sweep);
  // Each class's own sum rises, as in the reference; of two classes so does the probability.
  if (outputs === 2)
    for (let i = 1; i < 50; i++) expect(values[2 * i + 1]).toBeGreaterThanOrEqual(values[2 * i - 1] as number);
  expectProbabilities({ rows: 50, outputs, values });
});
