import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { declarations, rowsOfCars } from '../fixtures/cluster/declarations.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

const fixtures = fileURLToPath(new URL('../fixtures/cluster/', import.meta.url));
let folder: string;
let dataset: string;
let artifacts: string;

beforeEach(async () => {
  folder = temporaryFolder();
  [dataset, artifacts] = [join(folder, 'cars'), join(folder, 'releases')];
  await mkdir(dataset);
  await writeFile(join(dataset, 'dataset.json'), JSON.stringify(declarations.regression));
  await writeFile(join(dataset, 'cars.csv'), rowsOfCars(20));
  await tool('java', 'exit 0');
});

/** A double of a program that is first on the path. */
async function tool(name: string, script: string): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'bin', name), 0o755);
}

const submits = (script: string) => tool('spark-submit', `[ "$1" = --version ] && exit 0\n${script}`);

function train(...args: string[]) {
  const PATH = [join(folder, 'bin'), process.env.PATH].join(delimiter);
  const all = ['cli/plumbline.ts', 'train', '--on', 'spark', '--dataset', dataset, '--artifacts', artifacts, ...args];
  return start(all, { PATH, TMPDIR: folder });
}

/** What is left of a run beside what the test made. */
const left = async () => (await readdir(folder)).filter((name) => !['bin', 'cars'].includes(name));

test('what a job writes becomes a release, and its folder goes', async () => {
  await submits(
    `while [ "$1" != --output ]; do shift; done; cp ${join(fixtures, 'regression')}/* "$2"; echo 'plumbline: training'`,
  );
  const { code, stdout, stderr } = await train('--master', 'local[2]').exit;
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('  training') });
  expect(stdout).toMatch(/Released [0-9a-f]{12} in/);
  expect(stdout).toContain('Trained by XGBoost 3.2.0 on Spark 4.1.1');
  expect(await left()).toEqual(['releases']);
});

test('what the gate holds back is kept, with the command that makes a release of it', async () => {
  await submits(`while [ "$1" != --output ]; do shift; done; cp ${join(fixtures, 'regression')}/* "$2"`);
  const { code, stdout } = await train('--master', 'local[2]', '--threshold', '0.999').exit;
  expect(code).toBe(1);
  const [, results = ''] = /--results (\S+)/.exec(stdout) ?? [];
  expect(await readdir(results)).toContain('results.json');
  expect((await train('--results', results).exit).code).toBe(0);
  expect(await readdir(results)).toContain('results.json');
});

test('rows that the job refuses are told, and nothing is left', async () => {
  await submits(`echo 'plumbline refused: price: 2 cells are not numbers: "dear"'; exit 1`);
  const { code, stderr } = await train('--master', 'local[2]').exit;
  expect(code).toBe(1);
  expect(stderr).toContain('nothing was trained\n  price: 2 cells are not numbers: "dear"');
  expect(await left()).toEqual([]);
});

test('Ctrl-C ends the job, and nothing is left', async () => {
  await submits(
    `while [ "$1" != --output ]; do shift; done; echo half >"$2/model.json"; echo 'plumbline: training'; sleep 600`,
  );
  const training = train('--master', 'local[2]');
  await training.said(/ {2}training/);
  training.signal('SIGINT');
  const { code, stderr } = await training.exit;
  expect(code).toBe(130);
  expect(stderr).toContain('Interrupted');
  expect(await left()).toEqual([]);
});

test.each([
  [['--folds', '3', '--master', 'local[2]'], '--folds is for a training here'],
  [['--master', 'local[2]', '--rounds', '0'], '--rounds is 0; it must be a whole number from 1'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await train(...args).exit;
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});

test('a master without a cluster to train on is refused', async () => {
  const { code, stderr } = await start(['cli/plumbline.ts', 'train', '--master', 'local[2]']).exit;
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--master needs --on spark') });
});
