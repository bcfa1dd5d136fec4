import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import {
  buildEnvironment,
  ENVIRONMENT_PYTHON,
  environmentRequirements,
  environmentVersion,
} from '../../../../infra/commands/emr/python-environment.ts';
import { JOB_REQUIREMENTS } from '../../../../infra/commands/spark/spark-job.ts';
import { temporaryFolder } from '../../../temporary.ts';

function tool(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

it('installs what the job needs but for Spark, and XGBoost without its parts for GPUs', () => {
  const wanted = readFileSync(JOB_REQUIREMENTS, 'utf8');
  const version = /^xgboost==(.*)$/m.exec(wanted)?.[1];
  expect(environmentRequirements().split('\n')).toContain(`xgboost-cpu==${version}`);
  expect(environmentRequirements()).not.toMatch(/pyspark|#|^xgboost=/m);
  expect(environmentVersion()).toMatch(/^[0-9a-f]{16}$/);
});

it('makes an archive whose Python has the packages, wherever it is unpacked', async () => {
  const tools = temporaryFolder();
  const folder = temporaryFolder();
  // In place of pip, which asks the network: what it is asked for, as a package.
  tool(
    tools,
    'python3',
    'for word; do [ "$before" = --target ] && target=$word; before=$word; done; mkdir "$target"; echo "$*" >"$target/asked"',
  );
  // In place of EMR's: it says what it was given.
  tool(tools, 'python3.11', 'echo "$PYTHONPATH $*"');
  vi.stubEnv('PATH', `${tools}${delimiter}${process.env.PATH}`);
  const archive = await buildEnvironment(folder);
  const unpacked = join(folder, 'elsewhere', 'environment');
  mkdirSync(unpacked, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', unpacked]);
  expect(readFileSync(join(unpacked, 'packages/asked'), 'utf8')).toMatch(
    /--only-binary=:all: --implementation cp --python-version 3\.11 --platform manylinux_2_28_x86_64 /,
  );
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'working'));
  const { stdout } = spawnSync(ENVIRONMENT_PYTHON, ['-m', 'job'], {
    cwd: join(folder, 'working'),
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: '/spark/pyspark.zip' },
  });
  expect(stdout).toBe(`${unpacked}/packages:/spark/pyspark.zip -m job\n`);
});
