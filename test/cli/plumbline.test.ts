import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shellWord } from '../../ml/core/shell-word.ts';
import { taskKinds } from '../../ml/data/task-kind.ts';
import { estimatorNames, estimatorNamesOf } from '../../ml/estimators/index.ts';
import project from '../../package.json' with { type: 'json' };
import { houseHeader } from '../houses.ts';
import { startCommand } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import { houseFolder, json, run, trainedFolder } from './house-folder.ts';

describe('predict', () => {
  const { at, predict } = trainedFolder();

  test('a record comes by flags or as JSON; the result is printed, and written for programs', async () => {
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
    writeFileSync(at('in.csv'), `${houseHeader}\n100,3,gas,\n`);
    const { code, stdout } = await predict('--csv', at('in.csv'), '--out', at('out.csv'), '--json', at('c.json'));
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 predictions of price') });
    expect(readFileSync(at('out.csv'), 'utf8')).toMatch(/^area,rooms,heating,price,prediction\n100,3,gas,,21[45]/);
    expect(json(at('c.json'))).toMatchObject({ target: 'price', rows: 1, out: at('out.csv'), problem_column: null });
  });

  test('mistakes say what would be right', async () => {
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
  const training = ['train', '--no-tune', '--models', 'linear', ...options];
  expect(await run(...training, '--json', at('new/folder/training.json'))).toMatchObject({ code: 0 });
  expect(existsSync(at('new/folder/training.json'))).toBe(true);
});

test('a folder of releases that is none is told as that, before anything is trained', async () => {
  const { at, options } = houseFolder();
  writeFileSync(at('file'), '');
  const { code, stderr } = await run('train', '--no-tune', ...options, '--artifacts', at('file'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/Error: .*file cannot hold releases: it, or what it is in, is not a folder/);
  expect(stderr).not.toContain('cross-validated');
  expect(stderr).not.toMatch(/^ +at /m);
});

test('models lists every estimator with what it learns and its parameters', async () => {
  const file = join(temporaryFolder(), 'models.json');
  const { stdout } = await run('models', '--json', file);
  const all: { model: string; tasks: string[]; params: object }[] = json(file);
  expect([...new Set(all.map(({ model }) => model))]).toEqual(estimatorNames);
  for (const task of taskKinds)
    expect(all.filter(({ tasks }) => tasks.includes(task)).map(({ model }) => model)).toEqual(estimatorNamesOf(task));
  expect(all.find(({ model }) => model === 'knn')).toMatchObject({
    params: { n_neighbors: { type: 'integer', default: 5, min: 1, max: 1000 } },
  });
  expect(stdout).toMatch(/n_neighbors +5 +a whole number from 1 to 1000/);
  expect(stdout).toContain('logistic: Logistic regression (binary, multiclass)');
});

test('models lists those that learn a task', async () => {
  const file = join(temporaryFolder(), 'models.json');
  const { stdout } = await run('models', '--task', 'binary', '--json', file);
  expect(json(file).map(({ model }: { model: string }) => model)).toEqual(estimatorNamesOf('binary'));
  expect(stdout).not.toContain('ridge');
});

test.each([
  ['train', 'train'],
  ['predict', 'predict'],
  ['models', 'models'],
  ['image build', 'image'],
  ['image smoke', 'image:smoke'],
  ['image scan', 'image:scan'],
  ['image push', 'image:push'],
  ['release reuse', 'release:reuse'],
  ['cost', 'cost'],
  ['live', 'live'],
  ['github setup', 'github:setup'],
  ['github check', 'github:check'],
  ['runner register', 'runner:register'],
  ['report', 'report'],
  ['releases', 'releases'],
  ['bench', 'bench'],
])('%s --help shows examples, and npm run %s is it', async (command, script) => {
  const { code, stdout } = await run(...command.split(' '), '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples:\\n  .*npm run ${script}\\b`));
  expect(project.scripts).toHaveProperty([script], `node cli/plumbline.ts ${command}`);
});

test.each([[['fly']], [['image', 'fly']], [['live']], [['image', 'push']], [['train', '--colour']]])(
  'what is asked wrongly exits with 2 and says where to look: %s',
  async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*\n(.*\n)?\(--help shows examples\)\n$/);
  },
);

test('whoever reads no further gets no stack trace', async () => {
  const { stderr } = await startCommand('sh', ['-c', `${process.execPath} cli/plumbline.ts models | true`]).exit;
  expect(stderr).toBe('');
});

test('nor does it end otherwise where nobody reads what is told meanwhile', async () => {
  const { options } = houseFolder();
  const train = `cli/plumbline.ts train --models linear --no-tune ${options.map(shellWord).join(' ')}`;
  const command = `"$0" ${train} 2>&1 >/dev/null | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout } = await startCommand('bash', ['-c', command, process.execPath]).exit;
  expect(stdout).toBe('141\n');
});
