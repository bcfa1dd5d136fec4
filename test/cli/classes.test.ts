import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HouseTarget, writeHouseClasses } from '../house-classes.ts';
import { temporaryFolder } from '../temporary.ts';
import { json, run } from './house-folder.ts';

function classFolder(target: HouseTarget, roles?: Parameters<typeof writeHouseClasses>[2]) {
  const folder = writeHouseClasses(temporaryFolder(), target, roles);
  const at = (name: string) => join(folder, name);
  return { at, options: ['--dataset', folder, '--artifacts', at('artifacts')] };
}

const metrics = ['log_loss', 'skill', 'brier', 'accuracy', 'balanced_accuracy', 'f1', 'roc_auc', 'average_precision'];
const rowsIn = (path: string) => readFileSync(path, 'utf8').trim().split('\n').slice(1);
const countsIn = (path: string) => {
  const counts = Map.groupBy(rowsIn(path), (row) => row.split(',').at(-1) as string);
  return Object.fromEntries([...counts].map(([level, rows]) => [level, rows.length]));
};

describe.each(['dear', 'band'] as const)('a target of classes (%s)', (target) => {
  test('is trained, scored, released and repeated bit by bit', async () => {
    const { at, options } = classFolder(target);
    const { code, stdout, stderr } = await run(
      ...['train', '--no-tune', ...options, '--models', 'xgboost,class_shares', '--json', at('training.json')],
    );
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`House prices: 240 rows to learn ${target} from, 60 held out`),
    });
    expect(stdout).toMatch(/model +log loss \(5 folds\) +skill +accuracy +ROC AUC/);
    expect(stdout).toMatch(/Verdict: xgboost, .* has skill 0\.\d+ on the held-out rows; at least 0\.05 was asked/);
    const result = json(at('training.json'));
    expect(result.task).toBe(target === 'dear' ? 'binary' : 'multiclass');
    expect(Object.keys(result.holdout)).toEqual(metrics);
    expect(Object.keys(result.leaderboard[0].cv)).toEqual([...metrics, 'log_loss_sd']);
    expect(result.baseline).toMatchObject({ model: 'class_shares', status: 'scored' });
    const manifest = json(at('artifacts/current/manifest.json'));
    expect(manifest.plan.task).toBe(result.task);
    expect(manifest.positive).toBe(target === 'dear' ? 'yes' : undefined);
    expect(manifest.data.shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1, 12);

    const [all, held] = ['data', 'test'].map((name) => countsIn(at(`artifacts/current/${name}.csv`)));
    for (const [level, count] of Object.entries(all ?? {}))
      expect(Math.abs((held?.[level] ?? 0) - count / 5)).toBeLessThan(1);

    const again = await run('train', '--like', at('artifacts/current'));
    expect(again.stdout).toContain('The same, bit for bit');
    const shown = await run('releases', 'show', 'current', ...options);
    expect(shown.stdout).toContain('skill 0.');
  });
});

test('another metric and another gate are recorded, and a training by others is another', async () => {
  const { at, options } = classFolder('dear');
  const train = (...more: string[]) =>
    run('train', '--no-tune', ...options, '--models', 'xgboost', '--json', at('training.json'), ...more);
  const asked = ['--metric', 'f1', '--gate', 'roc_auc', '--threshold', '0.7'];
  expect((await train(...asked)).stdout).toMatch(
    /F1 \(macro\) \(5 folds\)[\s\S]*ROC AUC [01]\.\d+ on the held-out rows; at least 0\.7 was asked/,
  );
  expect(json(at('training.json')).plan).toMatchObject({ metric: 'f1', gate: 'roc_auc' });
  expect(json(at('training.json')).leaderboard[0].cv).toHaveProperty('f1_sd');
  expect((await train(...asked, '--if-changed')).stderr).toContain('Neither data, options nor code have changed');
  expect((await train('--metric', 'accuracy', '--if-changed')).stderr).not.toContain('have changed');
  expect(await train('--gate', 'accuracy')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the gate accuracy has no threshold of its own: name one (--threshold)'),
  });
  expect(await train('--metric', 'r2')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'there is no metric "r2" for a target that is one of two classes; there are: log_loss, ',
    ),
  });
  expect(await train('--models', 'linear')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('linear does not learn classes'),
  });
});

test('rows of a declared group stay together, and the level of interest is the declared one', async () => {
  const { at, options } = classFolder('dear', { group: 'rooms', positive: 'no' });
  const { code } = await run('train', '--no-tune', ...options, '--models', 'xgboost');
  expect(code).toBe(0);
  const [train, held] = ['train', 'test'].map(
    (name) => new Set(rowsIn(at(`artifacts/current/${name}.csv`)).map((row) => row.split(',')[1])),
  );
  expect((train as Set<string>).isDisjointFrom(held as Set<string>)).toBe(true);
  expect(json(at('artifacts/current/manifest.json')).positive).toBe('no');
});

test('a class of one row is learned from, and rows without a class are dropped', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${20 + i},${1 + (i % 9)},gas,${['low', 'middle', ''][i % 3]}`);
  const { at, options } = classFolder('band', { rows: [...rows, '90,4,none,top'] });
  const { code, stderr } = await run('train', '--no-tune', ...options, '--models', 'class_shares', '--threshold', '-1');
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('20 rows dropped: their band is empty'),
  });
  expect(countsIn(at('artifacts/current/train.csv'))).toMatchObject({ top: 1 });
  expect(countsIn(at('artifacts/current/test.csv'))).not.toHaveProperty('top');
});
