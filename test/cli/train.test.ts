import { existsSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../ml/core/random.ts';
import { defaultCandidates } from '../../ml/estimators/index.ts';
import { houseFolder, json, run } from './house-folder.ts';

describe('train', () => {
  test('prints the scores and writes the same for programs', async () => {
    const { at, options } = houseFolder();
    const { code, stdout, stderr } = await run(
      'train',
      '--no-tune',
      ...options,
      '--models',
      'linear,knn',
      '--json',
      at('training.json'),
    );
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('House prices: 48 rows to learn price from, 12 held out'),
    });
    const result = json(at('training.json'));
    expect(result).toMatchObject({
      chosen: 'linear',
      path: at(`artifacts/${result.release}`),
      holdout: { r2: expect.closeTo(1, 9), rmse: expect.any(Number), mae: expect.any(Number) },
    });
    expect(result.leaderboard).toMatchObject([
      { model: 'linear', cv: { r2: expect.closeTo(1, 9) }, params: {} },
      { model: 'knn', cv: { r2: expect.any(Number) }, params: { n_neighbors: 5 } },
    ]);
    expect(stdout).toContain(`Released ${result.release}`);
    expect(stdout).toMatch(/linear +1\.0000 ±/);
  });

  test('warns once of a model that has not converged, and what to do', async () => {
    const { at, options } = houseFolder();
    writeFileSync(at('params.json'), JSON.stringify({ lasso: { max_iter: 1, alpha: 0.001 } }));
    const { code, stderr } = await run(
      'train',
      '--no-tune',
      ...options,
      '--models',
      'lasso,ridge',
      '--params',
      at('params.json'),
    );
    expect(code).toBe(0);
    expect(stderr.match(/Warning: .*/g)).toEqual([
      expect.stringMatching(/^Warning: lasso: it has not converged within max_iter 1: .*; raise max_iter or tol/),
    ]);
  });

  test('below the gate it releases nothing, says what was tried, and exits with 1', async () => {
    const random = createRandom(1);
    const noise = Array.from({ length: 60 }, (_, i) => `${20 + i},${1 + (i % 5)},gas,${random.below(100)}`);
    const { at, options } = houseFolder(noise);
    const { code, stdout } = await run('train', '--no-tune', ...options, '--json', at('training.json'));
    expect(code).toBe(1);
    for (const model of defaultCandidates('regression')) expect(stdout).toMatch(new RegExp(`${model} +-?\\d`));
    expect(stdout).toMatch(
      /Nothing is released: elastic_net, .* has R² -0\.\d{4} on the held-out rows, below the threshold 0\.6\n$/,
    );
    expect(existsSync(at('artifacts'))).toBe(false);
    const { release, path, verdict } = json(at('training.json'));
    expect({ release, path, released: verdict.released }).toEqual({ release: null, path: null, released: false });
    expect(stdout).toContain(`Nothing is released: ${verdict.reason}\n`);
  });

  test('bad data is listed by column and kind, and exits with 1 and nothing written', async () => {
    const { at, options } = houseFolder([...Array.from({ length: 30 }, () => '1,2,gas,3'), '50,2,oil,3']);
    const { code, stderr } = await run('train', '--no-tune', ...options);
    expect(code).toBe(1);
    expect(stderr).toContain('houses.csv has 31 problems; nothing was written');
    expect(stderr).toContain(
      '\n  area: 30 values are not a number from 10 to 500: "1" (30 times, first on line 2)\n  line 32, heating: "oil" is not one of',
    );
    expect(existsSync(at('artifacts'))).toBe(false);
  });

  test('holdout rows come from an array or from under "test"', async () => {
    const { at, options } = houseFolder();
    writeFileSync(at('array.json'), '[0, 1, 2]');
    writeFileSync(at('object.json'), '{"train": [9], "test": [0, 1, 2]}');
    await run('train', '--no-tune', ...options, '--holdout-rows', at('array.json'), '--json', at('a.json'));
    await run('train', '--no-tune', ...options, '--holdout-rows', at('object.json'), '--json', at('b.json'));
    expect(json(at('a.json')).release).toBe(json(at('b.json')).release);
    expect(json(join(json(at('a.json')).path, 'manifest.json')).data).toMatchObject({
      train: 57,
      test: 3,
      split: 'given',
    });
    writeFileSync(at('wrong.json'), '{"rows": [1]}');
    expect(await run('train', '--no-tune', ...options, '--holdout-rows', at('wrong.json'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('an array of row numbers'),
    });
  });

  test('--if-missing does nothing where there is a release', async () => {
    const { at, options } = houseFolder();
    await run('train', '--no-tune', ...options, '--if-missing', '--json', at('first.json'));
    const second = await run(
      'train',
      '--no-tune',
      ...options,
      '--if-missing',
      '--seed',
      '7',
      '--json',
      at('second.json'),
    );
    expect(second).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(at('first.json'))).toBe(true);
    expect(existsSync(at('second.json'))).toBe(false);
  });

  test('--if-missing trains anew, and says why, where the release that is there cannot be used', async () => {
    const { at, options } = houseFolder();
    const args = ['train', '--no-tune', ...options, '--models', 'linear', '--if-missing'];
    await run(...args, '--json', at('first.json'));
    const { release } = json(at('first.json'));
    const damages = [
      () => truncateSync(at(`artifacts/${release}/model.json`), 9),
      () => renameSync(at(`artifacts/${release}`), at('artifacts/elsewhere')),
      () => writeFileSync(at(`artifacts/${release}/manifest.json`), '{"format": 1}'),
    ];
    for (const damage of damages) {
      damage();
      const { code, stdout, stderr } = await run(...args);
      expect(stderr).toMatch(
        /^The release in use cannot be used, so a new one is trained: .*(truncated|not exist|format 1)/,
      );
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`Released ${release}`) });
      expect(
        await run('predict', '--artifacts', at('artifacts'), '--area', '50', '--rooms', '2', '--heating', 'gas'),
      ).toMatchObject({ code: 0 });
    }
  });

  test('what only the threshold holds back is released by the command that is named, at once', async () => {
    const random = createRandom(1);
    const rows = Array.from({ length: 60 }, (_, i) => `${20 + i},${1 + (i % 5)},gas,${3 * i + 100 * random.uniform()}`);
    const { at, options } = houseFolder(rows);
    const held = await run(
      'train',
      '--no-tune',
      ...options,
      '--models',
      'linear,knn',
      '--seed',
      '7',
      '--threshold',
      '0.99',
    );
    expect(held.code).toBe(1);
    const [, args = ''] = /To release it all the same: npm run train -- (.*)\n/.exec(held.stdout) ?? [];
    expect(args).toBe(
      `--dataset ${at('')} --models linear,knn --no-tune --seed 7 --artifacts ${at('artifacts')} --threshold 0.${args.at(-1)}`.replace(
        '/ ',
        ' ',
      ),
    );
    expect(held.stdout).toContain(`npm pkg set plumbline.threshold=0.${args.at(-1)} --json`);
    expect((await run('train', ...args.split(' '), '--if-missing')).stdout).toContain('Released');
    expect((await run('train', '--no-tune', ...options, '--if-missing')).stdout).toBe('');
  });

  test('parameters of a model that is not tried are told of', async () => {
    const { at, options } = houseFolder();
    writeFileSync(at('params.json'), '{"knn": {"n_neighbors": 3}, "linear": {}}');
    const { stderr } = await run('train', '--no-tune', ...options, '--models', 'linear', '--params', at('params.json'));
    expect(stderr).toMatch(/^Warning: there are parameters for models that are not tried: knn$/m);
  });

  test('--params fixes parameters by name', async () => {
    const { at, options } = houseFolder();
    writeFileSync(at('params.json'), '{"knn": {"n_neighbors": 3, "weights": "distance"}}');
    const args = [...options, '--models', 'knn', '--params', at('params.json')];
    expect(await run('train', '--no-tune', ...args, '--json', at('result.json'))).toMatchObject({ code: 0 });
    expect(json(at('result.json'))).toMatchObject({
      leaderboard: [{ params: { n_neighbors: 3, weights: 'distance', p: 2 } }],
    });
  });

  test.each([
    ['[1]', 1, /must be an object of models/],
    ['{"knn": 3}', 1, /must be an object of models/],
    ['{"knn": {"n_neighbors": 3.5}}', 2, /knn's n_neighbors is 3\.5; it must be a whole number from 1 to 1000/],
  ])('parameters %s are refused', async (text, code, message) => {
    const { at, options } = houseFolder();
    writeFileSync(at('params.json'), text);
    const outcome = await run('train', '--no-tune', ...options, '--params', at('params.json'));
    expect(outcome).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });

  test.each([
    [['--models', 'linear,xgbost'], /no model "xgbost"; there are: linear, /],
    [['--seed', 'x'], /must be a number/],
    [['--bogus'], /unknown option/],
  ])('%j is a mistake of the command line: exit 2', async (args, message) => {
    expect(await run('train', '--no-tune', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});
