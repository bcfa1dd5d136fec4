import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { bench } from './bench/run-bench.ts';

/** A folder with a Python that does this. */
function folderWithPython(script: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'python3'), 0o755);
  return folder;
}

const tiny = ['fit', '--task', 'regression', '--only', 'knn', '--rows', '1000', '--repeat', '1'];
const ourRow = {
  work: 'knn, students',
  unit: 'ms',
  ours: expect.any(Number),
  theirs: null,
  ratio: null,
  target: 1,
  holds: null,
};

describe('fit', () => {
  test('where there is no Python it says so, measures ours alone, and leaves nothing but its rows', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await bench([...tiny, '--json', join(folder, 'rows.json')], folder).exit;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('knn, students: ') });
    expect(stdout).toMatch(/^Node 24.*; ours alone, theirs not measured: there is no Python here$/m);
    expect(stdout).toMatch(/^knn, students +ms +[\d.e-]+ +– +– +≤ 1 +not measured$/m);
    expect(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'))).toEqual([ourRow]);
    expect(readdirSync(folder)).toEqual(['rows.json']);
  });

  test('where the peers cannot be installed it says why, and measures ours alone', async () => {
    // It runs, but has neither the peers nor venv.
    const folder = folderWithPython('[ "$1" = --version ] || { echo "no module named $2" >&2; exit 1; }');
    const { code, stdout } = await bench(tiny, folder).exit;
    expect(code).toBe(0);
    expect(stdout).toContain('and they could not be installed (no module named venv)');
    expect(stdout).toContain('not measured');
  });

  test('takes turns with an earlier checkout, and refuses a folder that is none', async () => {
    const { code, stdout, stderr } = await bench([...tiny, '--before', '.']).exit;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/holdout R² (0\.\d+) and \1/) });
    expect(stdout).toMatch(/^knn, students +ms +[\d.e-]+ +[\d.e-]+ +[\d.e-]+ +≤ 1\.03 +(yes|NO)$/m);
    const refused = await bench([...tiny, '--before', temporaryFolder()]).exit;
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/no checkout of Plumbline/) });
  });

  test('takes turns with the peers where they are', async () => {
    const answer = '{"seconds": 1, "megabytes": 1, "r2": 0.5}';
    const folder = folderWithPython(
      `[ "$2" = probe ] && { echo '{"scikit-learn": "0.0"}'; exit; }; while read -r task; do echo '${answer}'; done`,
    );
    const { code, stdout, stderr } = await bench(tiny, folder).exit;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/holdout R² 0\.\d+ and 0\.5000/) });
    expect(stdout).toMatch(/^Node 24.*, scikit-learn 0.0$/m);
    expect(stdout).toMatch(/^knn, students +ms +[\d.e-]+ +1000 +[\d.e-]+ +≤ 1 +yes$/m);
  });

  test('a peer that fails is told in its own words, and ends the run', async () => {
    const folder = folderWithPython('[ "$2" = probe ] && { echo {}; exit; }; read -r task; echo "no memory" >&2');
    const { code, stderr } = await bench(tiny, folder).exit;
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Error: knn could not be measured:\nno memory\n' });
  });

  test('may be asked for ours alone', async () => {
    const { code, stdout } = await bench([...tiny, '--no-python']).exit;
    expect(code).toBe(0);
    expect(stdout).toContain('theirs not measured: not asked for');
  });

  test('measures classifiers, alone where they are asked for', async () => {
    const folder = temporaryFolder();
    const args = ['fit', '--task', 'classes', '--only', 'knn', '--rows', '1000', '--repeat', '1', '--no-python'];
    const { code, stderr } = await bench([...args, '--json', join(folder, 'rows.json')], folder).exit;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/holdout accuracy 0\.\d+/) });
    expect(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'))).toEqual([
      { ...ourRow, work: 'knn, students, classes' },
    ]);
  });

  test('measures a process of its own and its memory too', async () => {
    const folder = temporaryFolder();
    const only = ['--task', 'regression', '--only', 'xgboost, '];
    const args = ['fit', ...only, '--rows', '1000', '--repeat', '1', '--no-python'];
    const { code } = await bench([...args, '--json', join(folder, 'rows.json')], folder).exit;
    expect(code).toBe(0);
    const rows: { unit: string; holds: boolean | null }[] = JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'));
    expect(rows.map(({ unit }) => unit)).toEqual(['ms', 's', 'MB']);
    expect(rows.map(({ holds }) => holds)).toEqual([null, null, null]);
  });

  test('removes its data where it is interrupted', async () => {
    const folder = temporaryFolder();
    const running = bench(['fit', '--only', '200,000', '--rows', '200000', '--no-python'], folder);
    await running.said(/ours alone/);
    while (readdirSync(folder).length === 0) await new Promise((wait) => setTimeout(wait, 20));
    running.signal('SIGINT');
    expect((await running.exit).code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('predict measures one prediction without theirs, since the target bounds ours', async () => {
  const folder = temporaryFolder();
  const args = ['predict', '--only', 'one prediction', '--rows', '1000', '--repeat', '1', '--no-python'];
  const { code } = await bench([...args, '--json', join(folder, 'rows.json')], folder).exit;
  expect(code).toBe(0);
  const rows = JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'));
  expect(rows).toMatchObject([{ unit: 'µs', theirs: null, holds: expect.any(Boolean) }]);
});

test('explain measures one record without theirs, since the target bounds ours', async () => {
  const folder = temporaryFolder();
  const args = ['explain', '--only', 'record', '--rows', '200', '--repeat', '1', '--no-python'];
  const { code, stdout } = await bench([...args, '--json', join(folder, 'rows.json')], folder).exit;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^xgboost, contributions of one record.* ms +[\d.e-]+ +– +– +≤ 1 +(yes|NO)$/m);
  expect(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'))).toMatchObject([
    { unit: 'ms', theirs: null, holds: expect.any(Boolean) },
  ]);
});

test('agreement compares the mean over seeds with what the references gave', async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await bench(
    ['agreement', '--only', 'xgboost, students', '--json', join(folder, 'rows.json')],
    folder,
  ).exit;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^work +unit +ours +theirs +ratio +target +holds$/m);
  expect(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'))).toMatchObject([
    { work: expect.stringMatching(/^xgboost, students/), unit: 'R²', target: 0.01, holds: true },
  ]);
});

