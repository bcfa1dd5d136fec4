import { describe, expect, test } from 'vitest';
import { type Matrix, rowOf } from '../../ml/core/matrix.ts';
import { findNotFinite, toJson } from '../../ml/core/plain-data.ts';
import { createRandom, permutation } from '../../ml/core/random.ts';
import { estimatorNamed, estimatorNames } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { writtenAndRead } from '../ml/release/written-and-read.ts';
import { makeData } from './data.ts';
import { type Exception, isExcused, learners, skillOf } from './learners.ts';

/** What every estimator promises; an estimator that cannot keep one is listed here with its reason. */
const exceptions: Readonly<Record<string, readonly Exception[]>> = {
  mean: [
    { check: 'beats the baseline', reason: 'it is the baseline' },
    { check: 'missing values', reason: 'it looks at no values' },
  ],
  class_shares: [
    { check: 'beats the baseline', reason: 'it is the baseline' },
    { check: 'missing values', reason: 'it looks at no values' },
  ],
  lasso: [
    { check: 'beats the baseline', reason: 'alpha 1 leaves no coefficient to columns of so small a spread, unscaled' },
  ],
  elastic_net: [
    { check: 'beats the baseline', reason: 'alpha 1 leaves little to columns of so small a spread, unscaled' },
  ],
  ml_random_forest: [
    { check: 'row order', reason: 'each tree draws its own rows, by their order' },
    {
      check: 'constant column',
      reason: 'each tree draws its columns in its own order, which decides between equal splits',
    },
  ],
  decision_tree: [
    { check: 'row order', reason: 'between equally good splits rounding decides' },
    { check: 'beats the baseline', reason: 'its leaves are sure of single rows', tasks: ['binary', 'multiclass'] },
  ],
  random_forest: [
    { check: 'row order', reason: 'each tree draws its own rows, by their order' },
    {
      check: 'constant column',
      reason: 'columns are drawn among all, as in the reference, and those of a classifier are few',
      tasks: ['binary', 'multiclass'],
    },
  ],
  extra_trees: [
    { check: 'row order', reason: 'between equally good splits rounding decides' },
    {
      check: 'constant column',
      reason: 'columns are drawn among all, as in the reference, and those of a classifier are few',
      tasks: ['binary', 'multiclass'],
    },
  ],
  gradient_boosting: [{ check: 'row order', reason: 'between equally good splits rounding decides' }],
  adaboost: [
    { check: 'row order', reason: 'each tree draws its own rows, by their order' },
    {
      check: 'beats the baseline',
      reason: 'it tells which class is likeliest; its probabilities are close to each other, as in the reference',
      tasks: ['multiclass'],
    },
  ],
  knn: [
    { check: 'row order', reason: 'of rows at the same distance the earlier one is nearer' },
    {
      check: 'beats the baseline',
      reason: 'of five neighbours none may be of a class',
      tasks: ['binary', 'multiclass'],
    },
  ],
  catboost: [{ check: 'row order', reason: 'each tree grows on a random sample of the rows, drawn in their order' }],
};

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}

function takeMatrix(x: Matrix, rows: Uint32Array): Matrix {
  return { ...x, rows: rows.length, data: Float64Array.from([...rows].flatMap((row) => [...rowOf(x, row)])) };
}

