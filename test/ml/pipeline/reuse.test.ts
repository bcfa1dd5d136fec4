import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { houseRows, writeHouses } from '../../houses.ts';
import { copyProject } from '../../project.ts';
import { makeFolder } from '../../temporary.ts';

// A repository of its own, since the code counts, by its commit.
const folder = makeFolder();
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: folder, stdio: 'pipe' });

beforeAll(() => {
  copyProject(folder);
  git('init', '--quiet');
  git('add', 'ml', 'app', 'package.json', 'package-lock.json', '.gitignore');
  git('commit', '--quiet', '--message', 'first');
  writeHouses(folder);
  trained = train();
  renameSync(join(folder, 'artifacts'), kept);
});

interface Trained {
  readonly kept: boolean;
  readonly result: unknown;
}

/** A training that all tests begin with, and the releases that it left. */
let trained: Trained;
const kept = join(folder, 'kept');

function train(...args: string[]): Trained {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['cli/plumbline.ts', 'train', '--no-tune', '--dataset', '.', '--models', 'linear,mean', '--if-changed', ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(status, stdout + stderr).toBe(0);
  return { kept: stderr.includes('Neither data, options nor code have changed'), result: stdout };
}

beforeEach(() => {
  rmSync(join(folder, 'artifacts'), { recursive: true, force: true });
  cpSync(kept, join(folder, 'artifacts'), { recursive: true, verbatimSymlinks: true });
  git('checkout', '--quiet', '.');
  writeHouses(folder);
});

test('where nothing has changed the release is kept, and told of as if it had been trained', () => {
  const first = trained;
  const second = train();
  expect([first.kept, second.kept]).toEqual([false, true]);
  // Only what fits took is not known any more.
  const untimed = (text: unknown) =>
    String(text)
      .replace(/ +fit +prediction/, '')
      .replaceAll(/ +[\d.]+ (s|ms|µs)(?= |$)/gm, '')
      .replaceAll(/ +/g, ' ');
  expect(first.result).toMatch(/fit +prediction/);
  expect(untimed(second.result)).toEqual(untimed(first.result));
});

test('the order in which models are named does not count', () => {
  expect(train('--models', 'mean,linear').kept).toBe(true);
});

test.each([
  ['an option', () => train('--seed', '7')],
  ['a model', () => train('--models', 'mean,linear,knn')],
  [
    'a parameter',
    () => {
      writeFileSync(join(folder, 'params.json'), '{"knn": {"n_neighbors": 6}}');
      train('--models', 'mean,knn', '--threshold', '-9', '--tolerance', '9');
      return train('--models', 'mean,knn', '--threshold', '-9', '--tolerance', '9', '--params', 'params.json');
    },
  ],
  ['the threshold', () => train('--threshold', '0.1')],
  [
    'the data',
    () => {
      writeHouses(folder, houseRows(99));
      return train();
    },
  ],
  [
    'the code',
    () => {
      appendFileSync(join(folder, 'ml/pipeline/train.ts'), '// another\n');
      return train();
    },
  ],
])('it is trained anew where %s has changed', (_what, change) => {
  expect(change().kept).toBe(false);
});

test('what is damaged is trained anew', () => {
  rmSync(join(folder, 'artifacts', basename(folder), 'current/model.json'));
  expect(train().kept).toBe(false);
});
