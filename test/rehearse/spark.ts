// npm run rehearse:spark: a real cluster of Spark on the loopback trains, loses a worker meanwhile, and ends right all the same.

import { readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ClusterResult } from '../../ml/pipeline/cluster/release-job.ts';
import type { TrainResult } from '../../ml/pipeline/train-result.ts';
import { demand, type Environment, type Outcome, type RunOptions, run } from './process.ts';
import { hold } from './rehearsal.ts';
import { CannotRehearse, Report } from './report.ts';
import { sparkEnvironment } from './spark/environment.ts';
import { heldOut, writeCars } from './spark/generated-cars.ts';
import { checkRefusals } from './spark/refusals.ts';
import { askApp, provedRows } from './spark/served-rows.ts';
import { startCluster, watchMemory } from './spark/standalone.ts';

const SEED = 42;
/** As many as a training here takes seconds for. */
const MOST_TRAINED_HERE = 1_000_000;
const SETTINGS = { learning_rate: 0.1, max_depth: 6 };
const ROUNDS = 150;
const MB = 2 ** 20;
/**
 * MB of each worker's executor, however many rows there are: Java's heap, and all that it takes beyond, Python with XGBoost's rows most of it; in the
 * shares that a machine in AWS has (infra/commands/emr/worker-size.ts).
 */
const MEMORY = { heap: 1500, overhead: 2500 };
/** What a row takes on the disk: in the file, where Spark keeps what was read, and where it sends it from worker to worker, twice. */
const BYTES_A_ROW = 400;

const toParquet = join(import.meta.dirname, 'spark', 'to-parquet.py');

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

  await demandDisk(folder);
  const [cores, heap] = [2, `${MEMORY.heap}m`];
  report.step(`${rows} rows are generated, and a cluster is started: a master, and two workers of 2 cores and ${heap}`);
  await writeCars(dataset, rows);
  await writeFile(params, JSON.stringify({ xgboost: SETTINGS }));
  const { url, workers, stop } = await startCluster(folder, env, 2, { cores, memory: heap });
  atEnd(stop);
  report.check('both workers are known to the master', workers.length === 2);
  // An executor of each worker has a core for each of XGBoost's processes: so the one that is left has room for both.
  const conf = [
    `spark.executor.memory=${heap}`,
    `spark.executor.cores=${cores}`,
    // Not as many as a large cluster wants.
    'spark.sql.shuffle.partitions=8',
    'spark.ui.enabled=false',
  ];
  const onCluster = ['--on', 'spark', '--master', url, ...conf.flatMap((setting) => ['--spark-conf', setting])];
  const asTrained = ['--params', params, '--rounds', String(ROUNDS)];

  report.step('The cluster trains, and a worker is killed meanwhile');
  let killed = false;
  const memory = watchMemory(workers);
  const trained = await train(
    [...onCluster, '--dataset', dataset, '--artifacts', artifacts, '--results', results],
    [...asTrained, '--json', join(folder, 'cluster.json')],
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
  ).finally(() => memory.stop());
  report.check('a worker was killed while XGBoost trained', killed);
  report.equal('the training ends, and makes a release', trained.status, 0);
  if (trained.status !== 0) return;
  const cluster = JSON.parse(await readFile(join(folder, 'cluster.json'), 'utf8')) as ClusterResult;
  report.equal('all rows were read', cluster.cluster.rows.read, rows);
  const held = heldOut(rows, SEED);
  report.equal('the rows that were held out are those of their hashes', cluster.cluster.rows.hold, held.length);
  const peak = memory.peaks.map((bytes) => Math.round(bytes / MB));
  console.log(`  At most the executors and their Pythons took ${peak.join(' and ')} MB`);
  const most = MEMORY.heap + MEMORY.overhead;
  const isWithin = peak.every((each) => each > 0 && each <= most);
  report.check(`no worker takes more than ${most} MB, as much as a cluster that counts would let it`, isWithin, peak);

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
    const paramsHere = join(folder, 'params-here.json');
    await writeFile(
      paramsHere,
      JSON.stringify({ xgboost: { ...SETTINGS, n_estimators: ROUNDS, early_stopping_rounds: 20 } }),
    );
    const here = await train(
      ['--dataset', dataset, '--artifacts', join(folder, 'here'), '--holdout-rows', holdout],
      ['--models', 'xgboost', '--no-tune', '--params', paramsHere, '--json', join(folder, 'here.json')],
      env,
    );
    report.equal('it makes a release', here.status, 0);
    const local = JSON.parse(await readFile(join(folder, 'here.json'), 'utf8')) as TrainResult;
    const scores = [cluster.cluster.holdout.r2, local.holdout?.r2] as [number, number];
    console.log(`  R² on the held-out rows: ${scores.map((score) => score.toFixed(4)).join(' on the cluster, ')} here`);
    report.check('their R² differ by less than 0.005', Math.abs(scores[0] - scores[1]) < 0.005, scores);

    report.step('The cluster trains on a folder of Parquet with the same rows, on the worker that is left');
    const parquet = join(folder, 'parquet');
    await demand('python', [toParquet, join(dataset, 'cars.csv'), parquet], { env });
    const again = await train(
      [...onCluster, '--dataset', dataset, '--input', parquet, '--artifacts', join(folder, 'from-parquet')],
      [...asTrained, '--json', join(folder, 'parquet.json')],
      env,
    );
    report.equal('it makes a release', again.status, 0);
    if (again.status !== 0) throw new Error(again.output);
    const typed = JSON.parse(await readFile(join(folder, 'parquet.json'), 'utf8')) as ClusterResult;
    report.equal('the same rows are of the same parts', typed.cluster.rows, cluster.cluster.rows);
    const differences = Object.entries(cluster.cluster.holdout).map(([name, score]) => {
      const other = typed.cluster.holdout[name] as number;
      return [name, Math.abs(other - score) / Math.abs(score)] as const;
    });
    report.check(
      'and its scores on the held-out rows are the same within half a percent',
      differences.every(([, difference]) => difference < 0.005),
      { cluster: cluster.cluster.holdout, parquet: typed.cluster.holdout },
    );
  }

  report.step('Rows that ingestion refuses end the job, and so does what no job can learn from');
  const broken = join(folder, 'broken');
  await writeCars(broken, 1000);
  const csv = join(broken, 'cars.csv');
  await writeFile(csv, `${await readFile(csv, 'utf8')}steam,-3,12,Y,2020-02-30,100\n`);
  const [refused] = await Promise.all([
    train([...onCluster, '--dataset', broken, '--artifacts', join(folder, 'none')], [], env),
    checkRefusals(report, join(folder, 'refused'), env),
  ]);
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

/** @throws CannotRehearse where there is too little of it for the rows */
async function demandDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [wanted, free] = [rows * BYTES_A_ROW, bavail * bsize].map((bytes) => Math.round(bytes / MB)) as [
    number,
    number,
  ];
  if (free >= wanted) return;
  throw new CannotRehearse(
    `${rows} rows take ${wanted} MB of the disk of ${folder}, where ${free} MB are free: name another by TMPDIR, or take fewer --rows`,
  );
}

function train(
  args: readonly string[],
  more: readonly string[],
  env: Environment,
  options: RunOptions = {},
): Promise<Outcome> {
  return run('node', ['cli/plumbline.ts', 'train', ...args, ...more, '--seed', String(SEED)], { ...options, env });
}
