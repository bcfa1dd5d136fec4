import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultCandidates } from '../../../ml/estimators/index.ts';
import { train } from '../../../ml/pipeline/train.ts';
import type { TrainResult } from '../../../ml/pipeline/train-result.ts';
import { readRelease } from '../../../ml/release/read.ts';
import type { Evaluated } from '../../../ml/selection/evaluated.ts';
import type { Progress } from '../../../ml/selection/progress.ts';
import { houseHeader, houseRows, houses, writeHouses } from '../../houses.ts';
import { makeFolder, temporaryFile, temporaryFolder } from '../../temporary.ts';

/** R² over the folds; NaN of what failed. */
const cvR2 = (entry?: Evaluated) => (entry?.status === 'scored' ? (entry.cv.r2 as number) : Number.NaN);

describe('training', () => {
  const folder = makeFolder();
  const artifacts = join(folder, 'artifacts');
  const progress: Progress[] = [];
  let result: TrainResult;

  beforeAll(async () => {
    writeHouses(folder);
    result = await train({ dataset: folder, artifacts, onProgress: (step) => progress.push(step) });
  });

  test('tries every model, best first, and chooses the best by cross-validation', () => {
    expect(result.leaderboard.map(({ model }) => model).sort()).toEqual([...defaultCandidates('regression')].sort());
    const r2 = result.leaderboard.map(cvR2);
    expect(r2).toEqual(r2.toSorted((a, b) => b - a));
    expect(result.chosen).toBe('linear');
    expect(r2[0]).toBeCloseTo(1, 9);
    const knn = result.leaderboard.find(({ model }) => model === 'knn');
    expect(knn?.params).toEqual({ n_neighbors: 5, weights: 'uniform', p: 2 });
    expect(result.baseline.model).toBe('mean');
  });

  test('looks at the holdout once', () => {
    expect(result.holdout?.r2).toBeCloseTo(1, 9);
    expect(result.holdout?.mae).toBeLessThan(1e-9);
  });

  test('tells how it goes', () => {
    expect(progress[0]).toMatchObject({ stage: 'ingested', train: 48, test: 12, dropped: 0, ignored: [], rounded: [] });
    const fitting = progress.filter((step) => step.stage === 'fitting');
    expect(progress.filter(({ stage }) => stage === 'evaluated')).toHaveLength(defaultCandidates('regression').length);
    // Of each fold its beginning at least; of boosting every tree; then of the best on all rows.
    for (const model of defaultCandidates('regression')) {
      const folds = fitting.filter((step) => step.model === model && step.fold !== null).map(({ fold }) => fold);
      expect([...new Set(folds)]).toEqual([1, 2, 3, 4, 5]);
    }
    const boosting = fitting.filter(({ model, fold }) => model === 'gradient_boosting' && fold === 2);
    expect(boosting.map(({ done }) => done)).toEqual(Array.from({ length: 101 }, (_, i) => i));
    expect(boosting.at(-1)).toMatchObject({ done: 100, total: 100, folds: 5 });
    expect(fitting.filter(({ fold }) => fold === null).map(({ model }) => model)).toEqual(['linear']);
  });

  test('leaves a release that says what it was made from', async () => {
    const { id, manifest } = await readRelease(artifacts);
    expect(id).toBe(result.release);
    expect(result.path).toBe(join(artifacts, id));
    expect(manifest).toMatchObject({
      format: 8,
      seed: 42,
      threshold: 0.6,
      dataset: houses,
      data: { rows: 60, dropped: 0, train: 48, test: 12, split: 'seed' },
      chosen: { model: 'linear', params: {}, parts: 1, cv: { r2: expect.any(Number) } },
      holdout: result.holdout,
      leaderboard: result.leaderboard,
    });
    expect(Object.keys(manifest.versions)).toEqual([
      'plumbline',
      'node',
      'ml-regression',
      'ml-matrix',
      'ml-random-forest',
      'ml-cart',
      'random-js',
      'pure-rand',
    ]);
    for (const version of Object.values(manifest.versions)) expect(version).toMatch(/^\d+/);
    expect(manifest.data.sha256).toBe(manifest.files.data.sha256);
    expect(Object.keys(manifest.files)).toEqual([
      'data',
      'train',
      'test',
      'preprocessing',
      'model',
      'intervals',
      'arrays',
      'report',
      'evaluation',
    ]);
  });

  test('data.csv holds every accepted row; train.csv and test.csv part it', () => {
    const lines = (name: string) =>
      readFileSync(join(artifacts, 'current', name), 'utf8')
        .trim()
        .split('\n');
    const [header, ...rows] = lines('data.csv');
    expect(header).toBe(houseHeader);
    expect(rows).toEqual(houseRows(60));
    expect([...lines('train.csv').slice(1), ...lines('test.csv').slice(1)].sort()).toEqual([...rows].sort());
  });

  test('the same data, seed and version give the same bytes, wherever and however the CSV was written', async () => {
    const elsewhere = writeHouses(temporaryFolder());
    const shuffled = [
      'PRICE,Heating,Area,Rooms',
      ...houseRows(60).map((row) => {
        const [area, rooms, heating, price] = row.split(',');
        return `${price}.0,"${heating}", ${area},${rooms}`;
      }),
    ].join('\r\n');
    const again = await train({
      dataset: elsewhere,
      data: temporaryFile(`\ufeff${shuffled}`),
      artifacts: join(elsewhere, 'artifacts'),
    });
    expect(again.release).toBe(result.release);
    for (const name of readdirSync(result.path as string)) {
      expect(
        readFileSync(join(again.path as string, name)).equals(readFileSync(join(result.path as string, name))),
        name,
      ).toBe(true);
    }
  });

  test('another seed is another release', async () => {
    const other = await train({ dataset: folder, seed: 7, artifacts: join(temporaryFolder(), 'artifacts') });
    expect(other.release).not.toBe(result.release);
  });
});

