import { describe, expect, test } from 'vitest';
import { type Matrix, rowOf } from '../../ml/core/matrix.ts';
import { findNotFinite, toJson } from '../../ml/core/plain-data.ts';
import { createRandom, permutation } from '../../ml/core/random.ts';
import { regressionScores } from '../../ml/core/regression-scores.ts';
import { estimatorNamed, estimatorNames, estimatorNamesOf } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { writtenAndRead } from '../ml/release/written-and-read.ts';
import { makeData } from './data.ts';

/** What every estimator promises; an estimator that cannot keep one is listed here with its reason. */
const exceptions: Readonly<Record<string, readonly { check: string; reason: string }[]>> = {
  mean: [
    { check: 'beats the mean', reason: 'it is the mean' },
    { check: 'missing values', reason: 'it looks at no values' },
  ],
  lasso: [
    { check: 'beats the mean', reason: 'alpha 1 leaves no coefficient to columns of so small a spread, unscaled' },
  ],
  elastic_net: [{ check: 'beats the mean', reason: 'alpha 1 leaves little to columns of so small a spread, unscaled' }],
  ml_random_forest: [
    { check: 'row order', reason: 'each tree draws its own rows, by their order' },
    {
      check: 'constant column',
      reason: 'each tree draws its columns in its own order, which decides between equal splits',
    },
  ],
  decision_tree: [{ check: 'row order', reason: 'between equally good splits rounding decides' }],
  random_forest: [{ check: 'row order', reason: 'each tree draws its own rows, by their order' }],
  gradient_boosting: [{ check: 'row order', reason: 'between equally good splits rounding decides' }],
  adaboost: [{ check: 'row order', reason: 'each tree draws its own rows, by their order' }],
  knn: [{ check: 'row order', reason: 'of rows at the same distance the earlier one is nearer' }],
  catboost: [{ check: 'row order', reason: 'each tree grows on a random sample of the rows, drawn in their order' }],
};

const excused = (model: string, check: string) =>
  exceptions[model]?.some((exception) => exception.check === check) ?? false;

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

