// The options of a training on a cluster, and which of a training here do not go with them.

import { type Command, Option } from 'commander';
import { ParamError } from '../ml/core/errors.ts';
import type { Asked } from '../ml/selection/asked.ts';
import type { Place } from './output.ts';

/** With a learning rate of 0.1 early stopping mostly ends before. */
export const ROUNDS = 500;
/** With the driver they take the 16 processors that a new account may use. */
export const WORKERS_IN_AWS = 12;
/** The name that a stack has where no setting says another. */
export const STACK = 'plumbline';

/** Options of a training here that mean nothing on a cluster. */
const onlyHere = [
  ...['data', 'holdoutRows', 'models', 'strategy', 'preset', 'trials', 'folds', 'budget', 'prefer', 'resume', 'like'],
  ...['ifMissing', 'ifChanged'],
];
/** Options of a training on the stack's application. */
const inAws = ['stack', 'region', 'run'];
/** Options of a training on a cluster alone. */
const onlyThere = ['master', ...inAws, 'input', 'rounds', 'sparkConf', 'results'];

export interface SparkOptions extends Place, Asked {
  readonly on?: 'spark';
  /** @default - the application of the stack */
  readonly master?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly run?: string;
  readonly input?: string;
  readonly rounds?: number;
  readonly sparkConf?: string[];
  readonly results?: string;
  readonly workers?: number;
  readonly seed: number;
  readonly force?: true;
  readonly json?: string;
}

export function withSparkOptions(command: Command, number: (text: string) => number): Command {
  return command
    .addOption(new Option('--on <cluster>', 'train on a cluster, for data that no machine holds').choices(['spark']))
    .option(
      '--master <url>',
      'of a training on Spark: spark://HOST:7077, or local[2] for threads here (default: what the stack has for it in AWS)',
    )
    .option('--stack <name>', `of a training on Spark in AWS: the deployed stack (default: ${STACK})`)
    .option('--region <region>', "of a training on Spark in AWS: the stack's region (default: the AWS CLI's)")
    .option('--run <id>', 'of a training on Spark in AWS: take up a job run that was left, in place of a new one')
    .option(
      '--input <path>',
      "of a training on Spark: CSV or Parquet, a file or a folder that each worker reads, or a URL as s3://… (default: the data set's own file)",
    )
    .option('--rounds <n>', `of a training on Spark: the most rounds of trees (default: ${ROUNDS})`, number)
    .option(
      '--spark-conf <setting>',
      'of a training on Spark: spark.executor.memory=8g; may be given again',
      (setting, before: string[] = []) => [...before, setting],
    )
    .option(
      '--results <dir>',
      'of a training on Spark: keep what the job writes there; where an earlier one did, make a release of that, without a cluster',
    );
}

/** @throws ParamError where an option is for another place */
export function checkPlace(command: Command): void {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const flagOf = (name: string) => command.options.find((option) => option.attributeName() === name)?.long;
  const isThere = command.getOptionValue('on') === 'spark';
  const wrong = (isThere ? onlyHere : onlyThere).find(isGiven);
  if (wrong !== undefined) {
    const flag = flagOf(wrong);
    throw new ParamError(
      isThere ? `${flag} is for a training here: leave it out, or --on` : `${flag} needs --on spark`,
    );
  }
  const elsewhere = isGiven('master') ? inAws.find(isGiven) : undefined;
  if (elsewhere !== undefined)
    throw new ParamError(`${flagOf(elsewhere)} is for what a stack has in AWS: leave it out, or --master`);
}
