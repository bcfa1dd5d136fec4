import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { statements } from '../statements.ts';
import { allFleetSettings, flat, makeStack, synthesize } from '../synthesize.ts';

type Template = ReturnType<typeof synthesize>;

let minimal: Template;
let full: Template;
beforeAll(() => {
  minimal = synthesize({ size: 'fleet' });
  full = synthesize(allFleetSettings);
});

const outputs = (template: Template) =>
  Object.fromEntries(Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, flat(Value)]));

/** A container of the one task definition of a family. */
const containerOf = (template: Template, family: string) => {
  const definitions = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  const found = definitions.filter(({ Properties }) => Properties.Family === family);
  expect(found).toHaveLength(1);
  expect(found[0]?.Properties.ContainerDefinitions).toHaveLength(1);
  return found[0]?.Properties.ContainerDefinitions[0];
};

describe('a stack with a fleet', () => {
  it('is as committed', async () => {
    await expect(`${JSON.stringify(full.toJSON(), undefined, 2)}\n`).toMatchFileSnapshot('template.snapshot.json');
  });

  it.each([
    ['no other setting', { size: 'fleet' }],
    ['every setting', allFleetSettings],
    ['an existing provider', { size: 'fleet', github: 'acme/scores', provider: 'existing' }],
  ])('passes cdk-nag AwsSolutions with %s', (_title, context) => {
    const stack = makeStack(context);
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });

  it('has nothing of a server, and needs no bootstrap', () => {
    for (const type of ['AWS::EC2::Instance', 'AWS::EC2::EIP', 'AWS::Lambda::Function']) full.resourceCountIs(type, 0);
    expect(full.toJSON().Parameters).toBeUndefined();
  });

  it('fits in what CloudFormation takes by itself, with the longest settings', () => {
    const long = {
      ...allFleetSettings,
      name: 'n'.repeat(24),
      github: `${'o'.repeat(39)}@1234567890/${'r'.repeat(100)}@1234567890`,
      domain: `${'d'.repeat(48)}.${'d'.repeat(47)}.org`,
      email: `${'e'.repeat(60)}@${'e'.repeat(35)}.org`,
    };
    // The CDK sends YAML.
    expect(stringify(synthesize(long).toJSON()).length).toBeLessThanOrEqual(51_200);
  });

  it('says where it answers and what it is, and nothing of a server', () => {
    expect(outputs(full)).toMatchObject({
      Address: 'https://scores.example.org',
      DnsRecord: expect.stringMatching(/^scores\.example\.org\. CNAME \$\{\w+\.DNSName\}$/),
      DeployTarget: 'fleet/${AWS::Region}/plumbline',
      GitHubVariables: expect.stringContaining(' RUNNER=ubuntu-24.04 DEPLOY_TARGET=fleet/${AWS::Region}/plumbline '),
    });
    expect(outputs(minimal).Address).toMatch(/^http:\/\/\$\{\w+\.DNSName\}$/);
    for (const name of ['InstanceId', 'RegisterRunner', 'OpenSession']) expect(outputs(full)).not.toHaveProperty(name);
  });
});

describe('its service', () => {
  it('is asked at /readyz, keeps what it has while new containers come, and goes back where they or requests fail', () => {
    const [errors = ''] = Object.entries(full.findResources('AWS::CloudWatch::Alarm'))
      .filter(([, { Properties }]) => Properties.AlarmName === 'plumbline-ServerErrors')
      .map(([id]) => id);
    full.hasResourceProperties('AWS::ECS::Service', {
      ServiceName: 'plumbline',
      LaunchType: 'FARGATE',
      DesiredCount: Match.absent(),
      DeploymentConfiguration: {
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { AlarmNames: [{ Ref: errors }], Enable: true, Rollback: true },
      },
    });
    full.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/readyz',
      Port: 8080,
      TargetType: 'ip',
    });
  });

  it('is known to CloudFormation by the family alone, so that no change of the stack brings an image back', () => {
    full.hasResourceProperties('AWS::ECS::Service', { TaskDefinition: 'plumbline' });
    expect(containerOf(full, 'plumbline-base').Image).toBe('set-by-each-deploy');
  });

  it('begins with a page that waits, whose definition no setting changes', () => {
    const waiting = containerOf(full, 'plumbline');
    expect(waiting.Image).toMatch(/busybox/);
    const definition = (template: Template) =>
      Object.values(template.findResources('AWS::ECS::TaskDefinition')).find(
        ({ Properties }) => Properties.Family === 'plumbline',
      );
    expect(definition(minimal)).toEqual(definition(full));
  });

  it.each([
    [{}, 2, 6],
    [{ min: '1', max: '1' }, 1, 1],
    [{ min: '8' }, 8, 8],
  ])('scales with load: %o is from %i to %i containers', (settings, MinCapacity, MaxCapacity) => {
    const template = synthesize({ size: 'fleet', ...settings });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ResourceId: 'service/plumbline/plumbline',
      MinCapacity,
      MaxCapacity,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
    });
  });

  it('runs the image as the server does: nothing to write on but the shared disk, no capability, a log', () => {
    expect(containerOf(full, 'plumbline-base')).toMatchObject({
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
      MountPoints: [{ ContainerPath: '/batches', ReadOnly: false }],
      LogConfiguration: { LogDriver: 'awslogs' },
      Secrets: [{ Name: 'ACCESS' }],
    });
    expect(containerOf(minimal, 'plumbline-base')).not.toHaveProperty('Secrets');
    full.hasResourceProperties('AWS::EFS::FileSystem', { Encrypted: true });
    full.resourceCountIs('AWS::EFS::MountTarget', 2);
  });

  it('is reached through the load balancer only: HTTPS where there is a domain, and HTTP leads there', () => {
    const listeners = (template: Template) =>
      Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener'))
        .map(({ Properties: { Port, Protocol, DefaultActions } }) => [Port, Protocol, DefaultActions[0].Type])
        .sort();
    expect(listeners(full)).toEqual([
      [443, 'HTTPS', 'forward'],
      [80, 'HTTP', 'redirect'],
    ]);
    expect(listeners(minimal)).toEqual([[80, 'HTTP', 'forward']]);
    const open = Object.values(full.findResources('AWS::EC2::SecurityGroup')).flatMap(({ Properties }) =>
      (Properties.SecurityGroupIngress ?? []).map((rule: Record<string, unknown>) => [rule.CidrIp, rule.FromPort]),
    );
    expect(open).toEqual([
      ['0.0.0.0/0', 80],
      ['0.0.0.0/0', 443],
    ]);
  });
});

