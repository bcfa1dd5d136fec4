import { describe, expect, test } from 'vitest';
import { ParamError } from '../../../../ml/core/errors.ts';
import { type Matrix, rowOf } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed, paramsOf } from '../../../../ml/estimators/index.ts';
import { params } from '../../../../ml/estimators/xgboost/params.ts';

const xgboost = estimatorNamed('xgboost', 'regression');
const names = ['up', 'free', 'down'];
const constraints: Readonly<Record<string, number>> = { up: 1, down: -1 };

/** Targets that go up and down along every column, so that constraints are in their way. */
function wavy(rows: number, seed: number): { x: Matrix; y: Float64Array } {
  const random = createRandom(seed);
  const cell = () => (random.uniform() < 0.1 ? Number.NaN : 4 * random.uniform() - 2);
  const x: Matrix = { rows, columns: 3, names, data: Float64Array.from({ length: rows * 3 }, cell) };
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const [up = 0, free = 0, down = 0] = [...rowOf(x, i)].map((value) => (Number.isNaN(value) ? 1 : value));
    return Math.round(4 + 2 * Math.sin(2 * up) + up + Math.cos(3 * free) + 2 * Math.sin(2 * down) - down) + 3;
  });
  return { x, y };
}

/** How far predictions go the wrong way, at most, as one column sweeps over its range in each of some rows. */
function worstStep(predict: (x: Matrix) => Float64Array, x: Matrix, column: number, direction: number): number {
  const grid = Float64Array.from({ length: 81 }, (_, k) => -4 + k / 10);
  let worst = 0;
  for (let i = 0; i < x.rows; i++) {
    const data = Float64Array.from([...grid].flatMap((value) => [...rowOf(x, i)].with(column, value)));
    const values = predict({ ...x, rows: grid.length, data });
    values.forEach((value, k) => {
      if (k > 0) worst = Math.max(worst, direction * ((values[k - 1] as number) - value));
    });
  }
  return worst;
}

describe.each(params.objective.choices)('%s', (objective) => {
  const { x, y } = wavy(400, 1);
  const { x: held } = wavy(40, 2);
  const given = {
    objective,
    n_estimators: 25,
    ...(objective === 'reg:quantileerror' && { quantile_alpha: 0.7 }),
    // It would start far off, where there is no curvature to split by.
    ...(objective === 'reg:pseudohubererror' && { base_score: 7 }),
  };
  const weights = Float64Array.from(y, (_, i) => (i % 5) / 2);

  test.each([
    ['each alike', undefined],
    ['weighted', weights],
  ])('a constrained column never sweeps predictions the wrong way, rows %s', (_, weights) => {
    const fitted = (more: Readonly<Record<string, unknown>>) => {
      const state = xgboost.fit({
        x,
        y,
        weights,
        params: paramsOf('xgboost', 'regression', { ...given, ...more }),
        seed: 1,
      });
      return (rows: Matrix) => xgboost.predict(state, rows).values;
    };
    const [free, constrained] = [fitted({}), fitted({ monotone_constraints: constraints })];
    for (const [name, direction] of Object.entries(constraints)) {
      const column = names.indexOf(name);
      expect(worstStep(free, held, column, direction)).toBeGreaterThan(0.1);
      expect(worstStep(constrained, held, column, direction)).toBe(0);
    }
    expect(worstStep(constrained, held, 1, 1)).toBeGreaterThan(0.01);
  });
});

test('constraints of 0 are none', () => {
  const { x, y } = wavy(100, 1);
  const learn = (given: Readonly<Record<string, unknown>>) =>
    xgboost.fit({ x, y, params: paramsOf('xgboost', 'regression', given), seed: 1 });
  expect(learn({ monotone_constraints: { free: 0 } })).toEqual(learn({}));
});

test('a column that is not there is refused, with those that are', () => {
  const { x, y } = wavy(100, 1);
  const learn = () =>
    xgboost.fit({ x, y, params: paramsOf('xgboost', 'regression', { monotone_constraints: { upp: 1 } }), seed: 1 });
  expect(learn).toThrow(ParamError);
  expect(learn).toThrow(/names upp, no column of numbers; those are: up, free, down/);
});
