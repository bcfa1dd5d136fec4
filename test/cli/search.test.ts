import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../../ml/core/random.ts';
import { start } from '../processes.ts';
import { houseFolder, json, run } from './house-folder.ts';

/** Houses whose price no model predicts exactly, so that candidates differ. */
function noisyHouses(n: number) {
  const random = createRandom(3);
  const rows = Array.from({ length: n }, () => {
    const [area, rooms] = [20 + random.below(200), 1 + random.below(9)];
    const heating = ['gas', 'heat pump', 'none'][random.below(3)] as string;
    const price = 2 * area + rooms * rooms + (heating === 'heat pump' ? 30 : 0) + 40 * random.uniform();
    return `${area},${rooms},${heating},${price.toFixed(2)}`;
  });
  return houseFolder(rows);
}

/** A search that takes a second or two. */
const search = ['--models', 'ridge,knn,decision_tree,xgboost', '--strategy', 'random', '--trials', '4'];

const journalIn = (artifacts: string) => {
  const [name] = existsSync(`${artifacts}/search`) ? readdirSync(`${artifacts}/search`) : [];
  return name === undefined ? undefined : `${artifacts}/search/${name}/trials.jsonl`;
};
const linesIn = (artifacts: string) => {
  const journal = journalIn(artifacts);
  return journal && existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean) : [];
};

test.each([
  ['random', search, 150],
  ['auto', ['--models', 'ridge,knn,xgboost', '--folds', '2'], 150],
  ['halving', ['--models', 'ridge,decision_tree', '--strategy', 'halving', '--trials', '9'], 700],
])(
  'a search (%s) comes to the same bytes with any number of workers, and again from its release',
  async (name, how, rows) => {
    const { at, options } = noisyHouses(rows);
    const trained = async (workers: string) => {
      const path = at(`by-${workers}.json`);
      const outcome = await run('train', ...options, ...how, '--workers', workers, '--json', path);
      expect(outcome).toMatchObject({ code: 0 });
      return json(path);
    };
    const [one, two] = [await trained('1'), await trained('2')];
    expect(two.release).toBe(one.release);
    const { manifest } = { manifest: json(at('artifacts/current/manifest.json')) };
    expect(manifest.trials.length).toBeGreaterThan(name === 'halving' ? 1 : 12);
    expect(manifest.plan).toMatchObject({ search: name, trials: { random: 4, auto: null, halving: 9 }[name] });
    // Those that were given up are recorded too, and tried again.
    expect(manifest.partialTrials.length > 0).toBe(name !== 'random');
    expect(one.why).toMatch(/by cross-validation/);

    const again = await run('train', '--like', at('artifacts/current'), '--json', at('again.json'));
    expect(again).toMatchObject({ code: 0, stdout: `The same, bit for bit: ${one.release}\n` });
    expect(json(at('again.json'))).toEqual({
      release: one.release,
      repeated: one.release,
      isSame: true,
      differences: [],
    });
  },
);

test('a search that is killed is taken up without repeating a trial, and comes to the same bytes', async () => {
  const { at, options } = noisyHouses(150);
  const whole = await run('train', ...options, ...search, '--json', at('whole.json'));
  expect(whole).toMatchObject({ code: 0 });

  const killed = ['--dataset', at(''), '--artifacts', at('killed')];
  // Just before the sixth time that it notes a trial.
  const kill = { KILL_AT_APPEND: '6' };
  const running = start(
    ['--import', './test/ml/kill-at-write.ts', 'cli/plumbline.ts', 'train', ...killed, ...search],
    kill,
  );
  expect(await running.exit).toMatchObject({ signal: 'SIGKILL' });
  const before = linesIn(at('killed'));
  expect(before.length).toBeGreaterThan(1);
  expect(before.length).toBeLessThan(17);
  // A line that was being written.
  writeFileSync(journalIn(at('killed')) as string, `${before.join('\n')}\n{"fit":"half a li`);

  const resumed = await run('train', ...killed, ...search, '--resume', '--json', at('resumed.json'));
  expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining(`${before.length} trials are known`) });
  expect(json(at('resumed.json')).release).toBe(json(at('whole.json')).release);
  const after = linesIn(at('killed'));
  expect(after.slice(0, before.length)).toEqual(before);
  const fits = after.map((line) => JSON.parse(line).fit);
  expect(new Set(fits).size).toBe(fits.length);

  expect(await run('train', ...killed, ...search, '--seed', '7', '--resume')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/there is no interrupted search .* give the options that were given then/),
  });
});

