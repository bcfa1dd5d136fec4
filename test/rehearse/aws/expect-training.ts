// What trainings on a cluster run on, and a job on it from its upload to its results.

import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outputs } from '../../../infra/stack/outputs.ts';
import { root, run } from '../process.ts';
import { stackName } from './cdk.ts';
import { grants } from './grants.ts';
import { accountId, region } from './moto.ts';
import type { MotoAccount } from './moto-account.ts';

const bucket = `${stackName}-training-${accountId}-${region}`;
const objects = `arn:aws:s3:::${bucket}`;
/** A bucket that is none of the stack's, of which a setting names a folder. */
const lake = 'arn:aws:s3:::lake';
const logGroup = `/${stackName}/training`;

export async function expectTraining(account: MotoAccount, outputs: Outputs): Promise<void> {
  const { checks, ask } = account;
  const { TrainingApplication: application = '', TrainingBucket, TrainingRoleArn = '' } = outputs;
  const role = TrainingRoleArn.split('/').at(-1);
  const of = `--bucket ${bucket}`;
  checks.equal('the outputs say which bucket', TrainingBucket, bucket);
  const [made, encryption, versioning, block, lifecycle, policy, trust, names, documents, retention] =
    await Promise.all([
      ask(
        `emr-serverless get-application --application-id ${application}`,
        'application.[name, releaseLabel, state, maximumCapacity.cpu, autoStopConfiguration.idleTimeoutMinutes]',
      ),
      ask(
        `s3api get-bucket-encryption ${of}`,
        'ServerSideEncryptionConfiguration.Rules[].ApplyServerSideEncryptionByDefault.SSEAlgorithm',
      ),
      ask(`s3api get-bucket-versioning ${of}`, 'Status'),
      ask(`s3api get-public-access-block ${of}`, 'values(PublicAccessBlockConfiguration)'),
      ask(`s3api get-bucket-lifecycle-configuration ${of}`, 'Rules[].[Filter.Prefix, Expiration.Days]'),
      ask(`s3api get-bucket-policy ${of}`, 'Policy'),
      ask(`iam get-role --role-name ${role}`, 'Role.AssumeRolePolicyDocument.Statement[].[Principal, Condition]'),
      ask(`iam list-role-policies --role-name ${role}`, 'PolicyNames'),
      ask(`iam get-role-policy --role-name ${role} --policy-name Training`, 'PolicyDocument'),
      ask(`logs describe-log-groups --log-group-name-prefix ${logGroup}`, 'logGroups[].retentionInDays'),
    ]);
  checks.equal('the application is there', (made as unknown[]).toSpliced(2, 1), [
    stackName,
    'emr-spark-8.1.0',
    '16 vCPU',
    5,
  ]);
  checks.equal('the bucket is encrypted', encryption, ['AES256']);
  checks.equal('and versioned', versioning, 'Enabled');
  checks.equal('and closed to the public', block, [true, true, true, true]);
  checks.equal('what commands put there goes after 90 days', lifecycle, [
    ['', null],
    ['training/runs/', 90],
    ['training/uploads/', 90],
  ]);
  checks.equal('it takes requests by TLS only', grants(JSON.parse(String(policy))), [
    ...[objects, `${objects}/*`].map(
      (resource) =>
        `Deny s3:* on ${resource} if {"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Principal":{"AWS":"*"}}`,
    ),
  ]);
  checks.equal('EMR Serverless of this account may take on the role of jobs', trust, [
    [{ Service: 'emr-serverless.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': accountId } }],
  ]);
  checks.equal('which has one policy', names, ['Training']);
  const log = `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}:*`;
  checks.equal('and may do this and nothing else', grants(documents).sort(), [
    `Allow logs:CreateLogStream on ${log}`,
    `Allow logs:DescribeLogGroups on arn:aws:logs:${region}:${accountId}:*`,
    `Allow logs:DescribeLogStreams on ${log}`,
    `Allow logs:PutLogEvents on ${log}`,
    `Allow s3:AbortMultipartUpload on ${objects}/training/runs/*`,
    `Allow s3:DeleteObject on ${objects}/training/runs/*`,
    ...[`${lake}/rows`, `${lake}/rows/*`, `${objects}/training/*`].map((objects) => `Allow s3:GetObject on ${objects}`),
    `Allow s3:ListBucket on ${lake} if {"Condition":{"StringLike":{"s3:prefix":["rows","rows/*"]}}}`,
    `Allow s3:ListBucket on ${objects} if {"Condition":{"StringLike":{"s3:prefix":"training/*"}}}`,
    `Allow s3:PutObject on ${objects}/training/runs/*`,
  ]);
  checks.equal('the log is kept for a month', retention, [30]);
}

