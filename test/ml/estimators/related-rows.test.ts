// Where a model holds rows out by itself, it keeps groups and times apart: what it learns is what it learns of the others, stopped by these.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut } from '../../../ml/core/hold-out.ts';
import { copyRows, type Matrix } from '../../../ml/core/matrix.ts';
import { createRandom, scrambled } from '../../../ml/core/random.ts';
import { RandomStream } from '../../../ml/core/random-stream.ts';
import { orderByTime, type Relations, takeRelations } from '../../../ml/core/relations.ts';
import type { LabelledRows } from '../../../ml/estimators/estimator.ts';
import { estimatorNamed, paramsOf } from '../../../ml/estimators/index.ts';
import { forbiddenRows, relatedRows } from '../core/relations-arbitrary.ts';

function problem(rows: number, relations: Relations, seed: number): LabelledRows {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: 3 * rows }, (_, at) => (at % 3 === 2 ? random.below(4) : random.uniform()));
  const x: Matrix = { rows, columns: 3, data, levels: [0, 0, 4] };
  const y = Float64Array.from({ length: rows }, (_, row) => 5 * (data[3 * row] as number) + random.uniform());
  return { x, y, ...relations };
}

function take({ x, y, weights, ...relations }: LabelledRows, rows: Uint32Array): LabelledRows {
  return {
    x: copyRows(x, rows),
    y: Float64Array.from(rows, (row) => y[row] as number),
    ...takeRelations(relations, rows),
  };
}

const families = [
  {
    model: 'xgboost',
    params: { n_estimators: 30, early_stopping_rounds: 2, validation_fraction: 0.3 },
    held: (rows: number, seed: number, relations: Relations) =>
      holdOut(rows, Math.floor(rows * 0.3), createRandom(seed), relations),
  },
  {
    model: 'catboost',
    params: { iterations: 30, od_wait: 2, eval_fraction: 0.3, one_hot_max_size: 0, depth: 2 },
    held: (rows: number, seed: number, relations: Relations) =>
      holdOut(rows, Math.floor(rows * 0.3), new RandomStream(seed), relations),
  },
  {
    model: 'gradient_boosting',
    params: { n_estimators: 30, n_iter_no_change: 2, validation_fraction: 0.3, max_depth: 2 },
    held: (rows: number, seed: number, relations: Relations) =>
      holdOut(rows, Math.ceil(rows * 0.3), createRandom(scrambled(seed)), relations),
  },
];

test.each(families)('$model is not told of rows that it must not know when it stops', ({ model, params, held }) => {
  const estimator = estimatorNamed(model, 'regression');
  let seen = 0;
  fc.assert(
    fc.property(relatedRows(24), fc.nat({ max: 1e6 }), ({ rows, relations }, seed) => {
      const split = held(rows, seed, relations);
      fc.pre(split.held.length > 0);
      seen += 1;
      const labelled = problem(rows, relations, seed);
      const learn = (some: LabelledRows) =>
        estimator.fit({ ...some, params: paramsOf(model, 'regression', params), seed });
      // Rows that are on neither side may have any target.
      const known = new Set([...split.learned, ...split.held]);
      const y = labelled.y.map((target, row) => (known.has(row) ? target : 2 - target));
      const state = learn(labelled);
      expect(learn({ ...labelled, y })).toEqual(state);
      // The first tree is what the others alone came to, whatever those that are held say.
      const forbidden = forbiddenRows(split, rows, relations);
      const changed = labelled.y.map((target, row) => (forbidden.has(row) ? 5 - target : target));
      const first = (some: LabelledRows) =>
        estimator.staged?.predict(learn(some), labelled.x, [1])[0]?.values as Float64Array;
      expect(first({ ...labelled, y: changed })).toEqual(first(labelled));
    }),
    { numRuns: 40 },
  );
  expect(seen).toBeGreaterThan(10);
});

test.each(families)('$model learns from all rows where none can be held out', ({ model, params }) => {
  const { x, y } = problem(30, {}, 1);
  const estimator = estimatorNamed(model, 'regression');
  const learn = (given: Parameters<typeof paramsOf>[2], relations: Relations) =>
    estimator.fit({ x, y, ...relations, params: paramsOf(model, 'regression', given), seed: 3 });
  const state = learn(params, { groups: new Float64Array(30) });
  expect(estimator.staged?.count(state)).toBe(30);
});

test('catboost learns from rows in the order of their times, whatever their order in the table', () => {
  const times = Float64Array.from({ length: 60 }, (_, row) => (row * 7) % 60);
  const labelled = problem(60, { times }, 5);
  const sorted = take(labelled, orderByTime(times));
  const estimator = estimatorNamed('catboost', 'regression');
  const params = { iterations: 20, one_hot_max_size: 0, bootstrap_type: 'No', random_strength: 0 };
  const predictions = (some: LabelledRows, more = {}) => {
    const state = estimator.fit({
      ...some,
      params: paramsOf('catboost', 'regression', { ...params, ...more }),
      seed: 1,
    });
    return [...estimator.predict(state, labelled.x).values];
  };
  const { groups, times: _, ...plain } = sorted;
  // Times that differ are what the reference's has_time makes of rows that are sorted by them.
  predictions(labelled).forEach((prediction, row) => {
    expect(prediction).toBeCloseTo(predictions(plain, { has_time: true })[row] as number, 9);
  });
  expect(predictions(labelled)).not.toEqual(predictions({ ...labelled, times: undefined }));
});