test('the same search twice at once comes to the same, twice', async () => {
  const { at, options } = noisyHouses(150);
  const trained = (name: string) => run('train', ...options, ...search, '--json', at(name));
  const outcomes = await Promise.all([trained('one.json'), trained('two.json')]);
  expect(outcomes.map(({ code, stderr }) => [code, code === 0 ? '' : stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(json(at('one.json')).release).toBe(json(at('two.json')).release);
});

test('a budget ends a search, which makes do with what it has found', async () => {
  const { at, options } = noisyHouses(150);
  const endless = ['--strategy', 'random', '--trials', '5000', '--models', 'ridge,xgboost'];
  const outcome = await run(
    'train',
    ...options,
    ...endless,
    '--budget',
    '4s',
    '--workers',
    '1',
    '--json',
    at('result.json'),
  );
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('Released') });
  const tried = json(at('artifacts/current/manifest.json')).trials.length;
  expect(tried).toBeGreaterThan(1);
  expect(tried).toBeLessThan(5000);
  // What time allowed differs from run to run; what it came to does not.
  expect(await run('train', '--like', at('artifacts/current'))).toMatchObject({ code: 0 });
  expect(await run('train', ...options, '--budget', 'soon')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('It must be a time: 60s, 10m or 2h.'),
  });
});

test('Ctrl-C ends a search with what it has found; twice it quits', async () => {
  const { at, options } = noisyHouses(150);
  const endless = ['train', ...options, '--strategy', 'random', '--trials', '5000', '--models', 'ridge,xgboost'];
  const once = start(['cli/plumbline.ts', ...endless]);
  while (linesIn(at('artifacts')).length < 2) await setTimeout(5);
  once.signal('SIGINT');
  expect(await once.exit).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Stopping: what was found so far is used.'),
    stdout: expect.stringContaining('Released'),
  });

  // What was found is a forest that takes a while to be fitted on all rows.
  writeFileSync(at('params.json'), '{"random_forest": {"n_estimators": 3000}}');
  const forests = ['--models', 'random_forest', '--params', at('params.json'), '--folds', '2'];
  const artifacts = ['--dataset', at(''), '--artifacts', at('others')];
  const twice = start(['cli/plumbline.ts', 'train', ...artifacts, '--strategy', 'random', ...forests]);
  while (linesIn(at('others')).length < 1) await setTimeout(5);
  twice.signal('SIGINT');
  await twice.said(/Stopping/);
  twice.signal('SIGINT');
  expect(await twice.exit).toMatchObject({ code: 130, stdout: '' });
  expect(existsSync(at('others/current'))).toBe(false);
});

test.each([
  [['--no-tune', '--strategy', 'grid'], /--no-tune tries each model once/],
  [['--preset', 'scenario', '--models', 'ridge'], /the preset has no ridge; it has: linear, knn/],
  [['--preset', 'scenery'], /Allowed choices are scenario, scenario-losses/],
  [['--workers', '0', '--no-tune'], /the number of workers is 0; it must be a whole number from 1 to 1024/],
  [['--workers', '1.5'], /the number of workers is 1.5/],
  [['--strategy', 'grid', '--trials', '3'], /only the strategies random and halving take a number of trials/],
  [['--folds', '1'], /the number of folds is 1; it must be a whole number from 2 to 100/],
  [['--no-tune', '--resume'], /there is no search to resume/],
])('%j is refused', async (args, message) => {
  const { options } = houseFolder();
  expect(await run('train', ...options, ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});