describe('agreement on random problems', () => {
  const args = ['agreement', '--random', '3', '--only', 'lasso'];
  const probed = `[ "$2" = probe ] && { echo '{"scikit-learn": "0.0"}'; exit; };`;

  test('where there is no Python it says so', async () => {
    const { code, stderr } = await bench(args).exit;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Error: random problems need the references, and there is no Python here\n',
    });
  });

  test('lists what disagrees, shrunk, and counts it', async () => {
    const folder = folderWithPython(`${probed} while read -r task; do echo '{"refused": "it is Monday"}'; done`);
    const file = join(folder, 'found.json');
    const { code, stdout, stderr } = await bench([...args, '--seed', '5', '--json', file], folder).exit;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '  lasso: 3 of 3, 3 disagree\n' });
    expect(stdout).toMatch(
      /^lasso, problem \d of seed 5: only theirs refuses: it is Monday\n {2}params {}\n {2}x \[\[[01]]]$/m,
    );
    expect(stdout).toMatch(/^lasso +3 +0 +0 +3 +– +–$/m);
    const { versions, families, disagreements } = JSON.parse(readFileSync(file, 'utf8'));
    expect(versions).toEqual({ 'scikit-learn': '0.0' });
    expect(families).toMatchObject([{ family: 'lasso', problems: 3, agreed: 0, left_out: 0, disagreed: 3 }]);
    expect(disagreements[2]).toMatchObject({ model: 'lasso', seed: 5, index: 2, y: [0], expected: null });
  });

  test('a reference that ends is started anew, and its problem is listed', async () => {
    const folder = folderWithPython(`${probed} read -r task; echo "no memory" >&2`);
    const { code, stdout } = await bench([...args, '--random', '1'], folder).exit;
    expect(code).toBe(0);
    expect(stdout).toContain('only theirs refuses: the reference ended: lasso could not be measured:\nno memory');
  });
});

describe('what is asked wrongly exits with 2 and says what is right', () => {
  test.each([
    [['fit', '--repeat', '0'], 'It must be a whole number from 1.'],
    [['fit', '--rows', 'many'], 'It must be a whole number from 1.'],
    [['fit', '--only', 'svm'], 'no work here has "svm" in its name; there are:\n  linear, students'],
    [['fit', '--python', '/nowhere/python'], '/nowhere/python is no Python with the peers; it takes: pip install '],
    [['tune', '--repeat', '0'], 'It must be a whole number from 1.'],
    [['tune', '--python', '/nowhere/python'], '/nowhere/python is no Python with the peers; it takes: pip install '],
    [['accuracy', '--only', 'hitters,moons'], 'no table here has "moons" in its name; there are: hitters, penguins, '],
    [['accuracy', '--peers', 'catboost,me'], 'no peer is named "me"; there are: plumbline, hist-gradient-boosting, '],
    [['accuracy', '--again', 'me'], 'no peer is named "me"'],
    [['accuracy', '--only', ','], 'It must be names, separated by commas.'],
    [['accuracy', '--seconds', '0'], 'It must be a whole number from 1.'],
    [['agreement', '--random', '0'], 'It must be a whole number from 1.'],
    [['agreement', '--seed', '3'], '--seed and --python go with --random'],
    [['fit', '--colour'], "unknown option '--colour'"],
    [['fly'], "unknown command 'fly'"],
  ])('%s', async (args, message) => {
    const { code, stderr } = await bench(args).exit;
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  test.each(['fit', 'agreement', 'tune', 'accuracy'])('%s --help shows examples', async (name) => {
    const { code, stdout } = await bench([name, '--help']).exit;
    expect(code).toBe(0);
    expect(stdout).toContain(`npm run bench -- ${name}`);
  });
});
