import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../ml/random.ts';
import { lineUp, regressorNames } from '../../ml/regressors/index.ts';
import { houseHeader, writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

const run = (...args: string[]) => start(['ml/cli.ts', ...args]).exit;
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** A folder with a data set, and what every training in it has in common. */
function houseFolder(rows?: string[]): { folder: string; at: (name: string) => string; options: string[] } {
  const folder = writeHouses(temporaryFolder(), rows);
  const at = (name: string) => join(folder, name);
  return { folder, at, options: ['--dataset', folder, '--artifacts', at('artifacts')] };
}

describe('train', () => {
  test('prints the scores and writes the same for programs', async () => {
    const { at, options } = houseFolder();
    const { code, stdout, stderr } = await run(
      'train',
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

  test('below the gate it releases nothing, says what was tried, and exits with 1', async () => {
    const random = createRandom(1);
    const noise = Array.from({ length: 60 }, (_, i) => `${20 + i},${1 + (i % 5)},gas,${random.below(100)}`);
    const { at, options } = houseFolder(noise);
    const { code, stdout } = await run('train', ...options, '--json', at('training.json'));
    expect(code).toBe(1);
    for (const model of lineUp) expect(stdout).toMatch(new RegExp(`${model} +-?\\d`));
    expect(stdout).toMatch(/Nothing is released: the holdout R² -?\d.* is below the threshold 0\.6/);
    expect(existsSync(at('artifacts'))).toBe(false);
    expect(json(at('training.json'))).toMatchObject({ release: null, path: null });
  });

  test('bad data is listed by column and kind, and exits with 1 and nothing written', async () => {
    const { at, options } = houseFolder([...Array.from({ length: 30 }, () => '1,2,gas,3'), '50,2,oil,3']);
    const { code, stderr } = await run('train', ...options);
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
    await run('train', ...options, '--holdout-rows', at('array.json'), '--json', at('a.json'));
    await run('train', ...options, '--holdout-rows', at('object.json'), '--json', at('b.json'));
    expect(json(at('a.json')).release).toBe(json(at('b.json')).release);
    expect(json(join(json(at('a.json')).path, 'manifest.json')).data).toMatchObject({
      train: 57,
      test: 3,
      split: 'given',
    });
    writeFileSync(at('wrong.json'), '{"rows": [1]}');
    expect(await run('train', ...options, '--holdout-rows', at('wrong.json'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('an array of row numbers'),
    });
  });

  test('--if-missing does nothing where there is a release', async () => {
    const { at, options } = houseFolder();
    await run('train', ...options, '--if-missing', '--json', at('first.json'));
    const second = await run('train', ...options, '--if-missing', '--seed', '7', '--json', at('second.json'));
    expect(second).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(at('first.json'))).toBe(true);
    expect(existsSync(at('second.json'))).toBe(false);
  });

  test('--params fixes parameters by name', async () => {
    const { at, options } = houseFolder();
    writeFileSync(at('params.json'), '{"knn": {"n_neighbors": 3, "weights": "distance"}}');
    const args = [...options, '--models', 'knn', '--params', at('params.json')];
    expect(await run('train', ...args, '--json', at('result.json'))).toMatchObject({ code: 0 });
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
    const outcome = await run('train', ...options, '--params', at('params.json'));
    expect(outcome).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });

  test.each([
    [['--models', 'linear,xgbost'], /no regressor "xgbost"; there are: linear, /],
    [['--seed', 'x'], /must be a number/],
    [['--bogus'], /unknown option/],
  ])('%j is a mistake of the command line: exit 2', async (args, message) => {
    expect(await run('train', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});

describe('predict', () => {
  const trained = async () => {
    const house = houseFolder();
    await run('train', ...house.options, '--models', 'linear');
    return { ...house, predict: (...args: string[]) => run('predict', '--artifacts', house.at('artifacts'), ...args) };
  };

  test('a record comes by flags or as JSON; the result is printed, and written for programs', async () => {
    const { at, predict } = await trained();
    const flags = await predict('--area', '100', '--rooms=3', '--heating', 'heat pump', '--json', at('a.json'));
    expect(flags).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Price: 245 k€ \(release [0-9a-f]{12}\)\n$/),
    });
    expect(json(at('a.json'))).toEqual({
      prediction: expect.closeTo(245, 9),
      target: 'price',
      release: expect.any(String),
    });
    const record = await predict(
      '--record',
      '{"heating": "heat pump", "rooms": 3, "area": 100}',
      '--json',
      at('b.json'),
    );
    expect(record.stdout).toBe(flags.stdout);
    expect(json(at('b.json'))).toEqual(json(at('a.json')));
  });

  test('a CSV gains a column', async () => {
    const { at, predict } = await trained();
    writeFileSync(at('in.csv'), `${houseHeader}\n100,3,gas,\n`);
    const { code, stdout } = await predict('--csv', at('in.csv'), '--out', at('out.csv'), '--json', at('c.json'));
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 predictions of price') });
    expect(readFileSync(at('out.csv'), 'utf8')).toMatch(/^area,rooms,heating,price,prediction\n100,3,gas,,21[45]/);
    expect(json(at('c.json'))).toMatchObject({ target: 'price', rows: 1, out: at('out.csv'), problem_column: null });
  });

  test('mistakes say what would be right', async () => {
    const { at, predict } = await trained();
    const cases: [string[], number, RegExp][] = [
      [[], 2, /--area +a number from 10 to 500/],
      [['--aera', '100'], 2, /Unknown option '--aera'\. The fields are: --area --rooms --heating/],
      [['--area', '100', '--area', '50'], 2, /--area is given twice/],
      [['--record', '{'], 2, /--record is not JSON/],
      [['--record', '{}', '--area', '3'], 2, /give one of/],
      [['--record', '7'], 1, /\n {2}must be an object with the fields: area, rooms, heating\n$/],
      [['--csv', at('in.csv')], 2, /--csv and --out go together/],
      [['--area', '5', '--rooms', '3'], 1, /area: must be a number from 10 to 500\n {2}heating: is required: one of/],
    ];
    for (const [args, code, message] of cases) {
      expect(await predict(...args), args.join(' ')).toMatchObject({
        code,
        stdout: '',
        stderr: expect.stringMatching(message),
      });
    }
    expect(await run('predict', '--artifacts', at('none'), '--area', '3')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Train one: npm run train'),
    });
  });
});

test('a folder for a result is made', async () => {
  const { at, options } = houseFolder();
  expect(await run('train', ...options, '--json', at('new/folder/training.json'))).toMatchObject({ code: 0 });
  expect(existsSync(at('new/folder/training.json'))).toBe(true);
});

test('what the file system refuses is told in its words, without a stack', async () => {
  const { at, options } = houseFolder();
  writeFileSync(at('file'), '');
  const { code, stderr } = await run('train', ...options, '--artifacts', at('file'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/Error: EEXIST|Error: ENOTDIR/);
  expect(stderr).not.toMatch(/^ +at /m);
});

test('models lists every regressor with its parameters', async () => {
  const file = join(temporaryFolder(), 'models.json');
  const { stdout } = await run('models', '--json', file);
  expect(json(file).map(({ model }: { model: string }) => model)).toEqual(regressorNames);
  expect(json(file).find(({ model }: { model: string }) => model === 'knn')).toMatchObject({
    params: { n_neighbors: { type: 'integer', default: 5, min: 1, max: 1000 } },
  });
  expect(stdout).toMatch(/n_neighbors +5 +a whole number from 1 to 1000/);
});

test.each(['train', 'predict', 'models'])('%s --help shows examples', async (command) => {
  const { code, stdout } = await run(command, '--help');
  expect(code).toBe(0);
  expect(stdout).toContain(`Examples:\n  npm run ${command}`);
});
