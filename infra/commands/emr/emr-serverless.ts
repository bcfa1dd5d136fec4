// Trains on what the stack made in AWS: uploads, starts, follows, cancels, fetches.

import { randomBytes } from 'node:crypto';
import { JobLog } from '../spark/job-log.ts';
import { type Following, JobRefused, type SparkCluster } from '../spark/spark-cluster.ts';
import { jobArguments, type SparkJob } from '../spark/spark-job.ts';
import type { StackPlace } from '../stack-outputs.ts';
import { ToolError } from '../tool-error.ts';
import { aws } from './aws.ts';
import { follow } from './follow-run.ts';
import { JobRun, outputOf, type RunState } from './job-run.ts';
import { ENVIRONMENT, ENVIRONMENT_PYTHON } from './python-environment.ts';
import { findTrainingPlace, PREFIX, type TrainingPlace } from './training-place.ts';
import { Uploads } from './uploads.ts';
import { demandRoom, sizeSettings } from './worker-size.ts';

export interface EmrOptions extends StackPlace {
  /** A job run that was left while it ran, to be followed and fetched in place of a new one. */
  readonly run?: string | undefined;
  /** Further settings of Spark, as `spark.executor.memory=8g`; they win over ours. @default none */
  readonly conf?: readonly string[] | undefined;
  /** Milliseconds between two looks. @default 10,000 */
  readonly every?: number;
}

/** The application of a stack that was deployed with training=spark. */
export function emrServerless({ run: left, conf = [], every = 10_000, ...place }: EmrOptions): SparkCluster {
  return {
    title: `EMR Serverless (stack ${place.stack})`,
    async run(job, results, { onProgress = () => {}, signal }) {
      const where = await findTrainingPlace(place, signal);
      const run = left === undefined ? await start(where, job, conf, { onProgress, signal }) : new JobRun(where, left);
      onProgress(`job run ${run.id}; should this command end, take it up again with --run ${run.id}`);
      const log = new JobLog(onProgress);
      const ended = await follow(where, run, { log, onProgress, signal, every });
      if (ended.state !== 'SUCCESS') throw failureOf(run, ended, log);
      onProgress('fetching the results');
      await aws(
        ['s3', 'cp', '--recursive', '--only-show-errors', outputOf(ended), results, ...where.regionArguments],
        signal,
      );
    },
  };
}

/** What the job refused, else its last lines with what EMR says of its end. */
function failureOf({ id }: JobRun, { state, stateDetails }: RunState, log: JobLog): Error {
  const failure = log.failure(`job run ${id}`, { details: stateDetails ?? undefined });
  const isCancelled = state === 'CANCELLED' && !(failure instanceof JobRefused);
  return isCancelled ? new ToolError(`Job run ${id} was cancelled.`) : failure;
}

async function start(
  place: TrainingPlace,
  job: SparkJob,
  conf: readonly string[],
  { onProgress: tell = () => {}, signal }: Following,
): Promise<JobRun> {
  demandRoom(job.settings.workers, place.vcpus);
  const uploads = new Uploads(place, tell, signal);
  const input = await uploads.rows(job.input);
  const declaration = await uploads.declaration(job.declaration);
  const { script, modules } = await uploads.job();
  const environment = await uploads.environment();
  const name = `training-${new Date().toISOString().replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}`;
  const output = `s3://${place.bucket}/${PREFIX}runs/${name}/results`;
  const settings = [
    `spark.archives=${environment}#${ENVIRONMENT}`,
    `spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON=${ENVIRONMENT_PYTHON}`,
    `spark.emr-serverless.driverEnv.PYSPARK_PYTHON=${ENVIRONMENT_PYTHON}`,
    `spark.executorEnv.PYSPARK_PYTHON=${ENVIRONMENT_PYTHON}`,
    ...sizeSettings(job.settings.workers),
    ...conf,
  ];
  signal?.throwIfAborted();
  tell('starting the job');
  return JobRun.start(place, name, {
    entryPoint: script,
    entryPointArguments: jobArguments({ declaration, input, output }, job.settings),
    sparkSubmitParameters: [
      ...(modules.length > 0 ? [`--py-files ${modules.join(',')}`] : []),
      ...settings.map((setting) => `--conf ${setting}`),
    ].join(' '),
  });
}