describe.each(learners)('$name, $task', (learner) => {
  const { name, classes, estimator } = learner;
  const excused = (check: string) => isExcused(exceptions, learner, check);
  const params = resolveParams(name, estimator.params);
  const { x, y } = makeData(200, 1, classes);
  const { x: unseen, y: truth } = makeData(100, 2, classes);
  const outputs = classes ?? 1;
  const learn = (rows: { x: Matrix; y: Float64Array } = { x, y }, threads = 1) =>
    estimator.fit({ ...rows, classes, params, seed: 42, threads });
  const fitPredict = (at: Matrix = unseen) => estimator.predict(learn(), at).values;

  function expectNear(actual: Float64Array, expected: Float64Array): void {
    expect(actual).toHaveLength(expected.length);
    actual.forEach((value, at) => {
      expect(value, `output ${at % outputs} of row ${Math.floor(at / outputs)}`).toBeCloseTo(expected[at] as number, 9);
    });
  }

  test('the same seed gives the same bytes, whatever the number of threads', () => {
    const expected = toJson(learn());
    for (const threads of [1, 2, 3]) expect(toJson(learn({ x, y }, threads))).toBe(expected);
  });

  test('it tells how far it has come, and learns the same', () => {
    const told: [done: number, total: number][] = [];
    const onRound = (done: number, total: number) => told.push([done, total]);
    expect(toJson(estimator.fit({ x, y, classes, params, seed: 42, threads: 2, onRound }))).toBe(toJson(learn()));
    const total = params.n_estimators ?? params.iterations;
    const grows = typeof total === 'number' && name !== 'ml_random_forest';
    expect(told.map(([done]) => done)).toEqual(told.map((_, i) => i + 1));
    expect(told.length > 0).toBe(grows);
    for (const [, of] of told) expect(of).toBe(total);
  });

  test('inputs are not changed, nor kept by reference', () => {
    const copyX = { ...x, data: x.data.slice() };
    const copyY = y.slice();
    const state = learn({ x: copyX, y: copyY });
    const at = { ...unseen, data: unseen.data.slice() };
    const predictions = estimator.predict(state, at).values;
    expect(copyX).toEqual(x);
    expect(copyY).toEqual(y);
    expect(at).toEqual(unseen);
    copyX.data.fill(0);
    copyY.fill(0);
    expect(estimator.predict(state, unseen).values).toEqual(predictions);
  });

  test('a prediction is a number, or a probability of each class', () => {
    const { rows, outputs: each, values } = estimator.predict(learn(), unseen);
    expect([rows, each, values.length]).toEqual([unseen.rows, outputs, unseen.rows * outputs]);
  });

  test('one row alone is predicted as in a batch', () => {
    const state = learn();
    const batch = estimator.predict(state, unseen).values;
    for (let i = 0; i < unseen.rows; i += 7) {
      const alone = estimator.predict(state, { rows: 1, columns: 4, data: rowOf(unseen, i) }).values;
      expect(alone, `row ${i}`).toEqual(batch.slice(i * outputs, (i + 1) * outputs));
    }
  });

  test.skipIf(excused('row order'))('the order of the training rows makes no difference beyond rounding', () => {
    const order = permutation(x.rows, createRandom(3));
    const state = learn({ x: takeMatrix(x, order), y: Float64Array.from(order, (row) => y[row] as number) });
    expectNear(estimator.predict(state, unseen).values, fitPredict());
  });

  test('a release gives it back bit by bit', async () => {
    const state = learn();
    const [back = null] = await writtenAndRead([state]);
    expect(toJson(back)).toBe(toJson(state));
    expect(estimator.predict(back, unseen).values).toEqual(estimator.predict(state, unseen).values);
  });

  test('every parameter out of its range, or of another type, is refused', () => {
    for (const [param, spec] of Object.entries(estimator.params)) {
      const wrong =
        spec.type === 'choice'
          ? ['?', 1, true]
          : spec.type === 'boolean'
            ? ['true', 1]
            : spec.type === 'columns'
              ? [1, 'a', [1], { a: Math.max(...spec.allowed) + 1 }, { a: '1' }, { a: null }]
              : [spec.min - 1, spec.max + 1, Number.NaN, '1', ...(spec.type === 'integer' ? [spec.min + 0.5] : [])];
      for (const value of [...wrong, ...(spec.nullable ? [] : [null])])
        expect(() => resolveParams(name, estimator.params, { [param]: value }), `${param}=${value}`).toThrow(param);
    }
  });

  test('a target that never varies is predicted as it is', () => {
    const only = classes === undefined ? 3.5 : 1;
    const state = learn({ x, y: new Float64Array(x.rows).fill(only) });
    const expected = Float64Array.from({ length: unseen.rows * outputs }, (_, at) =>
      classes === undefined ? only : Number(at % outputs === only),
    );
    expectNear(estimator.predict(state, unseen).values, expected);
  });

  test('one row is enough to fit', () => {
    const first = { x: takeMatrix(x, Uint32Array.of(0)), y: y.slice(0, 1) };
    const [target = 0] = first.y;
    // XGBoost computes in float32.
    const digits = name === 'xgboost' ? 6 : 9;
    const { values } = estimator.predict(learn(first), first.x);
    expect(classes === undefined ? values[0] : values[target]).toBeCloseTo(classes === undefined ? target : 1, digits);
  });

  test('what is so extreme that nothing finite can be learned from it is refused, and nothing else comes of it', () => {
    for (const scale of [1e-320, 1e-200, 1e160, 1e300]) {
      const fitted = () => {
        const far = { ...x, data: x.data.map((value) => value * scale) };
        const targets = classes === undefined ? y.map((target) => target * scale) : y;
        const state = learn({ x: far, y: targets });
        return { state, predictions: estimator.predict(state, far).values };
      };
      const outcome = attempt(fitted);
      if (outcome instanceof Error) expect(outcome.name, `${outcome.stack}`).toBe('DataError');
      else expect(findNotFinite(outcome.state), `${scale}`).toBeUndefined();
    }
  });

  test('what nothing can be learned from is refused', () => {
    const bad = (value: number) => Float64Array.from(y, (target, i) => (i === 3 ? value : target));
    expect(() => learn({ x, y: bad(Number.NaN) })).toThrow(/target of row 3 is NaN/);
    expect(() => learn({ x, y: bad(Infinity) })).toThrow(/target of row 3 is Infinity/);
    expect(() => learn({ x: { ...x, rows: 0, data: new Float64Array() }, y })).toThrow(/no rows/);
    expect(() => learn({ x, y: y.slice(1) })).toThrow(/199 targets for 200 rows/);
    const spoilt = { ...x, data: x.data.with(5, Infinity) };
    expect(() => learn({ x: spoilt, y })).toThrow(/^column 1 is Infinity in row 1/);
    expect(() => estimator.predict(learn(), spoilt).values).toThrow(/^column 1 is Infinity in row 1/);
    const named = { ...spoilt, names: ['a', 'b = c', 'd', 'e'] };
    expect(() => learn({ x: named, y })).toThrow(/^b = c is Infinity in row 1/);
  });

  test.skipIf(excused('missing values'))('a missing value is learned from, or refused', () => {
    const gaps = { ...x, data: x.data.map((value, at) => (at % 11 === 0 ? Number.NaN : value)) };
    if (estimator.encoding.missing === 'imputed') {
      expect(() => learn({ x: gaps, y })).toThrow(/column 0 is NaN in row 0/);
    } else {
      expect(skillOf(learner, y, estimator.predict(learn({ x: gaps, y }), gaps))).toBeGreaterThan(0.5);
    }
  });

  test.skipIf(excused('constant column'))('a constant column changes nothing', () => {
    const widened = ({ rows, columns, data }: Matrix): Matrix => ({
      rows,
      columns: columns + 1,
      data: Float64Array.from({ length: rows * (columns + 1) }, (_, at) =>
        at % (columns + 1) === columns
          ? 7
          : (data[Math.floor(at / (columns + 1)) * columns + (at % (columns + 1))] as number),
      ),
    });
    expectNear(estimator.predict(learn({ x: widened(x), y }), widened(unseen)).values, fitPredict());
  });

  test('one column is enough to fit', () => {
    const only: Matrix = { rows: 3, columns: 1, data: Float64Array.of(1, 2, 3) };
    const targets = classes === undefined ? Float64Array.of(1, 2, 3) : Float64Array.of(0, 1, 1);
    const predictions = estimator.predict(learn({ x: only, y: targets }), only).values;
    expect([...predictions].every(Number.isFinite)).toBe(true);
  });

  test.skipIf(excused('beats the baseline'))('it beats the baseline on rows that it has not seen', () => {
    // The mean's R² is a little below 0, and so is the skill of the classes' shares.
    expect(skillOf(learner, truth, estimator.predict(learn(), unseen))).toBeGreaterThan(
      classes === undefined ? 0.5 : 0.2,
    );
  });
});

test('an unknown name is refused with those that exist', () => {
  for (const name of ['xgbost', 'toString', ''])
    expect(() => estimatorNamed(name, 'regression')).toThrow(`there are: ${estimatorNames.join(', ')}`);
});
