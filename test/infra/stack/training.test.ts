import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftByDestroy } from '../../../infra/stack/stack.ts';
import { makeStack, synthesize } from './synthesize.ts';

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
    expect(leftByDestroy('delete', 'plumbline', 'spark')).toMatch(/^the bucket plumbline-training-ACCOUNT-REGION, /);
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

  it('passes cdk-nag AwsSolutions', () => {
    const stack = makeStack({ training: 'spark' });
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });
});
