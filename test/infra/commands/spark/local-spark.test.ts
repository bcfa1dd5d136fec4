import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { localSpark } from '../../../../infra/commands/spark/local-spark.ts';
import { JobRefused } from '../../../../infra/commands/spark/spark-cluster.ts';
import type { SparkJob } from '../../../../infra/commands/spark/spark-job.ts';
import { ToolError } from '../../../../infra/commands/tool-error.ts';
import { isRunning } from '../../../../ml/core/process-name.ts';
import { temporaryFolder } from '../../../temporary.ts';

const job: SparkJob = {
  declaration: '/data/cars/dataset.json',
  input: 's3://cars/rows/',
  settings: { seed: 7, workers: 3, rounds: 50, params: { max_depth: 4 } },
};

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = temporaryFolder();
  env = { PATH: `${folder}:/usr/bin:/bin` };
  await tool('java', 'exit 0');
});

async function tool(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

/** spark-submit, which is asked for its version first. */
const submits = (script: string) => tool('spark-submit', `[ "$1" = --version ] && exit 0\n${script}`);

test('the job is submitted with what it is given, and its progress is told', async () => {
  await submits(
    `printf '%s\\n' "$@" >${folder}/args; echo 'plumbline: reading'; echo noise; echo 'plumbline: training'`,
  );
  const lines: string[] = [];
  await localSpark('spark://10.0.0.1:7077', { env, conf: ['spark.executor.memory=2g'] }).run(job, '/out', {
    onProgress: (line) => lines.push(line),
  });
  expect(lines).toEqual(['reading', 'training']);
  const args = (await readFile(join(folder, 'args'), 'utf8')).trim().split('\n');
  expect(args.slice(0, 5)).toEqual([
    '--master',
    'spark://10.0.0.1:7077',
    '--conf',
    'spark.executor.memory=2g',
    '--py-files',
  ]);
  expect(args.slice(6)).toEqual([
    expect.stringMatching(/\/infra\/spark\/train\.py$/),
    ...['--declaration', '/data/cars/dataset.json', '--input', 's3://cars/rows/', '--output', '/out'],
    ...['--settings', '{"seed":7,"workers":3,"rounds":50,"params":{"max_depth":4}}'],
  ]);
});

test('a master on this machine finds the driver on the loopback', async () => {
  await submits(`printf '%s ' "$@" >${folder}/args`);
  for (const master of ['local[2]', 'spark://127.0.0.1:7077']) {
    await localSpark(master, { env }).run(job, '/out', {});
    expect(await readFile(join(folder, 'args'), 'utf8')).toContain('--conf spark.driver.host=127.0.0.1');
  }
});

test('rows that the job refuses are told line by line', async () => {
  await submits(`echo 'plumbline refused: price: 3 cells are no numbers'; echo 'plumbline refused:   "dear"'; exit 1`);
  const run = localSpark('local[2]', { env }).run(job, '/out', {});
  await expect(run).rejects.toEqual(new JobRefused('price: 3 cells are no numbers\n  "dear"'));
});

test('of a job that fails its own last lines are told', async () => {
  await submits(
    `echo 'INFO starting' >&2; echo 'ERROR All masters are unresponsive! Giving up.' >&2; echo '\tat org.apache.spark.Deep(Deep.scala:1)' >&2; exit 1`,
  );
  const failure = await localSpark('spark://nowhere:7077', { env })
    .run(job, '/out', {})
    .catch((error) => error);
  expect(failure).toBeInstanceOf(ToolError);
  expect(failure.message).toContain('the job on spark://nowhere:7077 failed');
  expect(failure.message).toContain('All masters are unresponsive! Giving up.');
  expect(failure.message).not.toContain('Deep.scala');
});

test('what is missing is named with its remedy', async () => {
  env = { PATH: folder };
  await expect(localSpark('local[2]', { env }).run(job, '/out', {})).rejects.toThrow(
    /^spark-submit is not installed.*pip install -r .*requirements\.txt/,
  );
  await rm(join(folder, 'java'));
  await expect(localSpark('local[2]', { env }).run(job, '/out', {})).rejects.toThrow(
    /^java is not installed.*openjdk-17/,
  );
});

test('an aborted job is ended with all its processes', async () => {
  await submits(`sleep 600 & echo $! >${folder}/child; echo 'plumbline: reading'; wait`);
  const abort = new AbortController();
  const run = localSpark('local[2]', { env }).run(job, '/out', {
    onProgress: () => abort.abort(new Error('interrupted')),
    signal: abort.signal,
  });
  await expect(run).rejects.toThrow('interrupted');
  const child = Number(await readFile(join(folder, 'child'), 'utf8'));
  await expect.poll(() => isRunning(child), { timeout: 10_000 }).toBe(false);
});

test.each([
  ['java.lang.OutOfMemoryError: Java heap space', /Memory was short\. Take more --workers/],
  ['ExecutorLostFailure (executor 1 exited) Reason: Command exited with code 137', /Memory was short/],
  ['[SPARK-24819]: Barrier execution mode does not allow …', /fewer cores than --workers asks for/],
  ['ERROR All masters are unresponsive! Giving up.', /check --master/],
  ['java.io.IOException: No space left on device', /A disk is full/],
  ["ModuleNotFoundError: No module named 'xgboost'", /install \S+requirements\.txt .* on each/],
])('of a job that fails by "%s" the remedy is told', async (said, remedy) => {
  await submits(`cat >&2 <<'END'\n${said}\nEND\nexit 1`);
  const run = localSpark('spark://10.0.0.1:7077', { env }).run(job, '/out', {});
  await expect(run).rejects.toThrow(remedy);
  await expect(run).rejects.toThrow(said);
});

test.each([
  ['SIGKILL', 'kill -KILL $$'],
  ['SIGKILL', 'exit 137'],
  ['SIGTERM', 'exit 143'],
])('of a driver that is killed (%s, by %s) that is told, with what to do', async (name, script) => {
  await submits(`echo 'plumbline: training'; ${script}`);
  const run = localSpark('local[2]', { env }).run(job, '/out', {});
  await expect(run).rejects.toBeInstanceOf(ToolError);
  await expect(run).rejects.toThrow(`The driver of the job on local[2] was killed (${name})`);
  await expect(run).rejects.toThrow('start it again');
});

test('a job that waits for workers says so', async () => {
  await submits(
    `echo '26/11/27 WARN TaskSchedulerImpl: Initial job has not accepted any resources; check your cluster UI'`,
  );
  const lines: string[] = [];
  await localSpark('spark://10.0.0.1:7077', { env }).run(job, '/out', { onProgress: (line) => lines.push(line) });
  expect(lines).toEqual(['waiting for workers with free cores and memory']);
});
