import { describe, expect, test } from 'vitest';
import { costOfMonth, type MonthOptions } from '../../../../infra/commands/cost/month.ts';
import { combinations, titleOf } from '../../stack/combinations.ts';
import { synthesize } from '../../stack/synthesize.ts';

const region = 'us-east-1';

const quantityOf = (size: 'server' | 'fleet') => {
  const { lines } = costOfMonth({ size, region, requests: 0 });
  return (item: string) => lines.find((line) => line.item === item)?.quantity ?? Number.NaN;
};

/** The lines that a type of resource is billed by: all of them must be there, and another type may share one. */
const billed: Readonly<Record<string, readonly RegExp[]>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': [/^CloudWatch alarms$/],
  'AWS::CloudWatch::Alarm': [/^CloudWatch alarms$/],
  'AWS::CloudWatch::Dashboard': [/^CloudWatch dashboard$/],
  'AWS::EC2::EIP': [/^public IPv4 address$/],
  'AWS::EC2::FlowLog': [/^logs: .*network/],
  'AWS::EC2::Instance': [/^EC2, /, /^disk/, /^data out/],
  'AWS::ECR::Repository': [/^images/],
  'AWS::ECS::Service': [/^tasks.*processors/, /^tasks.*memory/, /^public IPv4 addresses$/],
  'AWS::EFS::FileSystem': [/\(EFS\)$/, /containers share: written$/, /containers share: read$/],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    /^load balancer$/,
    /^load balancer's capacity$/,
    /^public IPv4 addresses$/,
    /^data out/,
  ],
  'AWS::EMRServerless::Application': [/^training.*processors/, /^training.*memory/, /^training.*disk/],
  'AWS::Lambda::Function': [/^registering runners.*calls/, /^registering runners.*memory/],
  'AWS::Logs::LogGroup': [/^logs: app/, /^logs that are kept$/],
  'AWS::Logs::MetricFilter': [/^CloudWatch metrics$/],
  'AWS::S3::Bucket': [/\(S3\)$/],
  'AWS::SecretsManager::Secret': [/^secrets/],
};

/** What nothing is paid for, however many there are; or nothing at any size that one service has. */
const free: ReadonlySet<string> = new Set([
  // What belongs to something else, which is billed.
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::LaunchTemplate',
  'AWS::ECS::Cluster',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::S3::BucketPolicy',
  // A budget that only tells.
  'AWS::Budgets::Budget',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
  // The network, but for what goes through it and addresses.
  ...['InternetGateway', 'Route', 'RouteTable', 'SecurityGroup', 'SecurityGroupEgress', 'SecurityGroupIngress'].map(
    (name) => `AWS::EC2::${name}`,
  ),
  ...['Subnet', 'SubnetRouteTableAssociation', 'VPC', 'VPCGatewayAttachment'].map((name) => `AWS::EC2::${name}`),
  ...['AccessKey', 'InstanceProfile', 'ManagedPolicy', 'OIDCProvider', 'Policy', 'Role', 'User'].map(
    (name) => `AWS::IAM::${name}`,
  ),
  // A thousand mails in a month.
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  // On EC2.
  'AWS::SSM::Document',
]);

const contexts = combinations.flatMap((context) => ['oidc', 'both'].map((auth) => ({ context, auth })));

describe.each(contexts.map((each) => [`${titleOf(each.context)} auth=${each.auth}`, each] as const))(
  'the stack with %s',
  (_title, { context, auth }) => {
    const resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> = synthesize({
      ...context,
      auth,
    }).toJSON().Resources;
    const types = Object.values(resources).map(({ Type }) => Type);
    const { size, runner, training } = context;
    const options = { size, runner, auth, region, requests: 1e6, trainingHours: training === 'spark' ? 1 : 0 };
    const { lines } = costOfMonth(options as MonthOptions);
    const quantityOf = (item: string) => lines.find((line) => line.item === item)?.quantity ?? 0;

    test('has nothing but what is free and what has lines in the calculation', () => {
      const unknown = types.filter((type) => billed[type] === undefined && !free.has(type));
      expect(unknown, 'is it billed, and by which line?').toEqual([]);
      const missing = types.flatMap((type) =>
        (billed[type] ?? []).filter((pattern) => !lines.some(({ item }) => pattern.test(item))),
      );
      expect(missing).toEqual([]);
    });

    test('has something behind each line', () => {
      const patterns = types.flatMap((type) => billed[type] ?? []);
      const unfounded = lines.filter(({ item }) => !patterns.some((pattern) => pattern.test(item)));
      expect(unfounded.map(({ item }) => item)).toEqual([]);
    });

    test('has as many secrets, dashboards, and metrics that alarms watch as are counted', () => {
      const countOf = (wanted: string) => types.filter((type) => type === wanted).length;
      expect(quantityOf('secrets (Secrets Manager)')).toBe(countOf('AWS::SecretsManager::Secret'));
      expect(quantityOf('CloudWatch dashboard')).toBe(countOf('AWS::CloudWatch::Dashboard'));
      const watched = Object.values(resources)
        .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
        .reduce((sum, { Properties }) => sum + metricsOf(Properties ?? {}), 0);
      // One to scale out, and one to scale in.
      const scaling = 2 * countOf('AWS::ApplicationAutoScaling::ScalingPolicy');
      expect(quantityOf('CloudWatch alarms')).toBe(watched + scaling);
    });
  },
);

/** Of an expression each of the metrics in it. */
function metricsOf({ Metrics }: { readonly Metrics?: readonly { readonly MetricStat?: unknown }[] }): number {
  return Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
}

test('of a server as many metrics and as large a disk', () => {
  const template = synthesize({ size: 'server' });
  expect(quantityOf('server')('CloudWatch metrics')).toBe(
    Object.keys(template.findResources('AWS::Logs::MetricFilter')).length,
  );
  expect(JSON.stringify(template.findResources('AWS::EC2::Instance'))).toContain(
    `"VolumeSize":${quantityOf('server')('disk (EBS gp3)')}`,
  );
});

test('of a fleet tasks of that size, the fewest that the stack runs, with an address each', () => {
  const template = synthesize({ size: 'fleet' });
  const quantity = quantityOf('fleet');
  const [{ Properties: scaling } = { Properties: {} }] = Object.values(
    template.findResources('AWS::ApplicationAutoScaling::ScalableTarget'),
  );
  const hours = scaling.MinCapacity * 730;
  const sizes = Object.values(template.findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) => ({
    vcpu: Number(Properties.Cpu) / 1024,
    gb: Number(Properties.Memory) / 1024,
  }));
  for (const task of sizes)
    expect(task).toEqual({
      vcpu: quantity('tasks (Fargate): processors') / hours,
      gb: quantity('tasks (Fargate): memory') / hours,
    });
  const zones = Object.keys(template.findResources('AWS::EC2::Subnet')).length;
  expect(quantity('public IPv4 addresses')).toBe((scaling.MinCapacity + zones) * 730);
});
