import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../ml/core/random.ts';
import { singleModel } from '../../ml/estimators/model.ts';
import type { Column } from '../../ml/index.ts';
import { RELEASE_FORMAT } from '../../ml/release/manifest.ts';
import { documentsOf } from '../../ml/release/model.ts';
import { writeRelease } from '../../ml/release/write.ts';
import { houses, writeHouses } from '../houses.ts';
import { meanModel } from '../ml/mean-model.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import { writeWeightedHouses } from '../weighted-houses.ts';

const noActions = { GITHUB_STEP_SUMMARY: '', GITHUB_OUTPUT: '' };
const report = (args: string[], environment = {}) =>
  start(['cli/plumbline.ts', 'report', ...args], { ...noActions, ...environment }).exit;

interface Asked {
  readonly rows?: string[];
  readonly declaration?: unknown;
  readonly args?: string[];
}

/** Trains a linear model, unless `args` say others, in a folder of its own; the result is in its training.json. */
async function train({ rows, declaration = houses, args = ['--models', 'linear'] }: Asked = {}) {
  const folder = writeHouses(temporaryFolder(), rows);
  const at = (name: string) => join(folder, name);
  writeFileSync(at('dataset.json'), JSON.stringify(declaration));
  const places = ['--dataset', folder, '--artifacts', at('artifacts'), '--json', at('training.json')];
  const { code } = await start(['cli/plumbline.ts', 'train', '--no-tune', ...places, ...args]).exit;
  return { at, code, training: at('training.json') };
}