describe('its alarms', () => {
  it('are on what the load balancer and the service tell, each with a mail, and the dashboard shows all', () => {
    const alarms = Object.values(full.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ Properties }) => Properties.AlarmName)).toEqual(
      ['ServerErrors', 'AppUnhealthy', 'ContainersUnhealthy', 'SlowAnswers', 'MemoryFull', 'FleetTooSmall'].map(
        (name) => `plumbline-${name}`,
      ),
    );
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toHaveLength(1);
    const [dashboard] = Object.values(full.findResources('AWS::CloudWatch::Dashboard'));
    const { widgets } = JSON.parse(flat(dashboard?.Properties.DashboardBody));
    expect(widgets.map(({ type }: { type: string }) => type)).toEqual(['alarm', ...Array(7).fill('metric'), 'log']);
    full.resourceCountIs('AWS::Logs::MetricFilter', 0);
  });
});

describe('every IAM statement of a stack with a fleet', () => {
  it('is one of these', () => {
    const service = 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:service/plumbline/plumbline';
    const ofCluster =
      'if {"ArnEquals":{"ecs:cluster":"arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/plumbline"}}';
    const ofTaskRole = 'by {"AWS":"${FleetTaskRole.Arn}"} if {"Bool":{"aws:SecureTransport":"true"}}';
    const parameter = 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/plumbline/access';
    const expected = [
      'FleetNetworkAllIAMRole: sts:AssumeRole by {"Service":"vpc-flow-logs.amazonaws.com"}',
      'FleetNetworkAllIAMRoleDefaultPolicy: logs:CreateLogStream on "${ObservabilityFlowLog.Arn}"',
      'FleetNetworkAllIAMRoleDefaultPolicy: logs:PutLogEvents on "${ObservabilityFlowLog.Arn}"',
      'FleetNetworkAllIAMRoleDefaultPolicy: logs:DescribeLogStreams on "${ObservabilityFlowLog.Arn}"',
      'FleetExecutionRole: sts:AssumeRole by {"Service":"ecs-tasks.amazonaws.com"}',
      'FleetExecutionRole: ecr:GetAuthorizationToken on "*"',
      'FleetExecutionRole: ecr:BatchCheckLayerAvailability on "${ImageRegistryRepository.Arn}"',
      'FleetExecutionRole: ecr:BatchGetImage on "${ImageRegistryRepository.Arn}"',
      'FleetExecutionRole: ecr:GetDownloadUrlForLayer on "${ImageRegistryRepository.Arn}"',
      'FleetExecutionRole: logs:CreateLogStream on "${ObservabilityLog.Arn}"',
      'FleetExecutionRole: logs:PutLogEvents on "${ObservabilityLog.Arn}"',
      `FleetExecutionRole: ssm:GetParameters on "${parameter}"`,
      'FleetTaskRole: sts:AssumeRole by {"Service":"ecs-tasks.amazonaws.com"}',
      `FleetSharedFiles: elasticfilesystem:ClientMount ${ofTaskRole}`,
      `FleetSharedFiles: elasticfilesystem:ClientWrite ${ofTaskRole}`,
      `DeployerOperateService: ecs:DescribeServices on "${service}"`,
      `DeployerOperateService: ecs:UpdateService on "${service}"`,
      'DeployerOperateService: ecs:DescribeTaskDefinition on "*"',
      'DeployerOperateService: ecs:RegisterTaskDefinition on "*"',
      `DeployerOperateService: ecs:DescribeTasks on "*" ${ofCluster}`,
      `DeployerOperateService: ecs:ListTasks on "*" ${ofCluster}`,
      'DeployerOperateService: iam:PassRole on "${FleetExecutionRole.Arn}" "${FleetTaskRole.Arn}" if {"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}',
    ].sort();
    // What is of neither target is listed where it is tested.
    const own = statements({ size: 'fleet', access: 'yes' }).filter((line) => /^(Fleet|DeployerOperate)/.test(line));
    expect(own.sort()).toEqual(expected);
    const others = statements({ size: 'fleet', access: 'yes' }).filter((line) => !own.includes(line));
    expect(others.every((line) => /^(ObservabilityTopicPolicy|DeployerPushImages)/.test(line))).toBe(true);
    expect(others.join('\n')).not.toMatch(/ssm:|ec2:/);
  });
});
