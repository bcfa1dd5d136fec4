import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emrServerless } from '../../../../infra/commands/emr/emr-serverless.ts';
import { ENVIRONMENT_PYTHON } from '../../../../infra/commands/emr/python-environment.ts';
import { JobRefused } from '../../../../infra/commands/spark/spark-cluster.ts';
import { ToolError } from '../../../../infra/commands/tool-error.ts';
import { readSettings } from '../../../../infra/stack/config.ts';
import { temporaryFolder } from '../../../temporary.ts';

/** An AWS CLI that plays the account: what was uploaded is there, and a job goes through the states in the file `states`. */
const double = `#!/bin/bash
cd "$FOLDER" || exit
echo "$*" >>calls
case "$*" in
*describe-stacks*) cat outputs ;;
*get-application*) echo '{"application": {"arn": "arn:aws:emr-serverless:us-east-1:1:/applications/app1", "maximumCapacity": {"cpu": "16 vCPU"}}}' ;;
*list-objects-v2*) if grep -qs "$6" there; then echo '{"Contents": [{"LastModified": "2999-01-01T00:00:00Z"}]}'; fi ;;
*cancel-job-run*) echo CANCELLING >states; echo CANCELLED >>states ;;
*start-job-run*) echo '{"jobRunId": "run1"}' ;;
*get-job-run*)
  state=$(head -n 1 states)
  if [ "$(wc -l <states)" -gt 1 ]; then sed -i 1d states; fi
  [ "$state" = GONE ] && { echo 'Could not connect to the endpoint URL' >&2; exit 255; }
  printf '{"jobRun": {"state": "%s", "stateDetails": "%s", "totalResourceUtilization": {"vCPUHour": 2, "memoryGBHour": 8, "storageGBHour": 0}, "totalExecutionDurationSeconds": 750, "jobDriver": {"sparkSubmit": {"entryPointArguments": ["--output", "s3://b/training/runs/x/results"]}}}}' "$state" "$(cat details)"
  ;;
*describe-log-streams*) echo '{"logStreams": [{"logStreamName": "applications/app1/jobs/run1/SPARK_DRIVER/stdout"}]}' ;;
*get-log-events*next-token*) echo '{"events": [], "nextForwardToken": "f/1"}' ;;
*get-log-events*) cat events ;;
*'s3 cp --recursive'*results*) echo '{}' >"\${6}/results.json" ;;
*'s3 cp'*) for last; do :; done; case "$last" in s3:*) echo "$last" >>there ;; esac ;;
esac
`;

const outputs = {
  RepositoryUri: '1.dkr.ecr.us-east-1.amazonaws.com/plumbline',
  TrainingApplication: 'app1',
  TrainingBucket: 'b',
  TrainingRoleArn: 'arn:aws:iam::1:role/training',
};

let folder: string;
const file = (name: string) => join(folder, name);
const calls = (part = '') =>
  (existsSync(file('calls')) ? readFileSync(file('calls'), 'utf8') : '')
    .split('\n')
    .filter((call) => call.includes(part) && call !== '');
const states = (...names: string[]) => writeFileSync(file('states'), `${names.join('\n')}\n`);
const printed = (...lines: string[]) =>
  writeFileSync(
    file('events'),
    JSON.stringify({ events: lines.map((message) => ({ message })), nextForwardToken: 'f/1' }),
  );
const stackHas = (found: Record<string, string>) =>
  writeFileSync(
    file('outputs'),
    JSON.stringify({
      Stacks: [{ Outputs: Object.entries(found).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }],
    }),
  );

function tool(name: string, script: string): void {
  writeFileSync(file(name), script);
  chmodSync(file(name), 0o755);
}

beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  vi.stubEnv('FOLDER', folder);
  tool('aws', double);
  // In place of pip, which asks the network.
  tool(
    'python3',
    `#!/bin/bash\necho "python3 $*" >>'${file('calls')}'\nwhile [ "$1" != --target ]; do shift; done\nmkdir "$2"\n`,
  );
  writeFileSync(file('rows.csv'), 'a,b\n1,2\n');
  writeFileSync(file('dataset.json'), '{}');
  writeFileSync(file('details'), '');
  stackHas(outputs);
  states('SUBMITTED', 'RUNNING', 'SUCCESS');
  printed('noise', 'plumbline: training: round 20');
});

const lines: string[] = [];
function train({
  input = file('rows.csv'),
  workers = 4,
  run,
  signal,
}: {
  input?: string;
  workers?: number;
  run?: string;
  signal?: AbortSignal;
} = {}) {
  lines.length = 0;
  const results = temporaryFolder();
  const settings = { seed: 1, workers, rounds: 10, params: {} };
  const job = { declaration: file('dataset.json'), input, settings };
  const following = { onProgress: (line: string) => lines.push(line), signal };
  return { results, ended: emrServerless({ stack: 'plumbline', every: 1, run }).run(job, results, following) };
}

