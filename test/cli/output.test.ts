import { Command } from 'commander';
import { afterEach, expect, test, vi } from 'vitest';
import { artifactsFolder, artifactsOption, textTable } from '../../cli/output.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [undefined, [], 'artifacts/students'],
  [' ', [], 'artifacts/students'],
  ['/releases', [], '/releases'],
  ['/releases', ['--artifacts', 'here'], 'here'],
  ['/releases', ['--artifacts', ' '], 'artifacts/students'],
])('ARTIFACTS=%j with %j is %s', (environment, args, artifacts) => {
  vi.stubEnv('ARTIFACTS', environment);
  const command = new Command().addOption(artifactsOption()).parse(args, { from: 'user' });
  expect(artifactsFolder({ dataset: 'test/fixtures/students', ...command.opts() })).toBe(artifacts);
});

test('a table is aligned, its numbers to the right', () => {
  const rows = [
    ['linear', '0.87'],
    ['knn', '-10.5'],
  ];
  expect(textTable(['model', 'R²'], rows, ['R²'])).toBe('model      R²\nlinear   0.87\nknn     -10.5');
});
