import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftByDestroy } from '../../../infra/stack/stack.ts';
import { statements } from './statements.ts';
import { flat, makeStack, synthesize } from './synthesize.ts';

let template: ReturnType<typeof synthesize>;
beforeAll(() => {
  template = synthesize({ training: 'spark', vcpus: '128' });
});

describe('training=spark', () => {
  it('makes an application that takes so many processors at most, and stops by itself', () => {
    template.hasResourceProperties('AWS::EMRServerless::Application', {
      Name: 'plumbline',
      Type: 'SPARK',
      ReleaseLabel: 'emr-spark-8.1.0',
      MaximumCapacity: { Cpu: '128 vCPU', Memory: '512 GB', Disk: '3200 GB' },
      AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: 5 },
      // What is started before a job asks for it is paid for when nothing trains.
      InitialCapacity: Match.absent(),
      NetworkConfiguration: Match.absent(),
    });
  });

  it('keeps the log of jobs in a group of its own, for a month', () => {
    const [log = ''] = Object.keys(
      template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: '/plumbline/training' } }),
    );
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Delete',
      Properties: { LogGroupName: '/plumbline/training', RetentionInDays: 30 },
    });
    template.hasResourceProperties('AWS::EMRServerless::Application', {
      MonitoringConfiguration: { CloudWatchLoggingConfiguration: { Enabled: true, LogGroupName: { Ref: log } } },
    });
  });

  it('makes a bucket that is encrypted, versioned, closed to the public, and outlives the stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        BucketName: { 'Fn::Sub': 'plumbline-training-${AWS::AccountId}-${AWS::Region}' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    });
    expect(leftByDestroy('delete', 'plumbline', 'spark')).toMatch(/^the bucket plumbline-training-ACCOUNT-REGION \(/);
    expect(leftByDestroy('keep', 'plumbline', 'spark')).toMatch(/^the image repository .*; and the bucket /);
  });

  it('has what commands put there expire, and what people put there stay', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            ExpiredObjectDeleteMarker: true,
          },
          { Status: 'Enabled', Prefix: 'training/runs/', ExpirationInDays: 90 },
          { Status: 'Enabled', Prefix: 'training/uploads/', ExpirationInDays: 90 },
        ],
      },
    });
  });

  it('is not there unless it is asked for', () => {
    const without = synthesize();
    for (const type of ['AWS::EMRServerless::Application', 'AWS::S3::Bucket']) without.resourceCountIs(type, 0);
    expect(Object.keys(without.findOutputs('Training*'))).toEqual([]);
  });

  it('lets jobs read one folder of another bucket, or all of one, where a setting names it, and nothing else of it', () => {
    const of = (input: string) => statements({ training: 'spark', input }).filter((line) => line.includes(':s3:::'));
    const cars = 'arn:${AWS::Partition}:s3:::acme.cars';
    const ours = '"${TrainingBucket.Arn}/training/*"';
    const folder = [
      `TrainingRole: s3:ListBucket on "${cars}" if {"StringLike":{"s3:prefix":["v=1/rows","v=1/rows/*"]}}`,
      `TrainingRole: s3:GetObject on ${ours} "${cars}/v=1/rows" "${cars}/v=1/rows/*"`,
    ];
    expect(of('s3://acme.cars/v=1/rows/')).toEqual(folder);
    expect(of('s3://acme.cars/v=1/rows')).toEqual(folder);
    expect(of('s3://acme.cars')).toEqual([
      `TrainingRole: s3:ListBucket on "${cars}"`,
      `TrainingRole: s3:GetObject on ${ours} "${cars}/*"`,
    ]);
    expect(
      flat(
        synthesize({ training: 'spark', input: 's3://acme.cars/v=1/rows' }).findOutputs('TrainingInput').TrainingInput
          ?.Value,
      ),
    ).toBe('s3://acme.cars/v=1/rows/');
    expect(synthesize({ training: 'spark' }).findOutputs('TrainingInput')).toEqual({});
  });

  it.each(['', 's3://lake/rows/', 's3://lake'])('passes cdk-nag AwsSolutions, with input=%s', (input) => {
    const stack = makeStack({ training: 'spark', input });
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });
});