describe('a training on the application of the stack', () => {
  it('uploads, starts, follows with state, progress and cost, and fetches the results', async () => {
    const { results, ended } = train();
    await ended;
    expect(readdirSync(results)).toEqual(['results.json']);
    expect(lines).toEqual([
      'uploading rows.csv (1 MB)',
      'uploading the job',
      'gathering the Python packages of the job, once for this version of them',
      expect.stringMatching(/^uploading the Python packages \(\d+ MB\)$/),
      'starting the job',
      'job run run1; should this command end, take it up again with --run run1',
      'training: round 20',
      'submitted for 12 min; 2.0 vCPU-hours, about 0.15 USD so far',
      'running for 12 min; 2.0 vCPU-hours, about 0.15 USD so far',
      'success after 12 min; 2.0 vCPU-hours, about 0.15 USD',
      'fetching the results',
    ]);
    const [start = ''] = calls('start-job-run');
    expect(start).toContain('--application-id app1 --execution-role-arn arn:aws:iam::1:role/training --name training-');
    const { sparkSubmit } = JSON.parse(/--job-driver (\{.*\}) --output json$/.exec(start)?.[1] ?? '');
    expect(sparkSubmit.entryPoint).toMatch(/^s3:\/\/b\/training\/uploads\/job\/[0-9a-f]{16}\/train\.py$/);
    const value = (option: string) =>
      sparkSubmit.entryPointArguments[sparkSubmit.entryPointArguments.indexOf(option) + 1];
    expect(value('--input')).toMatch(/^s3:\/\/b\/training\/uploads\/rows\/[0-9a-f]{16}\/rows\.csv$/);
    expect(value('--declaration')).toMatch(/^s3:\/\/b\/training\/uploads\/declarations\/[0-9a-f]{16}\/dataset\.json$/);
    expect(value('--output')).toMatch(/^s3:\/\/b\/training\/runs\/training-[\w-]+\/results$/);
    const settings: string[] = sparkSubmit.sparkSubmitParameters.split(/ ?--conf /).slice(1);
    expect(settings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^spark\.archives=s3:\/\/b\/training\/uploads\/environment\/[0-9a-f]{16}\/environment\.tar\.gz#environment$/,
        ),
        `spark.emr-serverless.driverEnv.PYSPARK_PYTHON=${ENVIRONMENT_PYTHON}`,
        `spark.executorEnv.PYSPARK_PYTHON=${ENVIRONMENT_PYTHON}`,
        'spark.executor.instances=1',
        'spark.dynamicAllocation.enabled=false',
      ]),
    );
  });

  it('uploads each thing once', async () => {
    await train().ended;
    const uploads = calls('s3 cp').length;
    states('SUCCESS');
    await train().ended;
    expect(calls('s3 cp').length).toBe(uploads + 1);
    expect(calls('start-job-run')).toHaveLength(2);
  });

  it('cancels the job once where it is aborted, and waits for its end', async () => {
    states('RUNNING');
    const stop = new AbortController();
    const { ended } = train({ signal: stop.signal });
    const outcome = ended.catch((error: unknown) => error);
    await vi.waitFor(() => expect(calls('get-job-run').length).toBeGreaterThan(1), 20_000);
    stop.abort(new Error('Ctrl-C'));
    expect(await outcome).toMatchObject({ message: 'Ctrl-C' });
    expect(calls('cancel-job-run')).toEqual(['emr-serverless cancel-job-run --application-id app1 --job-run-id run1']);
    expect(lines).toContain('cancelling job run run1');
    expect(lines.at(-1)).toMatch(/^cancelled after/);
  });

  it('starts nothing where it is aborted before', async () => {
    await expect(train({ signal: AbortSignal.abort(new Error('Ctrl-C')) }).ended).rejects.toThrow('Ctrl-C');
    expect(calls('start-job-run')).toEqual([]);
  });

  it('takes up a job run that was left', async () => {
    const { results, ended } = train({ run: 'run7' });
    await ended;
    expect(readdirSync(results)).toEqual(['results.json']);
    expect(calls('start-job-run')).toEqual([]);
    expect(calls('--job-run-id run7')).not.toEqual([]);
    expect(calls('s3 cp --recursive')).toEqual([
      `s3 cp --recursive --only-show-errors s3://b/training/runs/x/results ${results}`,
    ]);
  });

  it('goes on where AWS does not answer for a while', async () => {
    states('RUNNING', 'GONE', 'GONE', 'SUCCESS');
    await train().ended;
    expect(lines).toContain('AWS does not answer (2 of 30 times): Could not connect to the endpoint URL');
  });

  it('gives up where AWS does not answer for long, and says how to take the job up again', async () => {
    states('GONE');
    await expect(train().ended).rejects.toThrow(
      'Job run run1 goes on without this command; take it up again with --run run1',
    );
  });

  it('tells what the job refused', async () => {
    states('FAILED');
    printed('plumbline refused: line 3: age is "x", and should be a number');
    const error = await train().ended.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(JobRefused);
    expect((error as Error).message).toBe('line 3: age is "x", and should be a number');
  });

  it('tells the last lines of a job that failed, and what EMR says of it', async () => {
    states('FAILED');
    printed('Traceback', 'MemoryError: no room');
    writeFileSync(file('details'), 'Job failed with exit code 1');
    const error = await train().ended.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ToolError);
    expect((error as Error).message).toContain('MemoryError: no room');
    expect((error as Error).message).toContain('Job failed with exit code 1');
  });

  it('says so where somebody else cancelled it', async () => {
    states('RUNNING', 'CANCELLED');
    await expect(train().ended).rejects.toThrow('Job run run1 was cancelled.');
  });
});