test('given holdout rows are those that are held out', async () => {
  const folder = writeHouses(temporaryFolder());
  const { path } = await train({ dataset: folder, holdoutRows: [3, 0, 59], artifacts: join(folder, 'artifacts') });
  const held = readFileSync(join(path as string, 'test.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  expect(held).toEqual([0, 3, 59].map((row) => houseRows(60)[row]));
});

test.each([
  ['an unknown model', { models: ['xgbost'] }, /no model "xgbost"/],
  ['a model twice', { models: ['knn', 'knn'] }, /named twice/],
  ['no model', { models: [] }, /at least one/],
  ['a parameter of an unknown model', { params: { xgbost: {} } }, /no model "xgbost"/],
  ['an unknown parameter', { params: { knn: { k: 3 } } }, /knn has no parameter k/],
  ['a parameter out of range', { params: { knn: { n_neighbors: 0 } } }, /n_neighbors is 0; it must be a whole number/],
  ['a seed that is no whole number', { seed: 0.5 }, /whole number/],
  ['a seed beyond 31 bits', { seed: 2 ** 31 }, /from -2147483647 to 2147483647/],
  ['a threshold above 1', { threshold: 1.5 }, /at most 1/],
  ['a threshold that is none', { threshold: Number.NaN }, /must be a finite number/],
  ['a threshold below every number', { threshold: -Infinity }, /must be a finite number/],
  ['parameters that do not go together', { params: { catboost: { od_wait: 9 } } }, /od_wait needs rows/],
  ['a metric of another task', { metric: 'log_loss' }, /no metric "log_loss" for a target that is a number/],
  ['a gate without a threshold', { gate: 'mae' }, /the gate mae has no threshold of its own/],
  ['a threshold below the best', { gate: 'mae', threshold: -1 }, /MAE is at least 0/],
])('%s is refused before any row is read', async (_, options, message) => {
  const dataset = writeHouses(temporaryFolder());
  rmSync(join(dataset, houses.file));
  const error = await train({ dataset, ...options }).catch((error) => error);
  expect(error.name).toBe('ParamError');
  expect(error.message).toMatch(message);
});

test.each([
  ['widht', /monotone_constraints names widht, no column that models read; numeric columns are: area/],
  ['heating', /monotone_constraints names heating, a category, whose levels have no order; numeric columns are: area/],
])('a constraint on %s is refused before training', async (column, message) => {
  const params = { xgboost: { monotone_constraints: { [column]: 1 } } };
  const stages: string[] = [];
  const training = train({
    dataset: writeHouses(temporaryFolder()),
    params,
    onProgress: ({ stage }) => stages.push(stage),
  });
  const error = await training.catch((error) => error);
  expect(error.name).toBe('ParamError');
  expect(error.message).toMatch(message);
  expect(stages).toEqual([]);
});

test('too few rows are refused', async () => {
  const folder = writeHouses(temporaryFolder(), houseRows(11));
  await expect(train({ dataset: folder })).rejects.toThrow(
    /8 rows to learn from and 3 to hold out are too few: .*; train on a file of more rows/,
  );
});

test('parameters fixed by name are used and recorded; the others keep their defaults', async () => {
  const folder = writeHouses(temporaryFolder());
  const options = { dataset: folder, artifacts: join(folder, 'artifacts'), models: ['xgboost'], threshold: -1 };
  const [small, plain] = [
    await train({ ...options, params: { xgboost: { max_depth: 1, n_estimators: 3 } } }),
    await train(options),
  ];
  expect(small.leaderboard[0]?.params).toMatchObject({ max_depth: 1, n_estimators: 3, learning_rate: 0.3 });
  expect(cvR2(small.leaderboard[0])).toBeLessThan(cvR2(plain.leaderboard[0]));
});
