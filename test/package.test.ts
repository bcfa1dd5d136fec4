// What npm pack makes, as somebody else meets it: installed into an empty project, checked by their compiler, and run on the Node of this
// repository and on Node 20. npm takes what it does not have yet from its registry.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, root } from './documents/markdown.ts';
import { copyProject } from './project.ts';
import { makeFolder } from './temporary.ts';

const folder = makeFolder();
const repository = join(folder, 'plumbline');
const project = join(folder, 'project');
const node20 = join(folder, 'node-20');
const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Without what npm and vitest tell the processes that they start. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|DATASET$|ARTIFACTS$)/.test(name),
  ),
);

const run = (cwd: string, command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const npm = (cwd: string, ...args: string[]) =>
  run(cwd, 'npm', ...args, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');

/** Trains on rows and on a CSV, saves, loads and predicts, and prints what it predicts. */
const story = `
import { type Declaration, inferDeclaration, loadPredictor, trainInMemory } from 'plumbline';

const flats = Array.from({ length: 200 }, (_, i) => ({
  area: 30 + ((i * 37) % 120),
  city: ['Graz', 'Linz', 'Wien'][i % 3] ?? null,
  built: \`19\${50 + (i % 50)}-05-01\`,
  rent: 180 + 9 * (30 + ((i * 37) % 120)) + 140 * (i % 3) + ((i * 7919) % 50),
}));
const flat = { area: 75, city: 'Wien', built: '1980-01-01' };
const trees = { n_estimators: 10 };
const params = { random_forest: trees, gradient_boosting: trees, adaboost: trees, xgboost: trees, catboost: { iterations: 10 } };

// Every model, and two of them in threads, since those are searched.
const all = await trainInMemory({ rows: flats, target: 'rent', params });
const models = ['linear', 'xgboost'];
const searched = await trainInMemory({ rows: flats, target: 'rent', params, models, search: 'random', trials: 2, workers: 2 });
await searched.save('models/searched');
const predictor = await loadPredictor('models/searched');
if (predictor.task !== 'regression') throw new Error(predictor.task);
const { prediction, interval, contributions } = predictor.explain(flat);

const declaration: Declaration = { ...inferDeclaration(flats, { target: 'rent' }), file: 'flats.csv' };
const ofCsv = await trainInMemory({ declaration, models: ['linear'] });
const ofRows = await trainInMemory({ rows: flats, declaration, models: ['linear'] });

// @ts-expect-error: no column of the rows
const typo = trainInMemory({ rows: flats, target: 'rant' }).catch(({ name }) => name);

// Which of three species, and whether it is one of them; the types follow from the target.
const seals = flats.map(({ area, city }, i) => ({
  mass: area,
  sea: city,
  species: area + 20 * (i % 3) > 110 ? 'ringed' : (i * 7919) % 120 > area ? 'grey' : 'harbour',
}));
const seal = { mass: 75, sea: 'Wien' };
const species = await trainInMemory({ rows: seals, target: 'species', params });
await species.save('models/species');
const likely = species.predictor?.predict(seal);
const loaded = await loadPredictor('models/species');
const ringed = await trainInMemory({
  rows: seals.map((row) => ({ ...row, species: row.species === 'ringed' ? 'yes' : 'no' })),
  target: 'species',
  positive: 'yes',
  models: ['xgboost'],
  params,
});
const sums = [likely, ringed.predictor?.predict(seal)].map((answer) => {
  const shares = Object.values(answer?.probabilities ?? {});
  return [shares.length, Math.round(1e9 * shares.reduce((sum, share) => sum + share, 0)) / 1e9];
});

console.log(
  JSON.stringify({
    node: process.versions.node.split('.')[0],
    failed: [...all.leaderboard, ...searched.leaderboard].filter(({ status }) => status === 'failed'),
    released: searched.verdict.released,
    same: predictor.predict(flat) === searched.predictor?.predict(flat) && prediction === predictor.predict(flat),
    near: Math.abs(predictor.predict(flat) - 1135) < 60,
    interval: interval !== null,
    contributions: Object.keys(contributions).length,
    csv: ofCsv.predictor?.predict(flat) === ofRows.predictor?.predict(flat),
    typo: await typo,
    classes: { failed: species.leaderboard.filter(({ status }) => status === 'failed'), sums, positive: ringed.predictor?.positive },
    sameClass: JSON.stringify(loaded.predict(seal)) === JSON.stringify(likely),
  }),
);
`;

/** What reads like an import and is none. */
const noImports = `
/**
 * Taken from 'nobody', whom import('nobody') would ask.
 */
export const letters = Array.from('letters');
export const sentence = "read from 'somewhere'";
export const own = { from: (text: string) => text, require: (text: string) => text };
// require('nothing')
export const answers = [own.from('anywhere'), own.require('everywhere')];
`;

const csv = () =>
  Array.from({ length: 200 }, (_, i) => {
    const area = 30 + ((i * 37) % 120);
    const rent = 180 + 9 * area + 140 * (i % 3) + ((i * 7919) % 50);
    return `${area},${['Graz', 'Linz', 'Wien'][i % 3]},19${50 + (i % 50)}-05-01,${rent}`;
  });

beforeAll(() => {
  mkdirSync(repository);
  copyProject(repository);
  writeFileSync(join(repository, 'ml/words.ts'), noImports);
  for (const name of ['install.mjs', 'pack.ts', 'tsconfig.json', 'tsconfig.package.json', 'README.md', 'LICENSE'])
    cpSync(join(root, name), join(repository, name));
  run(repository, 'npm', 'pack', '--loglevel=error');

  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  npm(project, 'install', join(repository, `plumbline-${version}.tgz`));
  const guide = blocksOf('docs/guide/library.md').find(({ file }) => file === 'rent.ts');
  writeFileSync(join(project, 'rent.ts'), guide?.text ?? '');
  writeFileSync(join(project, 'story.ts'), story);
  writeFileSync(join(project, 'flats.csv'), ['area,city,built,rent', ...csv(), ''].join('\n'));

  mkdirSync(node20);
  writeFileSync(join(node20, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  npm(node20, 'install', 'node@20');
});

const installed = (...path: string[]) => join(project, 'node_modules/plumbline', ...path);

describe('the package', () => {
  it('holds JavaScript, its types, styles and the WebAssembly, and no source', () => {
    const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
    const kinds = new Set(files.map((path) => path.replace(/^.*?((?:\.d)?\.\w+)$/, '$1')));
    expect([...kinds].sort()).toEqual(['.css', '.d.ts', '.js', '.json', '.md', '.wasm']);
    expect(files.filter((path) => path.endsWith('.json'))).toEqual(['package.json']);
    const kernels = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.wasm'))
        .sort();
    expect(kernels(installed('dist'))).toEqual(kernels(join(root, 'ml')));
  });

  it('depends on what ml/ imports alone, in the versions of the repository', () => {
    const own = JSON.parse(readFileSync(installed('package.json'), 'utf8')).dependencies;
    const needed = [
      'fzstd',
      'hyparquet',
      'hyparquet-compressors',
      'ml-random-forest',
      'ml-regression',
      'pure-rand',
      'zod',
    ];
    expect(own).toEqual(Object.fromEntries(needed.map((name) => [name, dependencies[name]])));
    expect(existsSync(join(project, 'node_modules/express'))).toBe(false);
  });

  it('leaves package.json as it was', () => {
    const text = (path: string) => readFileSync(join(path, 'package.json'), 'utf8');
    expect(text(repository)).toBe(text(root));
    expect(existsSync(join(repository, 'package.repository.json'))).toBe(false);
  });
});

it('restores package.json where npm was killed before it could', () => {
  const original = readFileSync(join(repository, 'package.json'), 'utf8');
  run(repository, process.execPath, 'pack.ts', 'build');
  expect(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).scripts).toBeUndefined();
  run(repository, process.execPath, 'pack.ts', 'restore');
  expect(readFileSync(join(repository, 'package.json'), 'utf8')).toBe(original);
});

describe('in a project', () => {
  beforeAll(() => {
    const compilerOptions = {
      ...{ target: 'es2023', lib: ['es2023'], module: 'nodenext', strict: true, noUncheckedIndexedAccess: true },
      ...{ exactOptionalPropertyTypes: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
      skipLibCheck: false,
    };
    const config = { compilerOptions, include: ['*.ts'] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
    // Checks, and leaves JavaScript, which Node 20 can run.
    run(project, join(root, 'node_modules/.bin/tsc'));
  });

  it.each([
    ['24', process.execPath],
    ['20', join(node20, 'node_modules/node/bin/node')],
  ])('trains, saves, loads and predicts on Node %s', (major, node) => {
    const answer = JSON.parse(run(project, node, 'story.js'));
    expect(answer).toEqual({
      node: major,
      failed: [],
      released: true,
      same: true,
      near: true,
      interval: true,
      contributions: 3,
      csv: true,
      typo: 'DataError',
      classes: {
        failed: [],
        sums: [
          [3, 1],
          [2, 1],
        ],
        positive: 'yes',
      },
      sameClass: true,
    });
    // What a folder beside the code would be taken for.
    expect(existsSync(installed('artifacts'))).toBe(false);
  });

  it.each([
    ['24', process.execPath],
    ['20', join(node20, 'node_modules/node/bin/node')],
  ])('does on Node %s what the guide shows, in twenty lines', (_, node) => {
    rmSync(join(project, 'models'), { recursive: true, force: true });
    expect(readFileSync(join(project, 'rent.ts'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(20);
    expect(run(project, node, 'rent.js')).toMatch(/has R² 0\.9\d+ on the held-out rows/);
  });

  it('is read by the other Node: what one has saved, the other predicts', () => {
    const script = (path: string) =>
      `import { loadPredictor } from 'plumbline'; const p = await loadPredictor('${path}'); console.log(p.predict({ area: 75, city: 'Wien' }))`;
    const nodes = [process.execPath, join(node20, 'node_modules/node/bin/node')];
    const answers = nodes.flatMap((writer, i) => {
      rmSync(join(project, 'models'), { recursive: true, force: true });
      run(project, writer, 'rent.js');
      return nodes.map((reader) => run(project, reader, '--input-type=module', '-e', script(`models/rent`)).trim() + i);
    });
    expect(answers[0]).toBe(answers[1]);
    expect(answers[2]).toBe(answers[3]);
  });
});