describe('what is asked of AWS', () => {
  /** `emr-serverless get-job-run` as a policy has it. */
  const action = (call: string) => {
    const [service, command = ''] = call.split(' ');
    return `${service}:${command.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
  };

  it('is what the documents give somebody who trains', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/operate/training.md'), 'utf8');
    const policy = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as {
      Statement: { Action: string | string[] }[];
    };
    const given = policy.Statement.flatMap(({ Action }) => Action);
    await train().ended;
    states('RUNNING');
    const stop = new AbortController();
    const looks = calls('get-job-run').length;
    const { ended } = train({ signal: stop.signal });
    const outcome = ended.catch(() => {});
    await vi.waitFor(() => expect(calls('get-job-run').length).toBeGreaterThan(looks), 20_000);
    stop.abort();
    await outcome;
    const asked = new Set(
      calls()
        .filter((call) => !/^(?:s3|python3)/.test(call))
        .map(action),
    );
    expect([...asked].sort()).toEqual(given.filter((name) => !/^(?:s3|iam):/.test(name)).sort());
    expect(given).toEqual(expect.arrayContaining(['iam:PassRole', 's3:GetObject', 's3:ListBucket', 's3:PutObject']));
  });
});

describe('what it refuses before anything starts', () => {
  it('a stack without training', async () => {
    stackHas({ RepositoryUri: 'x' });
    await expect(train().ended).rejects.toThrow('Deploy it with: npx cdk deploy -c training=spark');
  });

  it('more workers than the application has processors for, which would wait for ever', async () => {
    await expect(train({ workers: 13 }).ended).rejects.toThrow(
      '13 workers and the driver take 20 processors, and the application has 16. Take --workers 12, or deploy with -c vcpus=20.',
    );
  });

  it.each([
    ['s3://lake/rows/', 's3://lake/rows/', '--recursive s3://lake/rows/'],
    ['s3a://lake/rows', 's3://lake/rows/', '--recursive s3://lake/rows/'],
    ['s3://lake/2026/cars.csv', 's3://lake/2026/', 's3://lake/2026/cars.csv'],
    ['s3://lake/2026/*.csv', 's3://lake/2026/', '--recursive s3://lake/2026/'],
    ['s3://lake.of.ours', 's3://lake.of.ours/', '--recursive s3://lake.of.ours/'],
  ])('rows that the role of jobs may not read, with the setting that lets it: %s', async (input, folder, rows) => {
    const refusal = await train({ input }).ended.catch(({ message }: Error) => message);
    expect(refusal).toContain(`${input}: the role of jobs reads s3://b/training/ only.`);
    expect(refusal).toContain(`npx cdk deploy -c training=spark -c input=${folder} (best`);
    expect(refusal).toContain(`aws s3 cp ${rows} s3://b/training/rows/`);
    expect(readSettings({ training: 'spark', input: folder }, {}).input).toBeDefined();
    expect(calls('start-job-run')).toEqual([]);
  });

  it('rows beside those that a setting lets it read', async () => {
    stackHas({ ...outputs, TrainingInput: 's3://lake/rows/' });
    for (const input of ['s3://lake/rows-of-others/', 's3://lake/', 's3://lake2/rows/'])
      await expect(train({ input }).ended).rejects.toThrow(
        /reads s3:\/\/b\/training\/ and s3:\/\/lake\/rows\/ only.*takes the place of s3:\/\/lake\/rows\/\)/,
      );
  });

  it('rows that lie neither here nor on S3', async () => {
    await expect(train({ input: 'gs://lake/rows/' }).ended).rejects.toThrow('reads from S3 alone');
  });

  it('a folder of this machine, and a file that is not there', async () => {
    await expect(train({ input: folder }).ended).rejects.toThrow('is a folder. Send it yourself');
    await expect(train({ input: file('none.csv') }).ended).rejects.toThrow('There is no file');
    expect(calls('start-job-run')).toEqual([]);
  });

  it('but takes rows of the bucket as they are', async () => {
    await train({ input: 's3://b/training/rows/2026/' }).ended;
    expect(calls('start-job-run')[0]).toContain('"--input","s3://b/training/rows/2026/"');
  });

  it.each(['s3://lake/rows/', 's3://lake/rows', 's3a://lake/rows/2026/cars.csv'])(
    'and those of another bucket where a setting names it, of which nothing comes here: %s',
    async (input) => {
      stackHas({ ...outputs, TrainingInput: 's3://lake/rows/' });
      await train({ input }).ended;
      expect(calls('start-job-run')[0]).toContain(`"--input","${input.replace('s3a:', 's3:')}"`);
      expect(calls('lake').filter((call) => !call.includes('start-job-run'))).toEqual([]);
    },
  );
});
