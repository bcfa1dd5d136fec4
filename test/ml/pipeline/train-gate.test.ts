import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import { defaultCandidates } from '../../../ml/estimators/index.ts';
import { loadPredictor } from '../../../ml/pipeline/predict.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { hasRelease, readRelease } from '../../../ml/release/read.ts';
import type { Progress } from '../../../ml/selection/progress.ts';
import { houseRows, writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

describe('the gate', () => {
  const noise = () => {
    const random = createRandom(1);
    return writeHouses(
      temporaryFolder(),
      houseRows(60).map((row) => row.replace(/[^,]*$/, String(random.below(100)))),
    );
  };

  test('where no model is any good nothing is written, and every score is told', async () => {
    const folder = noise();
    const result = await train({ dataset: folder, artifacts: join(folder, 'artifacts') });
    expect(result).toMatchObject({ release: null, path: null, threshold: 0.6, verdict: { released: false } });
    expect(result.holdout?.r2).toBeLessThan(0.6);
    expect(result.leaderboard).toHaveLength(defaultCandidates('regression').length);
    expect(existsSync(join(folder, 'artifacts'))).toBe(false);
  });

  test('a model that is no better than the mean is not released, however low the threshold', async () => {
    const folder = noise();
    const result = await train({
      dataset: folder,
      models: ['knn'],
      threshold: -10,
      artifacts: join(folder, 'artifacts'),
    });
    expect(result.leaderboard.map(({ model }) => model)).toEqual(['knn']);
    expect(result.verdict.reason).toMatch(/^no model does better than predicting the mean/);
    expect(result.release).toBeNull();
  });

  test('a release in use stays in use', async () => {
    const folder = writeHouses(temporaryFolder());
    const artifacts = join(folder, 'artifacts');
    const { release } = await train({ dataset: folder, artifacts });
    await train({ dataset: noise(), artifacts });
    expect((await readRelease(artifacts)).id).toBe(release);
  });

  describe('keeps what only the threshold holds back', () => {
    /** Half of the price is noise: better than the mean, and no more. */
    const half = (seed: number) => {
      const random = createRandom(seed);
      return writeHouses(
        temporaryFolder(),
        houseRows(200).map((row) => row.replace(/[^,]*$/, (price) => String(Number(price) + 450 * random.uniform()))),
      );
    };
    const setting = (seed = 1) => {
      const folder = half(seed);
      const artifacts = join(folder, 'artifacts');
      const stages: string[] = [];
      const options = { dataset: folder, artifacts, models: ['linear', 'xgboost'], threshold: 0.95 };
      return { artifacts, stages, options, onProgress: ({ stage }: Progress) => stages.push(stage) };
    };

    test('so that a lower one releases it without training again, as if it had been trained', async () => {
      const { artifacts, stages, options, onProgress } = setting();
      const held = await train(options);
      expect(held).toMatchObject({ release: null, verdict: { released: false } });
      expect(held.verdict.reason).toMatch(/^linear, .* below the threshold 0\.95$/);
      expect(readdirSync(artifacts)).toEqual(['held-back']);
      expect(await hasRelease(artifacts)).toBe(false);

      const released = await train({ ...options, threshold: 0.1, onProgress });
      expect([...new Set(stages)]).toEqual(['ingested', 'unchanged', 'explaining', 'writing']);
      expect(released.verdict.released).toBe(true);
      expect(readdirSync(artifacts).sort()).toEqual([released.release, 'current'].sort());
      const anew = await train({ ...options, threshold: 0.1, artifacts: join(artifacts, 'anew') });
      expect(anew).toEqual({ ...released, path: anew.path });
    });

    test('one of them, and none once there is a release', async () => {
      const { artifacts, options } = setting();
      for (const seed of [1, 2, 3]) await train({ ...options, seed });
      const kept = readdirSync(join(artifacts, 'held-back'));
      expect(kept).toHaveLength(2);
      expect(kept).toContain('current');
      expect((await readRelease(join(artifacts, 'held-back'))).manifest.seed).toBe(3);
      const { release } = await train({ ...options, threshold: 0 });
      expect(readdirSync(artifacts).sort()).toEqual([release, 'current'].sort());
    });

    test('and trains anew where anything else is other', async () => {
      for (const other of [
        { seed: 7 },
        { models: ['linear'] },
        { params: { xgboost: { max_depth: 2 } } },
        { holdoutRows: [1, 2, 3] },
      ]) {
        const { stages, options, onProgress } = setting();
        await train(options);
        await train({ ...options, ...other, threshold: 0, onProgress });
        expect(stages).toContain('evaluated');
      }
    });
  });
});

describe('a candidate that fails', () => {
  test('is listed with its reason, and the others go on', async () => {
    const folder = writeHouses(
      temporaryFolder(),
      houseRows(60).map((row) => row.replace(/[^,]*$/, (price) => String(Number(price) / 1e3))),
    );
    const { leaderboard, verdict, release } = await train({
      dataset: folder,
      artifacts: join(folder, 'artifacts'),
      models: ['gradient_boosting', 'linear'],
      params: { gradient_boosting: { learning_rate: 100, n_estimators: 200, max_depth: 1 } },
    });
    expect(leaderboard).toMatchObject([
      { status: 'scored', model: 'linear' },
      { status: 'failed', model: 'gradient_boosting', reason: expect.stringMatching(/^boosting diverges/) },
    ]);
    expect(verdict.released).toBe(true);
    const { manifest } = await readRelease(join(folder, 'artifacts'));
    expect(manifest.leaderboard).toEqual(leaderboard);
    expect((await loadPredictor(join(folder, 'artifacts'))).release).toBe(release);
  });

  test('on the training rows or on the held-out ones gives way to the next', async () => {
    const folder = temporaryFolder();
    const column = (name: string) => ({ name, title: name, kind: 'numeric' });
    const declaration = { name: 't', title: 'T', file: 't.csv', target: 'y', columns: ['x', 'y'].map(column) };
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
    // Twice the slope takes the first row, which is held out, past the largest number; a tree stays within what it saw.
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i < 20 ? 2 * i : 80}`);
    writeFileSync(join(folder, 't.csv'), ['x,y', '1e308,80', '3,6', ...rows, ''].join('\n'));
    const result = await train({
      dataset: folder,
      artifacts: join(folder, 'artifacts'),
      models: ['linear', 'decision_tree', 'mean'],
      holdoutRows: [0, 1],
    });
    expect(result.chosen).toBe('decision_tree');
    expect(result.verdict.released).toBe(true);
    expect((await loadPredictor(join(folder, 'artifacts'))).predict({ x: 1e308 })).toBe(80);
  });

  test('alone leaves nothing to release, which is a verdict like others', async () => {
    const folder = writeHouses(temporaryFolder());
    const result = await train({
      dataset: folder,
      artifacts: join(folder, 'artifacts'),
      models: ['gradient_boosting'],
      params: { gradient_boosting: { learning_rate: 100, n_estimators: 400, max_depth: 1 } },
      threshold: -99,
    });
    expect(result).toMatchObject({
      release: null,
      path: null,
      chosen: null,
      holdout: null,
      baseline: { status: 'scored' },
    });
    expect(result.verdict).toEqual({
      released: false,
      reason: expect.stringMatching(/^no model could be trained\. gradient_boosting: boosting diverges/),
    });
    expect(existsSync(join(folder, 'artifacts'))).toBe(false);
  });
});

test('the order of the models makes no difference to the release, ties included', async () => {
  const folder = writeHouses(temporaryFolder());
  const same = { criterion: 'friedman_mse', max_depth: 1 };
  const trained = async (models: string[]) =>
    train({
      dataset: folder,
      artifacts: join(temporaryFolder(), 'artifacts'),
      models,
      // A forest of one tree on all rows is a tree: they tie.
      params: {
        random_forest: { n_estimators: 1, bootstrap: false, max_features: null, max_depth: 1 },
        decision_tree: { max_depth: 1 },
        gradient_boosting: same,
      },
      threshold: -9,
    });
  const orders = [
    ['decision_tree', 'random_forest', 'gradient_boosting', 'knn'],
    ['knn', 'gradient_boosting', 'random_forest', 'decision_tree'],
  ];
  const [one, other] = await Promise.all(orders.map(trained));
  expect(other?.release).toBe(one?.release);
  expect(other).toEqual({ ...one, path: other?.path });
  const r2 = new Map(one?.leaderboard.map((entry) => [entry.model, entry.status === 'scored' ? entry.cv.r2 : 0]));
  expect(r2.get('decision_tree')).toBe(r2.get('random_forest'));
  const names = one?.leaderboard.map(({ model }) => model) ?? [];
  expect(names.indexOf('random_forest') - names.indexOf('decision_tree')).toBe(1);
});
