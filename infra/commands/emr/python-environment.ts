// The Python packages of the job, as one archive that Spark unpacks beside each of its processes. EMR has Python 3.11 and no XGBoost. The packages
// are wheels for its Linux, so that the archive is made on any machine that has pip, without that Python and without a container.

import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JOB_REQUIREMENTS } from '../spark/spark-job.ts';
import { runApart } from './aws.ts';

/** What stands for Python in the archive. */
const launcher = fileURLToPath(new URL('../../spark/environment-python.sh', import.meta.url));

/** Python as the release of EMR has it. */
const python = '3.11';
/** Wheels for its Linux (Amazon Linux 2023: glibc 2.34) on x86. */
const platforms = ['manylinux_2_28_x86_64', 'manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'];

/** Where Spark unpacks it, and what it calls Python there. */
export const ENVIRONMENT = 'environment';
export const ENVIRONMENT_PYTHON = `./${ENVIRONMENT}/bin/python`;

/** What is installed: the job's own, but for Spark, which is there; and XGBoost without its parts for GPUs, which take 300 MB. */
export function environmentRequirements(): string {
  return readFileSync(JOB_REQUIREMENTS, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '' && !/^pyspark\b/.test(line))
    .map((line) => line.replace(/^xgboost(?=[=<>~! ]|$)/, 'xgboost-cpu'))
    .join('\n');
}

/** Stands for all that goes into it, so that it is made once for each version of the packages. */
export function environmentVersion(): string {
  const parts = [environmentRequirements(), python, ...platforms, readFileSync(launcher, 'utf8')];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/**
 * Makes the archive in an empty folder, and gives its path.
 *
 * @throws ToolError where pip is missing, or does not get the packages
 */
export async function buildEnvironment(folder: string, signal?: AbortSignal): Promise<string> {
  const content = join(folder, 'content');
  const requirements = join(folder, 'requirements.txt');
  const archive = join(folder, `${ENVIRONMENT}.tar.gz`);
  mkdirSync(join(content, 'bin'), { recursive: true });
  copyFileSync(launcher, join(content, 'bin', 'python'));
  chmodSync(join(content, 'bin', 'python'), 0o755);
  writeFileSync(requirements, `${environmentRequirements()}\n`);
  await runApart(
    'python3',
    [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile'],
      ...['--target', join(content, 'packages'), '--requirement', requirements],
      ...['--only-binary=:all:', '--implementation', 'cp', '--python-version', python],
      ...platforms.flatMap((platform) => ['--platform', platform]),
    ],
    signal,
  );
  await runApart('tar', ['-czf', archive, '-C', content, 'bin', 'packages'], signal);
  return archive;
}
