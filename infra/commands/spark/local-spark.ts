// Runs the job by spark-submit from this machine, on any master that it reaches: threads of its own, or a cluster.

import { type ChildProcess, type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ToolError } from '../tool-error.ts';
import { JobLog } from './job-log.ts';
import type { Following, SparkCluster } from './spark-cluster.ts';
import { JOB_REQUIREMENTS, JOB_SCRIPT, jobArguments, jobModules } from './spark-job.ts';

/** How long a job may take to end once it is asked to, before it is killed. */
const GRACE_MS = 10_000;

const HOW_TO_INSTALL =
  'Install Spark and the Python packages of the job, and put them on the path: ' +
  `python3 -m venv ~/.cache/plumbline/spark && ~/.cache/plumbline/spark/bin/pip install -r ${JOB_REQUIREMENTS} && export PATH=~/.cache/plumbline/spark/bin:$PATH`;
const HOW_TO_INSTALL_JAVA =
  'Spark runs on Java 17 or 21: on Debian apt-get install openjdk-17-jre-headless, on macOS brew install openjdk@17';

interface Options {
  /** Settings of Spark, as `spark.executor.memory`: `--conf` of spark-submit. @default those of its own files */
  readonly conf?: readonly string[];
  /** What the process is started with in place of this one's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Spark as `spark-submit` on the path runs it.
 *
 * @param master as Spark writes it: local[2], spark://HOST:7077
 */
export function localSpark(master: string, { conf = [], env }: Options = {}): SparkCluster {
  return {
    title: master,
    async run({ declaration, input, settings }, results, following) {
      demand('java', ['-version'], HOW_TO_INSTALL_JAVA, env);
      demand('spark-submit', ['--version'], HOW_TO_INSTALL, env);
      const places = { declaration, input, output: results };
      const args = [
        ...['--master', master],
        ...[...ownAddress(master), ...conf].flatMap((setting) => ['--conf', setting]),
        ...['--py-files', jobModules().join(',')],
        JOB_SCRIPT,
        ...jobArguments(places, settings),
      ];
      await submit(master, args, following, env);
    },
  };
}

/** A master on this machine is to find the driver by the one address that is never that of another machine. */
function ownAddress(master: string): string[] {
  const isHere = /^local\b|^spark:\/\/(127\.0\.0\.1|localhost)\b/.test(master);
  return isHere ? ['spark.driver.host=127.0.0.1', 'spark.driver.bindAddress=127.0.0.1'] : [];
}

function demand(tool: string, args: readonly string[], remedy: string, env: NodeJS.ProcessEnv | undefined): void {
  const { error } = spawnSync(tool, args, { stdio: 'ignore', env });
  if (error) throw new ToolError(`${tool} is not installed. ${remedy}`, { cause: error });
}

/** Runs it to its end, in a group of processes of its own, so that all of them are ended together. */
async function submit(
  master: string,
  args: readonly string[],
  { onProgress, signal }: Following,
  env: NodeJS.ProcessEnv | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const job = spawn('spark-submit', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
  const log = new JobLog(onProgress);
  for (const stream of [job.stdout, job.stderr]) createInterface(stream).on('line', (line) => log.add(line));
  const stop = () => end(job);
  signal?.addEventListener('abort', stop);
  try {
    const { code, killedBy } = await endOf(job);
    signal?.throwIfAborted();
    if (code !== 0) throw log.failure(`the job on ${master}`, { killedBy });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** How it ended: of a driver that is killed Java or a shell may say so by an exit code. */
function endOf(job: ChildProcess): Promise<{ readonly code: number | null; readonly killedBy: string | undefined }> {
  return new Promise((resolve, reject) => {
    job.on('error', reject);
    job.on('close', (code, signal) => resolve({ code, killedBy: signal ?? killers.get(code ?? 0) }));
  });
}

/** 128 and the number of a signal. */
const killers: ReadonlyMap<number, string> = new Map([
  [137, 'SIGKILL'],
  [143, 'SIGTERM'],
]);

/** Asks the job to end, which tells the master so, and kills what is left of it. */
function end(job: ChildProcessByStdio<null, Readable, Readable>): void {
  const kill = (name: NodeJS.Signals) => {
    try {
      process.kill(-(job.pid as number), name);
    } catch {
      // It has ended by itself.
    }
  };
  kill('SIGTERM');
  const timer = setTimeout(() => kill('SIGKILL'), GRACE_MS);
  job.on('close', () => clearTimeout(timer));
}
