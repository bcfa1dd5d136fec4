// npm run rehearse:spark: a real cluster of Spark on the loopback trains, loses a worker meanwhile, and ends right all the same.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ClusterResult } from '../../ml/pipeline/cluster/release-job.ts';
import type { TrainResult } from '../../ml/pipeline/train-result.ts';
import { type Environment, type Outcome, type RunOptions, run } from './process.ts';
import { hold } from './rehearsal.ts';
import { Report } from './report.ts';
import { sparkEnvironment } from './spark/environment.ts';
import { heldOut, writeCars } from './spark/generated-cars.ts';
import { askApp, provedRows } from './spark/served-rows.ts';
import { startCluster } from './spark/standalone.ts';

const SEED = 42;
/** As many as a training here takes seconds for. */
const MOST_TRAINED_HERE = 1_000_000;
const SETTINGS = { learning_rate: 0.1, max_depth: 6 };
const ROUNDS = 150;
const MB = 2 ** 20;

const { rows } = new Command('npm run rehearse:spark --')
  .description(
    'Rehearses a training on a cluster: a standalone Spark of a master and two workers on the loopback, one of which is killed ' +
      'while XGBoost trains. Of what comes back a release is made, served, and compared with a training here. Where Spark is not installed, it is, ' +
      'once, into ~/.cache/plumbline/spark. Exits with 1 where a check fails, and with 2 where Java is missing.',
  )
  .option('--rows <n>', 'how many rows are generated', Number, 200_000)
  .addHelpText('after', '\nExamples:\n  npm run rehearse:spark\n  npm run rehearse:spark -- --rows 20000000')
  .parse()
  .opts<{ rows: number }>();

await hold(new Report(), async ({ report, folder, interrupted, atEnd }) => {
  const env = await sparkEnvironment();
  const dataset = join(folder, 'cars');
  const artifacts = join(folder, 'releases');
  const results = join(folder, 'results');
  const params = join(folder, 'params.json');

  report.step(`${rows} rows are generated, and a cluster is started: a master, and two workers of 2 cores and 1500m`);
  await writeCars(dataset, rows);
  await writeFile(params, JSON.stringify({ xgboost: SETTINGS }));
  const { url, workers, stop } = await startCluster(folder, env, 2, { cores: 2, memory: '1500m' });
  atEnd(stop);
  report.check('both workers are known to the master', workers.length === 2);
  // An executor of each worker has a core for each of XGBoost's processes: so the one that is left has room for both.
  const conf = ['spark.executor.memory=1500m', 'spark.executor.cores=2', 'spark.ui.enabled=false'];
  const onCluster = ['--on', 'spark', '--master', url, ...conf.flatMap((setting) => ['--spark-conf', setting])];

  report.step('The cluster trains, and a worker is killed meanwhile');
  let killed = false;
  const peaks = workers.map(() => 0);
  const watch = setInterval(() => {
    for (const [k, worker] of workers.entries()) peaks[k] = Math.max(peaks[k] as number, worker.memory());
  }, 1000);
  const trained = await train(
    [...onCluster, '--dataset', dataset, '--artifacts', artifacts, '--results', results],
    [...['--params', params, '--rounds', String(ROUNDS), '--json', join(folder, 'cluster.json')]],
    env,
    {
      interrupt: interrupted,
      onLine(line) {
        if (line.includes('tasks') === false) console.log(`  ${line}`);
        if (killed || !/training on .*: 0 of 2 tasks/.test(line)) return;
        killed = true;
        console.log('  a worker is killed, with all that it has started');
        workers[0]?.kill();
      },
    },
  ).finally(() => clearInterval(watch));
  report.check('a worker was killed while XGBoost trained', killed);
  report.equal('the training ends, and makes a release', trained.status, 0);
  if (trained.status !== 0) return;
  const cluster = JSON.parse(await readFile(join(folder, 'cluster.json'), 'utf8')) as ClusterResult;
  report.equal('all rows were read', cluster.cluster.rows.read, rows);
  const held = heldOut(rows, SEED);
  report.equal('the rows that were held out are those of their hashes', cluster.cluster.rows.hold, held.length);
  const peak = peaks.map((bytes) => `${Math.round(bytes / MB)} MB`).join(' and ');
  console.log(`  At most the workers, their executors and Pythons took ${peak}`);

  report.step('The app answers as XGBoost predicted on the cluster');
  const proved = await provedRows(join(results, 'rows.csv'), 200);
  const answers = await askApp(artifacts, proved);
  const wrong = proved.filter(
    ({ expected }, i) => !(Math.abs((answers[i] as number) - expected) <= 1e-6 * Math.abs(expected)),
  );
  report.equal(`each of ${proved.length} records`, wrong, []);

  if (rows <= MOST_TRAINED_HERE) {
    report.step('XGBoost trains here, on the same rows with the same ones held out');
    const holdout = join(folder, 'holdout.json');
    await writeFile(holdout, JSON.stringify(held));
    await writeFile(
      params,
      JSON.stringify({ xgboost: { ...SETTINGS, n_estimators: ROUNDS, early_stopping_rounds: 20 } }),
    );
    const here = await train(
      ['--dataset', dataset, '--artifacts', join(folder, 'here'), '--holdout-rows', holdout],
      ['--models', 'xgboost', '--no-tune', '--params', params, '--json', join(folder, 'here.json')],
      env,
    );
    report.equal('it makes a release', here.status, 0);
    const local = JSON.parse(await readFile(join(folder, 'here.json'), 'utf8')) as TrainResult;
    const scores = [cluster.cluster.holdout.r2, local.holdout?.r2] as [number, number];
    console.log(`  R² on the held-out rows: ${scores.map((score) => score.toFixed(4)).join(' on the cluster, ')} here`);
    report.check('their R² differ by less than 0.005', Math.abs(scores[0] - scores[1]) < 0.005, scores);
  }

  report.step('Rows that ingestion refuses end the job');
  const broken = join(folder, 'broken');
  await writeCars(broken, 1000);
  const csv = join(broken, 'cars.csv');
  await writeFile(csv, `${await readFile(csv, 'utf8')}steam,-3,12,Y,2020-02-30,100\n`);
  const refused = await train([...onCluster, '--dataset', broken, '--artifacts', join(folder, 'none')], [], env);
  report.equal('with exit code 1', refused.status, 1);
  for (const text of ['fuel: 1 cells', '"steam"', 'mileage: 1 cells', '"-3"', 'sold: 1 cells', '"2020-02-30"'])
    report.check(`and tell ${text}`, refused.output.includes(text), refused.output);

  report.step('A job that is interrupted ends, and leaves nothing');
  const controller = new AbortController();
  const stopped = await train([...onCluster, '--dataset', dataset, '--artifacts', join(folder, 'none')], [], env, {
    interrupt: controller.signal,
    onLine: (line) => line.includes('reading and checking') && controller.abort(),
  });
  report.equal('with exit code 130', stopped.status, 130);
  report.check('and says so', stopped.output.includes('Interrupted'), stopped.output);
});

function train(
  args: readonly string[],
  more: readonly string[],
  env: Environment,
  options: RunOptions = {},
): Promise<Outcome> {
  return run('node', ['cli/plumbline.ts', 'train', ...args, ...more, '--seed', String(SEED)], { ...options, env });
}
