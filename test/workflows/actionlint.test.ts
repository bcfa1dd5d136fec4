import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findGoTool } from '../go-tool.ts';
import { temporaryFolder } from '../temporary.ts';
import { root, workflows } from './workflow.ts';

function actionlint(...files: string[]) {
  // `npm test` brings it; without, this fails.
  const program = findGoTool('actionlint') ?? 'actionlint';
  const config = join(root, '.github', 'actionlint.yaml');
  const { stdout, status } = spawnSync(program, ['-config-file', config, ...files], { cwd: root, encoding: 'utf8' });
  return { stdout, status };
}

test.each(workflows.map(({ file }) => file))('%s passes', (file) => {
  expect(actionlint(join('.github', 'workflows', file))).toEqual({ stdout: '', status: 0 });
});

test('it finds what is wrong, shell included', () => {
  const file = join(temporaryFolder(), 'wrong.yml');
  const jobs = `jobs: {a: {runs-on: elsewhere, needs: b, steps: [{run: "echo \${{ github.nothing }} $A"}]}}`;
  writeFileSync(file, `on: push\n${jobs}\n`);
  const { stdout, status } = actionlint(file);
  expect(status).toBe(1);
  for (const finding of ['[runner-label]', '[job-needs]', '[expression]', '[shellcheck]'])
    expect(stdout).toContain(finding);
});