describe.each(estimatorNamesOf('regression'))('%s', (name) => {
  const estimator = estimatorNamed(name, 'regression');
  const params = resolveParams(name, estimator.params);
  const { x, y } = makeData(200, 1);
  const { x: unseen, y: truth } = makeData(100, 2);
  const fitPredict = (at: Matrix = unseen) => estimator.predict(estimator.fit({ x, y, params, seed: 42 }), at).values;

  test('the same seed gives the same bytes', () => {
    expect(toJson(estimator.fit({ x, y, params, seed: 42 }))).toBe(toJson(estimator.fit({ x, y, params, seed: 42 })));
  });

  test('it tells how far it has come, and learns the same', () => {
    const told: [done: number, total: number][] = [];
    const onRound = (done: number, total: number) => told.push([done, total]);
    expect(toJson(estimator.fit({ x, y, params, seed: 42, threads: 2, onRound }))).toBe(
      toJson(estimator.fit({ x, y, params, seed: 42 })),
    );
    const total = params.n_estimators ?? params.iterations;
    const grows = typeof total === 'number' && name !== 'ml_random_forest';
    expect(told.map(([done]) => done)).toEqual(told.map((_, i) => i + 1));
    expect(told.length > 0).toBe(grows);
    for (const [, of] of told) expect(of).toBe(total);
  });

  test('inputs are not changed, nor kept by reference', () => {
    const copyX = { ...x, data: x.data.slice() };
    const copyY = y.slice();
    const state = estimator.fit({ x: copyX, y: copyY, params, seed: 42 });
    const at = { ...unseen, data: unseen.data.slice() };
    const predictions = estimator.predict(state, at).values;
    expect(copyX).toEqual(x);
    expect(copyY).toEqual(y);
    expect(at).toEqual(unseen);
    copyX.data.fill(0);
    copyY.fill(0);
    expect(estimator.predict(state, unseen).values).toEqual(predictions);
  });

  test('one row alone is predicted as in a batch', () => {
    const state = estimator.fit({ x, y, params, seed: 42 });
    const batch = estimator.predict(state, unseen).values;
    for (let i = 0; i < unseen.rows; i += 7) {
      expect(estimator.predict(state, { rows: 1, columns: 4, data: rowOf(unseen, i) }).values[0]).toBe(batch[i]);
    }
  });

  test.skipIf(excused(name, 'row order'))('the order of the training rows makes no difference beyond rounding', () => {
    const order = permutation(x.rows, createRandom(3));
    const state = estimator.fit({
      x: takeMatrix(x, order),
      y: Float64Array.from(order, (row) => y[row] as number),
      params,
      seed: 42,
    });
    const expected = fitPredict();
    estimator.predict(state, unseen).values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 9);
    });
  });

  test('a release gives it back bit by bit', async () => {
    const state = estimator.fit({ x, y, params, seed: 42 });
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

  test('a constant target is predicted as it is', () => {
    const state = estimator.fit({ x, y: new Float64Array(x.rows).fill(3.5), params, seed: 42 });
    for (const value of estimator.predict(state, unseen).values) expect(value).toBeCloseTo(3.5, 9);
  });

  test('one row is enough to fit', () => {
    const state = estimator.fit({ x: takeMatrix(x, Uint32Array.of(0)), y: y.slice(0, 1), params, seed: 42 });
    // XGBoost computes in float32.
    const digits = name === 'xgboost' ? 6 : 9;
    expect(estimator.predict(state, takeMatrix(x, Uint32Array.of(0))).values[0]).toBeCloseTo(y[0] as number, digits);
  });

  test('what is so extreme that nothing finite can be learned from it is refused, and nothing else comes of it', () => {
    for (const scale of [1e-320, 1e-200, 1e160, 1e300]) {
      const fitted = () => {
        const far = { ...x, data: x.data.map((value) => value * scale) };
        const state = estimator.fit({ x: far, y: y.map((target) => target * scale), params, seed: 42 });
        return { state, predictions: estimator.predict(state, far).values };
      };
      const outcome = attempt(fitted);
      if (outcome instanceof Error) expect(outcome.name, `${outcome.stack}`).toBe('DataError');
      else expect(findNotFinite(outcome.state), `${scale}`).toBeUndefined();
    }
  });

  test('what nothing can be learned from is refused', () => {
    const bad = (value: number) => Float64Array.from(y, (target, i) => (i === 3 ? value : target));
    expect(() => estimator.fit({ x, y: bad(Number.NaN), params, seed: 42 })).toThrow(/target of row 3 is NaN/);
    expect(() => estimator.fit({ x, y: bad(Infinity), params, seed: 42 })).toThrow(/target of row 3 is Infinity/);
    expect(() => estimator.fit({ x: { ...x, rows: 0, data: new Float64Array() }, y, params, seed: 42 })).toThrow(
      /no rows/,
    );
    expect(() => estimator.fit({ x, y: y.slice(1), params, seed: 42 })).toThrow(/199 targets for 200 rows/);
    const spoilt = { ...x, data: x.data.with(5, Infinity) };
    expect(() => estimator.fit({ x: spoilt, y, params, seed: 42 })).toThrow(/^column 1 is Infinity in row 1/);
    expect(() => estimator.predict(estimator.fit({ x, y, params, seed: 42 }), spoilt).values).toThrow(
      /^column 1 is Infinity in row 1/,
    );
    const named = { ...spoilt, names: ['a', 'b = c', 'd', 'e'] };
    expect(() => estimator.fit({ x: named, y, params, seed: 42 })).toThrow(/^b = c is Infinity in row 1/);
  });

  test.skipIf(excused(name, 'missing values'))('a missing value is learned from, or refused', () => {
    const gaps = { ...x, data: x.data.map((value, at) => (at % 11 === 0 ? Number.NaN : value)) };
    if (estimator.encoding.missing === 'imputed') {
      expect(() => estimator.fit({ x: gaps, y, params, seed: 42 })).toThrow(/column 0 is NaN in row 0/);
    } else {
      const predictions = estimator.predict(estimator.fit({ x: gaps, y, params, seed: 42 }), gaps).values;
      expect(regressionScores(y, predictions).r2).toBeGreaterThan(0.5);
    }
  });

  test.skipIf(excused(name, 'constant column'))('a constant column changes nothing', () => {
    const widened = ({ rows, columns, data }: Matrix): Matrix => ({
      rows,
      columns: columns + 1,
      data: Float64Array.from({ length: rows * (columns + 1) }, (_, at) =>
        at % (columns + 1) === columns
          ? 7
          : (data[Math.floor(at / (columns + 1)) * columns + (at % (columns + 1))] as number),
      ),
    });
    const predictions = estimator.predict(
      estimator.fit({ x: widened(x), y, params, seed: 42 }),
      widened(unseen),
    ).values;
    const expected = fitPredict();
    predictions.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 9);
    });
  });

  test('one column is enough to fit', () => {
    const only: Matrix = { rows: 3, columns: 1, data: Float64Array.of(1, 2, 3) };
    const predictions = estimator.predict(
      estimator.fit({ x: only, y: Float64Array.of(1, 2, 3), params, seed: 42 }),
      only,
    ).values;
    expect([...predictions].every(Number.isFinite)).toBe(true);
  });

  test.skipIf(excused(name, 'beats the mean'))('it beats the mean on rows that it has not seen', () => {
    const baseline = estimatorNamed('mean', 'regression');
    const mean = baseline.predict(baseline.fit({ x, y, params: {}, seed: 42 }), unseen).values;
    expect(regressionScores(truth, fitPredict()).r2).toBeGreaterThan(regressionScores(truth, mean).r2 + 0.5);
  });
});

test('an unknown name is refused with those that exist', () => {
  for (const name of ['xgbost', 'toString', ''])
    expect(() => estimatorNamed(name, 'regression')).toThrow(`there are: ${estimatorNames.join(', ')}`);
});
