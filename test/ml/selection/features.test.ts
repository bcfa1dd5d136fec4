import { expect, test } from 'vitest';
import { regressionScores } from '../../../ml/core/regression-scores.ts';
import { makeFolds } from '../../../ml/data/folds.ts';
import { columnOf, takeRows } from '../../../ml/data/table.ts';
import { paramsOf } from '../../../ml/estimators/index.ts';
import { singleModel } from '../../../ml/estimators/model.ts';
import { predictRows } from '../../../ml/estimators/predict-rows.ts';
import { type FitJob, FitRunner } from '../../../ml/selection/fit-job.ts';
import { generate } from '../features/generated.ts';

const { declaration, table } = generate(800, 1, 8, (random) => {
  const [a, b] = [random.normal(), random.normal()];
  const kind = random.below(8);
  const y = Math.exp(2 + 0.7 * a - 0.5 * b + 0.2 * kind + 0.2 * random.normal());
  return { numbers: { a, b }, categories: { kind }, y };
});
const folds = makeFolds(table.rows, 4, 1);
const runner = new FitRunner({ declaration, train: table, folds, seed: 1 });
const held = takeRows(table, folds[0]?.held ?? new Uint32Array());

function run(model: string, features: readonly string[], more: Partial<FitJob> = {}) {
  const candidate = { model, params: paramsOf(model, 'regression'), features: features.map((recipe) => ({ recipe })) };
  const result = runner.run({ candidate, fold: 0, threads: 1, ...more }, () => {});
  if (result.status === 'failed') throw new Error(result.reason);
  return result;
}

function score(model: string, features: readonly string[]): number {
  const result = run(model, features);
  const [first] = result.status === 'predicted' ? result.predictions : [];
  return regressionScores(columnOf(held, 'y'), first?.values as Float64Array).r2;
}

test.each(['linear', 'knn', 'gradient_boosting'])('%s learns what effects multiply better as a logarithm', (model) => {
  expect(score(model, ['log_target'])).toBeGreaterThan(score(model, []));
});

test('a fold predicts what its model does, in the unit of the target', () => {
  const result = run('xgboost', ['log_target', 'target_encoding'], { keep: true, rounds: [5, 100] });
  if (result.status !== 'predicted' || !result.model) throw new Error('no model was kept');
  expect(predictRows(singleModel(result.model), held)).toEqual(result.predictions[1]);
  expect(result.model.preprocessor.target?.factor).not.toBe(1);
  const short = run('xgboost', ['log_target', 'target_encoding'], { rounds: [5] });
  expect(short.status === 'predicted' && short.predictions[0]).toEqual(result.predictions[0]);
});

test('the fit on all rows comes to as much as the targets do', () => {
  const result = run('linear', ['log_target'], { fold: null });
  if (result.status !== 'fitted') throw new Error('nothing was fitted');
  const { values: all } = predictRows(singleModel(result.model), table);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  expect(sum(all) / sum(columnOf(table, 'y'))).toBeCloseTo(1, 1);
});

test('early stopping looks at the logarithms of the rows that the fold holds', () => {
  const { params, features, model } = {
    params: paramsOf('xgboost', 'regression', { n_estimators: 400 }),
    features: [{ recipe: 'log_target' }],
    model: 'xgboost',
  };
  const result = runner.run({ candidate: { model, params, features }, fold: 0, threads: 1, patience: 5 }, () => {});
  expect(result.status === 'predicted' && result.rounds).toBeLessThan(200);
  expect(result.status === 'predicted' && result.rounds).toBeGreaterThan(5);
});

test('a recipe that does not exist fails its candidate with a sentence', () => {
  expect(() => run('linear', ['magic'])).toThrow(/there is no recipe "magic"; there are: /);
});
