// Spark and the packages of the job in a Python of their own, outside the project, made when they are first asked for.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../../../bench/peers/environment.ts';
import { JOB_REQUIREMENTS } from '../../../infra/commands/spark/spark-job.ts';
import { type Environment, plainEnvironment, run } from '../process.ts';
import { CannotRehearse } from '../report.ts';

/** Its name stays: such a folder cannot be moved. */
const folder = cacheFolder('spark');
/** Written last, so that an installation that was broken off has none; it says what was installed. */
const seal = join(folder, 'installed.txt');

/** What Spark's programs are run with: found on the path, on this machine's own address. */
export async function sparkEnvironment(): Promise<Environment> {
  const { status } = await run('java', ['-version']);
  if (status !== 0)
    throw new CannotRehearse(
      'The rehearsal needs Java 17 or 21, which Spark runs on. Install it: on Debian and Ubuntu apt-get install openjdk-17-jre-headless, on macOS brew install openjdk@17',
    );
  if (!isInstalled()) await install();
  const plain = plainEnvironment();
  return {
    ...plain,
    PATH: [join(folder, 'bin'), plain.PATH].join(delimiter),
    PYSPARK_PYTHON: join(folder, 'bin', 'python'),
    SPARK_LOCAL_IP: '127.0.0.1',
  };
}

function isInstalled(): boolean {
  try {
    return readFileSync(seal, 'utf8') === readFileSync(JOB_REQUIREMENTS, 'utf8');
  } catch {
    return false;
  }
}

/** @throws CannotRehearse where that does not work here */
async function install(): Promise<void> {
  console.log(`Installing Spark and XGBoost into ${folder} (once, about 1.5 GB) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const python = join(folder, 'bin', 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', JOB_REQUIREMENTS];
  for (const [program, args] of [['python3', ['-m', 'venv', folder]] as const, [python, pip] as const]) {
    const { status, output } = await run(program, args);
    if (status === 0) continue;
    throw new CannotRehearse(
      `Spark could not be installed by ${program} ${args.slice(0, 3).join(' ')}:\n${output.trim().split('\n').slice(-5).join('\n')}\n` +
        'It takes Python 3.11 or later with venv (on Debian and Ubuntu: apt-get install python3-venv) and PyPI.',
    );
  }
  writeFileSync(seal, readFileSync(JOB_REQUIREMENTS));
}
