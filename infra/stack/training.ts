// Where a training runs that no machine holds: an application of EMR Serverless, which has no server until a job starts and none soon after it
// ends, and a bucket for what jobs read and write. A job may read one prefix of that bucket,
// and one of another where a setting names it, and write below its runs; so it changes neither the
// code that the next job runs nor the rows that people put there.

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnApplication } from 'aws-cdk-lib/aws-emrserverless';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { shortText } from './short-text.ts';
import { inputObjects, listInput, type TrainingInput } from './training-input.ts';

export interface TrainingProps {
  /** The service's name: of the application, and with account and region of the bucket. */
  readonly name: string;
  /** The most processors that all jobs together may take at a time; a job that asks for more does with these. */
  readonly vcpus: number;
  /**
   * Where rows lie that jobs may read beside those of the stack's own bucket.
   * @default nowhere
   */
  readonly input?: TrainingInput | undefined;
}

/**
 * The release of EMR: Spark 4 with Python 3.11, which XGBoost 3.2 needs; supported until September 2029.
 * Source: docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark810-release.html
 */
const emrRelease = 'emr-spark-8.1.0';

/** What a worker of a job may have for each processor, in GB; EMR Serverless takes 2 to 8 of memory, and from 20 of disk a worker. */
const perVcpu = { memory: 4, disk: 25 } as const;

/** Minutes without a job after which the application stops; the workers of a job end with it. */
const idleMinutes = 5;

export class Training extends Construct {
  readonly bucket: Bucket;
  readonly role: Role;
  readonly application: CfnApplication;

  constructor(scope: Construct, id: string, { name, vcpus, input }: TrainingProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/${name}/training`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.bucket = this.makeBucket(name);
    this.role = this.makeRole(logGroup, input);
    this.application = new CfnApplication(this, 'Application', {
      name,
      type: 'SPARK',
      releaseLabel: emrRelease,
      maximumCapacity: {
        cpu: `${vcpus} vCPU`,
        memory: `${vcpus * perVcpu.memory} GB`,
        disk: `${vcpus * perVcpu.disk} GB`,
      },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: idleMinutes },
      monitoringConfiguration: {
        cloudWatchLoggingConfiguration: { enabled: true, logGroupName: logGroup.logGroupName },
      },
    });
  }

  private makeBucket(name: string): Bucket {
    const { account, region } = Stack.of(this);
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: shortText(`${name}-training-${account}-${region}`),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: true,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
        // What the commands of this project put there. What people put into rows/ stays.
        ...['runs', 'uploads'].map((folder) => ({ prefix: `training/${folder}/`, expiration: Duration.days(90) })),
      ],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    // As enforceSSL writes it, in half of the bytes.
    bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources: [shortText(bucket.bucketArn), shortText(`${bucket.bucketArn}/*`)],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One role and the people who train read it, CloudTrail can tell of each; a log of accesses would be a second bucket to look after.',
    });
    return bucket;
  }

  private makeRole(logGroup: LogGroup, input: TrainingInput | undefined): Role {
    const { bucketArn } = this.bucket;
    const { account, partition, region } = Stack.of(this);
    const statements = [
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [shortText(bucketArn)],
        conditions: { StringLike: { 's3:prefix': 'training/*' } },
      }),
      ...(input ? [listInput(input, partition)] : []),
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [`${bucketArn}/training/*`, ...(input ? inputObjects(input, partition) : [])].map(shortText),
      }),
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
        resources: [shortText(`${bucketArn}/training/runs/*`)],
      }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [shortText(logGroup.logGroupArn)],
      }),
      new PolicyStatement({
        actions: ['logs:DescribeLogGroups'],
        resources: [shortText(`arn:${partition}:logs:${region}:${account}:*`)],
      }),
    ];
    const role = new Role(this, 'Role', {
      description: 'A training: reads its bucket and input, writes below its runs, writes its log',
      assumedBy: new ServicePrincipal('emr-serverless.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
      inlinePolicies: { Training: new PolicyDocument({ statements }) },
    });
    const bucket = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    const prefixes = [
      ...['training/*', 'training/runs/*'].map((prefix) => `<${bucket}.Arn>/${prefix}`),
      ...(input ? inputObjects(input, '<AWS::Partition>') : []),
    ];
    const acknowledged = [
      ...prefixes.map((resource) => ({
        resource,
        reason: 'The keys of objects are not known before; the prefix is as narrow as it gets.',
      })),
      {
        resource: 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:*',
        reason: 'EMR looks its log group up among those of the region, and reads no log by it.',
      },
    ];
    for (const { resource, reason } of acknowledged)
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    return role;
  }
}
