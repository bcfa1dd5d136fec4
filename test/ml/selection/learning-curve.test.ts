import { expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { makeFolds } from '../../../ml/data/folds.ts';
import { candidatesOf } from '../../../ml/selection/candidate.ts';
import { evaluate } from '../../../ml/selection/evaluation.ts';
import type { FitContext } from '../../../ml/selection/fit-job.ts';
import { fitHere } from '../../../ml/selection/fitting.ts';
import { costOfLearningCurve, learningCurveOf } from '../../../ml/selection/learning-curve.ts';
import { recordTrial } from '../../../ml/selection/recorded-trial.ts';
import { costOf, sizeOf } from '../../../ml/selection/search/auto/cost.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';

const declaration: Declaration = {
  name: 'waves',
  title: 'Waves',
  file: 'waves.csv',
  target: 'y',
  columns: ['x', 'y'].map((name) => ({ name, title: name, kind: 'numeric' as const })),
};

/** Rows of a wave: a neighbour tells more of a row the more of them there are. */
function waves(rows: number): FitContext {
  const random = createRandom(2);
  const x = Float64Array.from({ length: rows }, () => random.uniform());
  const train = {
    rows,
    columns: new Map([
      ['x', x],
      ['y', x.map((value) => Math.sin(20 * value) + 0.1 * random.uniform())],
    ]),
  };
  return { declaration, train, folds: makeFolds(rows, 5, 42), seed: 42 };
}

async function curveOf(context: FitContext, model: string, params: Record<string, unknown> = {}) {
  const [candidate] = candidatesOf('regression', [model], { [model]: params });
  if (!candidate) throw new Error('there is no candidate');
  const silent = () => ({ onStart: () => {}, onNote: () => {}, onEnd: () => {} });
  const options = { context, task: regression, fitting: fitHere(context) };
  const evaluation = await evaluate(candidate, options, silent);
  const trials = [recordTrial(evaluation, false)];
  const curve = await learningCurveOf(evaluation, { ...options, trials });
  return { evaluation, curve, cost: costOfLearningCurve(evaluation, { context, trials }) };
}

test('tells how a model does with a tenth, a quarter and half of the rows of each fold, and ends with what the search measured', async () => {
  const { evaluation, curve, cost } = await curveOf(waves(1000), 'knn');
  expect(curve?.model).toBe('knn');
  expect(curve?.points.map(({ rows }) => rows)).toEqual([80, 200, 400, 800]);
  expect(curve?.points.at(-1)?.scores).toEqual(evaluation.folds.map(({ scores }) => scores.r2));
  const means = curve?.points.map(({ scores }) => scores.reduce((sum, score) => sum + score, 0) / scores.length) ?? [];
  expect(means).toEqual(means.toSorted((a, b) => a - b));
  expect(means[0]).toBeLessThan((means.at(-1) as number) - 0.01);
  expect((await curveOf(waves(1000), 'knn')).curve).toEqual(curve);
  // What five folds cost beside those of the search: a tenth, a quarter and half of the rows in each.
  const size = sizeOf(waves(1000));
  const costOfRows = (rows: number) => 5 * costOf(evaluation.entry, { ...size, rows });
  expect(cost).toBeCloseTo(costOfRows(80) + costOfRows(200) + costOfRows(400), 12);
});

test('leaves out what has too few rows to learn from, and is none where nothing is left', async () => {
  // A tenth of 64 rows is 6.
  const { curve } = await curveOf(waves(80), 'linear');
  expect(curve?.points.map(({ rows }) => rows)).toEqual([32, 64]);
  expect(await curveOf(waves(40), 'linear')).toMatchObject({ curve: null, cost: 0 });
});

test('of large fits it has fewer, of which the estimated cost is bounded, and is none where one alone costs too much', async () => {
  const context = waves(2000);
  const [candidate] = candidatesOf('regression', ['gradient_boosting']);
  const fitted = await evaluate(
    candidate as NonNullable<typeof candidate>,
    { context, task: regression, fitting: fitHere(context) },
    () => ({
      onStart: () => {},
      onNote: () => {},
      onEnd: () => {},
    }),
  );
  if (fitted.entry.status !== 'scored') throw new Error('it failed');
  // What the search would have recorded of so many rounds; no such fit is made here.
  const withRounds = (rounds: number) => ({
    ...fitted,
    entry: { ...fitted.entry, params: { ...fitted.entry.params, n_estimators: rounds } },
  });
  const extentOf = async (rounds: number) => {
    const curve = await learningCurveOf(withRounds(rounds), { context, task: regression, trials: [] });
    return curve && { points: curve.points.length, folds: curve.points[0]?.scores.length };
  };
  const [few, some, many] = [await extentOf(100), await extentOf(700), await extentOf(100_000)];
  expect(few).toEqual({ points: 4, folds: 5 });
  expect(some?.folds).toBeLessThan(5);
  expect(many).toBeNull();
});