/** A job that ends well, and one that is cancelled. No Spark runs: moto's jobs only go through their states. */
export async function expectJobs({ checks, ask, moto, folder }: MotoAccount, outputs: Outputs): Promise<void> {
  const place = mkdtempSync(join(folder, 'training-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(place, name), text);
    return join(place, name);
  };
  const declaration = file('dataset.json', '{}');
  const script = join(root, 'test/rehearse/aws/train-on-moto.ts');
  // Packages take a minute to fetch, and nothing here would run them.
  const pip = '#!/bin/bash\nwhile [ "$1" != --target ]; do shift; done\nmkdir "$2"\n';
  chmodSync(file('python3', pip), 0o755);
  const env = { ...moto.environment, PATH: `${place}:${moto.environment.PATH}` };
  checks.note('not rehearsed: the packages from PyPI, and Spark itself (npm run rehearse:spark runs the job)');

  const results = mkdtempSync(join(folder, 'results-'));
  const { status, stdout, output } = await run('node', [script, declaration, file('rows.csv', 'a,b\n1,2\n'), results], {
    env,
  });
  checks.demand('a job is uploaded, started and followed to its end', status === 0, output.trim());
  const [id = ''] = /(?<=job run )\w+/.exec(stdout) ?? [];
  const told = stdout.trimEnd().split('\n');
  for (const line of [
    'uploading the job',
    'training: round 20',
    'pending',
    'running',
    'success after 10 min; 2.5 vCPU-hours, about 0.19 USD at the prices of us-east-1',
  ])
    checks.check(`it tells: ${line}`, told.includes(line), stdout);
  const there = await run('node', [script, declaration, 's3://lake/rows/', results], { env });
  checks.check('rows of a bucket that a setting names are read where they lie', there.status === 0, there.output);
  const elsewhere = await run('node', [script, declaration, 's3://lake/salaries/', results], { env });
  checks.check(
    'and others are refused, with the setting that is for them',
    elsewhere.status === 1 && elsewhere.output.includes('-c input=s3://lake/salaries/'),
    elsewhere.output,
  );
  checks.equal('its results are here', readdirSync(results), ['results.json']);
  const of = `--application-id ${outputs.TrainingApplication}`;
  const [role, entryPoint] = await Promise.all([
    ask(`emr-serverless list-job-runs ${of}`, `jobRuns[?id=='${id}'].executionRole | [0]`),
    ask(`emr-serverless get-job-run ${of} --job-run-id ${id}`, 'jobRun.jobDriver.sparkSubmit.entryPoint'),
  ]);
  checks.equal('it ran as the role of jobs', role, outputs.TrainingRoleArn);
  const key = String(entryPoint).replace(`s3://${bucket}/`, '');
  const code = await ask(`s3api head-object --bucket ${bucket} --key ${key}`, 'ServerSideEncryption');
  checks.equal('its script is in the bucket, encrypted', code, 'AES256');

  const endless = spawn('node', [script, declaration, file('endless.csv', 'a,b\n1,2\n'), results], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  endless.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (/^running/m.test(text)) endless.kill('SIGINT');
  });
  const status2 = await new Promise((resolve) => endless.on('close', resolve));
  checks.check('Ctrl-C cancels a job, once', said.match(/^cancelling job run /gm)?.length === 1 && status2 === 1, said);
  const states = await ask(`emr-serverless list-job-runs ${of}`, 'jobRuns[].state');
  checks.equal('and nothing runs any more', states, ['SUCCESS', 'SUCCESS', 'CANCELLED']);
  checks.check('nothing was uploaded twice', !said.includes('uploading the job'), said);
}

/** Deletes the bucket as docs/operate/removing.md says. */
export async function removeBucket({ checks, folder, moto }: MotoAccount): Promise<void> {
  const page = join(root, 'docs/operate/removing.md');
  const emptied = join(folder, 'remove-bucket.sh');
  const { status, output } = await run(
    'bash',
    [
      '-c',
      `sed -n '/^aws s3/p' '${page}' | sed 's/plumbline-training-123456789012-eu-central-1/${bucket}/g' >'${emptied}' && bash -e '${emptied}'`,
    ],
    { env: moto.environment },
  );
  checks.check('the bucket goes as removing.md says', status === 0, output.trim());
}