describe('npm run report', () => {
  it('says by what rows count, where they have weights', async () => {
    const folder = writeWeightedHouses(temporaryFolder());
    const [artifacts, training] = [join(folder, 'artifacts'), join(folder, 'training.json')];
    const places = ['--dataset', folder, '--artifacts', artifacts, '--json', training];
    await start(['cli/plumbline.ts', 'train', '--no-tune', ...places, '--models', 'linear']).exit;
    const { stdout } = await report(['--training', training]);
    expect(stdout).toContain('Scores count each row by its weight, `copies`.');
    expect(stdout).toContain('| `copies` **weight** | Copies |');
    expect(stdout).toContain('| `price` **target** | Price |');
  });

  it('tells of a release: verdict, comparison, models, data and image', async () => {
    const { at, training } = await train({ args: ['--models', 'linear,knn,mean'] });
    const main = await train({ args: ['--models', 'knn', '--threshold', '0'] });
    writeFileSync(
      at('image.json'),
      JSON.stringify({
        image: 'plumbline:x',
        id: 'sha256:12ab',
        release: 'r',
        bytes: 260_500_000,
        base_bytes: 220_000_000,
      }),
    );
    const against = ['--against', main.training, '--image', at('image.json')];
    const { code, stdout } = await report(['--training', training, ...against]);
    expect(code).toBe(0);
    const { release, holdout } = JSON.parse(readFileSync(training, 'utf8'));
    const before = JSON.parse(readFileSync(main.training, 'utf8')).holdout;
    const manifest = JSON.parse(readFileSync(at('artifacts/current/manifest.json'), 'utf8'));
    expect(stdout).toContain(`**Released** as \`${release}\`: linear, the best of 3 by cross\\-validation`);
    const [r2, old] = [holdout.r2.toFixed(4), before.r2.toFixed(4)];
    expect(stdout).toContain(`| R² | ${old} | ${r2} | +${(r2 - old).toFixed(4)} better | at least 0.6 |`);
    expect(stdout).toMatch(/\| RMSE \| .* \| −\d+\.\d{3} better \| {2}\|/);
    for (const model of ['\\*\\*linear\\*\\*', 'knn', 'mean'])
      expect(stdout).toMatch(new RegExp(`\\| ${model} \\| -?\\d\\.\\d{4} ±`));
    expect(stdout).toContain('### Whom the model is fit for');
    expect(stdout).toContain('**Fit for** predicting Price of records like the 48 rows that it learned from.');
    expect(stdout).toMatch(
      /On 12 rows that it had never seen, so few that what follows is rough:\n\n- it was off by \*\*[^*]+ k€\*\* on average/,
    );
    expect(stdout).toMatch(/\| Floor area \| `█{20}` \| [\d.]+ k€ \| −\d\.\d{3} ± \d\.\d{3} \|/);
    expect(stdout).toMatch(/- Floor area: below \d+ or above \d+ m²\n/);
    expect(stdout).toContain('### Data: House prices');
    expect(stdout).toContain('| learned from | 48 | `████████████████░░░░` |  |');
    expect(stdout).toContain('| held out | 12 | `████░░░░░░░░░░░░░░░░` | chosen by the seed |');
    expect(stdout).toMatch(
      /\| `area` \| Floor area \| 10 to 500 m² \| mean [\d.]+, deviation [\d.]+, median [\d.]+ m² \| `░*▒+█▒+░+` \|/,
    );
    expect(stdout).toContain('| `heating` | Heating | 3 levels: gas · heat pump · none | most often');
    expect(stdout).toContain('| `price` **target** | Price | at least 0 k€ |');
    expect(stdout).toContain(`sha256:${manifest.data.sha256}`);
    for (const told of ['### Provenance', 'Nothing was left out']) expect(stdout).toContain(told);
    expect(stdout).toMatch(/The whole report, with its pictures: `\S+report\.html`/);
    expect(stdout).toContain('260.5 MB, 40.5 MB over its base; id `sha256:12ab`');
  });

  it('tells what held a model back: the threshold', async () => {
    const random = createRandom(1);
    const noise = Array.from({ length: 60 }, (_, i) => `${20 + i},${1 + (i % 5)},gas,${4 * i + random.below(100)}`);
    const { code, training } = await train({ rows: noise, args: ['--models', 'linear', '--threshold', '0.99'] });
    expect(code).toBe(1);
    const { stdout } = await report(['--training', training]);
    expect(stdout).toMatch(
      /\*\*Held back\*\*: linear has R² 0\.\d{4} on the held\\-out rows, below the threshold 0\.99\. Nothing was released\./,
    );
    expect(stdout).toContain('There is nothing to compare with');
    expect(stdout).toContain('### Models tried');
    expect(stdout).not.toContain('### Data');
    expect(stdout).toContain('No image was built.');
  });

  it('tells what held a model back: that it is no better than the mean', async () => {
    // Next rows have nothing in common, so that a neighbour is the worst to ask.
    const noise = Array.from({ length: 60 }, (_, i) => `${20 + i},3,gas,${i % 2 === 0 ? 0 : 100}`);
    const { training } = await train({ rows: noise, args: ['--threshold', '-99', '--models', 'linear,mean'] });
    const { stdout } = await report(['--training', training]);
    expect(stdout).toMatch(
      /\*\*Held back\*\*: no model does better than predicting the mean \\\(R² over the folds\\: mean \\-/,
    );
  });

  it('tells what failed, and why', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'params.json'),
      '{"gradient_boosting": {"learning_rate": 100, "n_estimators": 400, "max_depth": 1}}',
    );
    const args = ['--params', join(folder, 'params.json'), '--models'];
    const some = await report(['--training', (await train({ args: [...args, 'gradient_boosting,linear'] })).training]);
    expect(some.stdout).toContain('**Released**');
    expect(some.stdout).toContain('| gradient\\_boosting | failed |  |  |  |');
    expect(some.stdout).toMatch(/^- gradient\\_boosting failed: boosting diverges/m);
    const all = await report(['--training', (await train({ args: [...args, 'gradient_boosting'] })).training]);
    expect(all.stdout).toMatch(/\*\*Held back\*\*: no model could be trained\. .*diverges.*Nothing was released\./);
    expect(all.stdout).toContain('| R² | – | – | – | at least 0.6 |');
  });

  it('compares with a training of an earlier version', async () => {
    const { at, training } = await train({ args: ['--models', 'linear'] });
    writeFileSync(
      at('old.json'),
      JSON.stringify({ dataset: 'houses', target: 'price', chosen: 'knn', holdout: { r2: 0.5, rmse: 9, mae: 8 } }),
    );
    const { stdout } = await report(['--training', training, '--against', at('old.json')]);
    expect(stdout).toMatch(/\| R² \| 0\.5000 \| 1\.0000 \| \+0\.5000 better \|/);
  });

  it('says so where training did not end, and where there is nothing to compare with', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await report(['--training', join(folder, 'none.json')]);
    expect(code).toBe(0);
    expect(stdout).toContain('**No verdict**');
    const { at, training } = await train();
    writeFileSync(at('empty.json'), '\n');
    expect((await report(['--training', training, '--against', at('empty.json')])).stdout).toContain(
      'There is nothing to compare with',
    );
  });

  it('compares nothing with what was learned from another data set, or of another target', async () => {
    const { training } = await train();
    const others = [
      { declaration: { ...houses, name: 'flats' }, told: 'main predicts `price` of the data set `flats`' },
      { declaration: { ...houses, target: 'area' }, told: 'main predicts `area` of the data set `houses`' },
    ];
    for (const { declaration, told } of others) {
      const main = await train({ declaration, args: ['--threshold', '-9', '--models', 'linear'] });
      const { stdout } = await report(['--training', training, '--against', main.training]);
      expect(stdout).toContain(`There is nothing to compare with: ${told}`);
      expect(stdout).toMatch(/\| R² \| – \| \d\.\d{4} \| – \|/);
    }
  });

  it("goes to the job's summary and to the step's output, whatever is in it", async () => {
    const { at, training } = await train();
    writeFileSync(at('summary'), 'before\n');
    writeFileSync(at('output'), '');
    const { stdout } = await report(['--training', training], {
      GITHUB_STEP_SUMMARY: at('summary'),
      GITHUB_OUTPUT: at('output'),
    });
    expect(readFileSync(at('summary'), 'utf8')).toBe(`before\n${stdout}`);
    const [first = '', ...rest] = readFileSync(at('output'), 'utf8').split('\n');
    const end = first.replace('report<<', '');
    expect(end).toMatch(/^end-[0-9a-f-]{36}$/);
    expect(`${rest.slice(0, rest.indexOf(end)).join('\n')}\n`).toBe(stdout);
  });

  it('leaves no way out of its cell to a title, a unit or a level', async () => {
    const [area, rooms, , price] = houses.columns;
    const hostile =
      '| a | b <img src=x onerror=alert(1)> [x](javascript:alert(1)) **b** `c` @octocat <!-- --> &lt; \u202e\n# h';
    const declaration = {
      ...houses,
      title: hostile,
      columns: [
        { ...area, title: hostile, unit: hostile },
        rooms,
        {
          name: 'heating',
          title: '`|`',
          kind: 'categorical',
          levels: ['gas', 'heat pump', 'none', 'x | <b>y</b> @all'],
        },
        price,
      ],
    };
    const { training } = await train({ declaration });
    const { stdout, code } = await report(['--training', training]);
    expect(code).toBe(0);
    const text = stdout.replaceAll(/`[^`|\n]*`/g, '`code`');
    expect(text).not.toMatch(/<(?!br)[a-z!]/i);
    expect(text).not.toMatch(/@\w/);
    expect(text).not.toContain('\u202e');
    expect(text).not.toMatch(/(?<!\\)\[x/);
    expect(text.match(/^# h/m)).toBeNull();
    const table = text.slice(text.indexOf('| column')).split('\n\n')[0] ?? '';
    for (const line of table.split('\n')) expect(line.match(/(?<!\\)\|/g)).toHaveLength(6);
  });

  it('says which file is not what it should be', async () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    writeFileSync(at('half.json'), '{"release": ');
    writeFileSync(at('other.json'), '{"release": 7}');
    expect(await report(['--training', at('half.json')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('half.json is not what it should be: it is not JSON'),
    });
    expect(await report(['--training', at('other.json')])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/other\.json is not what it should be: release: .*threshold: /),
    });
  });
});

it('--help shows examples', async () => {
  expect((await report(['--help'])).stdout).toContain('Examples:\n  npm run train');
});

it('stays below what a comment takes with hundreds of columns', async () => {
  const long = 'x'.repeat(500);
  const columns = Array.from(
    { length: 300 },
    (_, i): Column => ({
      name: `c${i}`,
      title: `${long}${i}`,
      kind: 'categorical',
      levels: Array.from({ length: 50 }, (_, j) => `${long}${j}`),
    }),
  );
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const scores = { r2: 0.9, rmse: 1, mae: 1 };
  const evaluated = { status: 'scored' as const, model: 'linear', cv: { ...scores, r2_sd: 0 }, params: {} };
  const price: Column = { name: 'price', title: 'Price', kind: 'numeric' };
  const mean = meanModel(1);
  const header = ['price', ...columns.map(({ name }) => name)];
  const lines = [header, ...[1, 2, 3].map((price) => [String(price), ...columns.map(() => `${long}0`)])];
  const contents = { data: lines, train: lines, test: lines, ...documentsOf(singleModel(mean)) };
  const { path } = await writeRelease(at('artifacts'), contents, (files) => ({
    format: RELEASE_FORMAT,
    versions: {},
    commit: null,
    code: null,
    seed: 1,
    threshold: 0.6,
    dataset: { name: 'wide', title: long, file: 'wide.csv', target: 'price', columns: [price, ...columns] },
    data: { sha256: files.data.sha256, rows: 10, dropped: 0, train: 8, test: 2, split: 'seed' },
    folds: 5,
    plan: null,
    trials: null,
    why: null,
    chosen: { model: 'linear', params: {}, parts: 1, cv: evaluated.cv },
    holdout: scores,
    baseline: evaluated,
    leaderboard: [evaluated],
    files,
  }));
  writeFileSync(
    at('training.json'),
    JSON.stringify({
      release: 'r',
      path,
      chosen: 'linear',
      holdout: scores,
      threshold: 0.6,
      verdict: { released: true, reason: 'it does' },
      baseline: evaluated,
      leaderboard: [evaluated],
    }),
  );
  const { stdout } = await report(['--training', at('training.json')]);
  expect(stdout).toContain('… and 261 more columns.');
  expect(stdout).toContain('… and 290 more columns with levels that few rows have');
  expect(stdout.length).toBeLessThan(60_000);
});
