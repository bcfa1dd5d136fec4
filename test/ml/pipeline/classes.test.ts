// A release of classes: what it predicts, how sure it is, what it is made of, and what becomes of it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tableLines } from '../../../ml/data/table.ts';
import { logLosses } from '../../../ml/explain/log-losses.ts';
import { type LoadedRelease, loadPredictor, loadRelease } from '../../../ml/pipeline/predict.ts';
import type { ClassPredictor } from '../../../ml/pipeline/predictor.ts';
import { repeatRelease } from '../../../ml/pipeline/repeat.ts';
import { train } from '../../../ml/pipeline/train.ts';
import type { TrainResult } from '../../../ml/pipeline/train-result.ts';
import { makeFolder } from '../../temporary.ts';
import { customerRows, customers } from '../class-parts.ts';

function writeCustomers(folder: string, offsets: readonly number[], rows = 700): void {
  const declaration = customers(offsets.length);
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  const lines = [...tableLines(declaration, customerRows(rows, offsets, 5))];
  writeFileSync(join(folder, declaration.file), lines.map((cells) => cells.join(',')).join('\n'));
}

async function ofClasses(artifacts: string): Promise<ClassPredictor> {
  const predictor = await loadPredictor(artifacts);
  if (predictor.task === 'regression') throw new Error('it predicts numbers');
  return predictor;
}

const records = [
  { age: 30, spent: 2, area: 'north' },
  { age: 55, spent: 0.4, area: 'east' },
  { age: null, spent: 7, area: 'west' },
  { age: 41, spent: null, area: null },
];

describe.each([
  ['two classes, one model on all rows', [0, -1.3], { models: ['xgboost'] }, 'c1'],
  [
    'four classes, the fits of the folds averaged',
    [0, 1, -1, 0.5],
    { models: ['gradient_boosting'], search: 'random', trials: 2, params: { gradient_boosting: { n_estimators: 30 } } },
    null,
  ],
  [
    'two classes, of several candidates',
    [0, 0.7],
    {
      models: ['decision_tree', 'random_forest', 'xgboost'],
      search: 'random',
      trials: 3,
      params: { random_forest: { n_estimators: 30 } },
    },
    'c0',
  ],
] as const)('%s', (_, offsets, options, positive) => {
  const folder = makeFolder();
  const artifacts = join(folder, 'artifacts');
  let result: TrainResult;
  let release: LoadedRelease;
  let predictor: ClassPredictor;
  beforeAll(async () => {
    writeCustomers(folder, offsets);
    result = await train({ dataset: folder, artifacts, ...options, models: [...options.models] });
    release = await loadRelease(artifacts);
    predictor = await ofClasses(artifacts);
  });

  test('records its task, its positive class, and how its probabilities hold', () => {
    const { manifest, model } = release;
    expect(manifest).toMatchObject({ format: 8, plan: { task: predictor.task } });
    expect(manifest.positive ?? null).toBe(positive);
    expect(predictor.positive).toBe(positive);
    const { method, logLoss, reliability } = manifest.calibration ?? expect.unreachable();
    expect(model.calibration?.kind ?? 'none').toBe(method);
    expect(logLoss.before).toBeGreaterThan(0);
    expect(reliability.before.bins.length).toBeGreaterThan(1);
    expect(reliability.after === null).toBe(method === 'none');
    expect(result.why?.includes('its probabilities are calibrated by')).toBe(method !== 'none');
  });

  test('predicts a class and the probabilities of all, which sum to 1', () => {
    for (const record of records) {
      const { prediction, probabilities } = predictor.predict(record);
      expect(Object.keys(probabilities)).toEqual(predictor.target.levels);
      const values = Object.values(probabilities);
      expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(probabilities[prediction]).toBe(Math.max(...values));
    }
    expect(predictor.predictAll(records)).toEqual(records.map((record) => predictor.predict(record)));
  });

  test('explains each by its set, and by contributions that sum to its log-odds', () => {
    for (const record of records) {
      const { prediction, probabilities, of, base, contributions, outside } = predictor.explain(record);
      expect({ prediction, probabilities }).toEqual(predictor.predict(record));
      expect(of).toBe(positive ?? prediction);
      const p = probabilities[of] as number;
      const others = Object.entries(probabilities).reduce((sum, [level, each]) => sum + (level === of ? 0 : each), 0);
      const sum = Object.values(contributions).reduce((total, each) => total + each, base);
      expect(sum).toBeCloseTo(Math.log(p / others), 8);
      expect(Object.keys(contributions)).toEqual(['age', 'spent', 'area']);
      expect(outside).toEqual(expect.any(Array));
    }
    expect(predictor.explainAll(records)).toEqual(records.map((record) => predictor.explain(record)));
  });

  test('its sets hold nine of ten fresh rows of each class, about', () => {
    const fresh = customerRows(1500, offsets, 900);
    const sets = predictor.setsOf(fresh) ?? expect.unreachable();
    const truth = fresh.columns.get('outcome') as Float64Array;
    for (const [k, level] of predictor.target.levels.entries()) {
      const rows = [...truth.keys()].filter((row) => truth[row] === k);
      const held = rows.filter((row) => sets[row]?.includes(level)).length / rows.length;
      expect(held).toBeGreaterThan(0.8);
    }
  });

  test('says more of fresh rows than the shares of the classes do', () => {
    const fresh = customerRows(1500, offsets, 901);
    const truth = fresh.columns.get('outcome') as Float64Array;
    const meanOf = (losses: Float64Array) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const loss = meanOf(logLosses(truth, predictor.predictTable(fresh)));
    const { shares = [] } = release.manifest.data;
    const outputs = shares.length;
    const values = Float64Array.from({ length: fresh.rows * outputs }, (_, at) => shares[at % outputs] as number);
    expect(loss).toBeLessThan(0.97 * meanOf(logLosses(truth, { rows: fresh.rows, outputs, values })));
  });

  test('is trained again to the same bytes', async () => {
    const { isSame, differences } = await repeatRelease({ release: join(artifacts, release.id) });
    expect({ isSame, differences }).toEqual({ isSame: true, differences: [] });
  });

  test('is the champion of the next training, by skill', async () => {
    const next = await train({ dataset: folder, artifacts, models: ['decision_tree'], force: true, seed: 7 });
    expect(next.champion).toMatchObject({ status: 'compared', metric: 'skill', release: release.id });
  });

  test('cannot be compared with one of other classes, and that is said', async () => {
    const other = makeFolder();
    writeCustomers(other, [...offsets, 0]);
    const next = await train({ dataset: other, artifacts, models: ['decision_tree'], force: true });
    expect(next.champion).toMatchObject({ status: 'incomparable', reason: expect.stringContaining('outcome') });
  });
});
