import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftByDestroy } from '../../../infra/stack/stack.ts';
import { allSettings, flat, makeStack, synthesize } from './synthesize.ts';

type Template = ReturnType<typeof synthesize>;

let minimal: Template;
let full: Template;
beforeAll(() => {
  minimal = synthesize();
  full = synthesize(allSettings);
});

const outputs = (template: Template) =>
  Object.fromEntries(Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, flat(Value)]));

/** As JSON, but for the user data: that is infra/host/, which user-data.test.ts looks at. */
const withoutUserData = (template: Template) =>
  JSON.stringify(template.toJSON(), (key, value) => (key === 'UserData' ? 'infra/host/' : value), 2);

describe('the template', () => {
  it('is as committed', async () => {
    const text = withoutUserData(full).replaceAll(/Bootstrap[0-9a-f]{8}(Signal)?[0-9A-F]{8}/g, 'Bootstrap$1‹digest›');
    await expect(`${text}\n`).toMatchFileSnapshot('template.snapshot.json');
  });

  it('needs no bootstrap: no parameter, no asset, no Lambda function', () => {
    const { Parameters, Rules } = full.toJSON();
    expect(Parameters).toBeUndefined();
    expect(Rules).toBeUndefined();
    full.resourceCountIs('AWS::Lambda::Function', 0);
  });

  it.each([
    ['no settings', {}],
    ['every setting', allSettings],
    ['an arm64 instance', { ...allSettings, instance: 'c7g.medium', terminate: 'yes', images: 'delete' }],
    ['an existing provider', { github: 'acme/scores', provider: 'existing' }],
  ])('passes cdk-nag AwsSolutions with %s', (_title, context) => {
    const stack = makeStack(context);
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });

  it('tags what it makes', () => {
    expect(makeStack({ name: 'second' }).tags.tagValues()).toEqual({ plumbline: 'second' });
  });

  it('can be had twice in an account', () => {
    const other = withoutUserData(synthesize({ ...allSettings, name: 'second' }));
    for (const name of ['"/plumbline/', '"plumbline"', 'plumbline-', 'Plumbline/plumbline']) {
      expect(other).not.toContain(name);
    }
  });
});

describe('ImageRegistry', () => {
  it('keeps tags immutable, scans on push, encrypts', () => {
    minimal.hasResourceProperties('AWS::ECR::Repository', {
      RepositoryName: 'plumbline',
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'AES256' },
    });
  });

  it('keeps the last 20 images, and drops untagged ones after a day', () => {
    const [repository] = Object.values(minimal.findResources('AWS::ECR::Repository'));
    const { rules } = JSON.parse(repository?.Properties.LifecyclePolicy.LifecyclePolicyText);
    expect(rules.map(({ selection, action }: { selection: object; action: object }) => [selection, action])).toEqual([
      [{ tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 1, countUnit: 'days' }, { type: 'expire' }],
      [{ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 20 }, { type: 'expire' }],
    ]);
  });

  it('survives the stack, unless told otherwise', () => {
    minimal.hasResource('AWS::ECR::Repository', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    const told = synthesize({ images: 'delete' });
    told.hasResource('AWS::ECR::Repository', {
      DeletionPolicy: 'Delete',
      Properties: Match.objectLike({ EmptyOnDelete: true }),
    });
    expect(outputs(minimal).LeftByDestroy).toBe(leftByDestroy('keep', 'plumbline'));
    expect(outputs(told).LeftByDestroy).toBe('nothing.');
  });

  it('is all that survives', () => {
    const retained = Object.values(full.toJSON().Resources as Record<string, { Type: string; DeletionPolicy?: string }>)
      .filter(({ DeletionPolicy }) => DeletionPolicy !== undefined && DeletionPolicy !== 'Delete')
      .map(({ Type }) => Type);
    expect(retained).toEqual(['AWS::ECR::Repository', 'AWS::S3::Bucket']);
  });
});

describe('AppServer', () => {
  it('has a network of its own: one public subnet that gives no address, no NAT, flow logs', () => {
    full.resourceCountIs('AWS::EC2::VPC', 1);
    full.resourceCountIs('AWS::EC2::Subnet', 1);
    full.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    full.resourceCountIs('AWS::EC2::NatGateway', 0);
    full.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
  });

  it('opens 80 and 443, in and out, and nothing else', () => {
    const [firewall] = Object.values(full.findResources('AWS::EC2::SecurityGroup'));
    const ports = (direction: string) =>
      firewall?.Properties[direction].map((rule: Record<string, unknown>) => [
        rule.CidrIp,
        rule.IpProtocol,
        rule.FromPort,
        rule.ToPort,
      ]);
    const open = [
      ['0.0.0.0/0', 'tcp', 80, 80],
      ['0.0.0.0/0', 'tcp', 443, 443],
    ];
    expect(ports('SecurityGroupIngress')).toEqual(open);
    expect(ports('SecurityGroupEgress')).toEqual(open);
    full.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    full.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    full.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  it.each([
    ['t3.medium', 'amd64'],
    ['t4g.medium', 'arm64'],
  ])('runs Ubuntu 24.04 on %s (%s), which a newer image does not replace', (instance, architecture) => {
    const template = synthesize({ instance });
    const path = `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`;
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({ ImageId: `resolve:ssm:${path}` }),
    });
    template.hasResourceProperties('AWS::EC2::Instance', { InstanceType: instance, ImageId: Match.absent() });
  });

  it('takes metadata requests by IMDSv2 from the host only, and recovers by itself', () => {
    full.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({
        MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        MaintenanceOptions: { AutoRecovery: 'default' },
      }),
    });
  });

  it('has an encrypted gp3 volume that goes with it, no key pair, and a fixed address', () => {
    full.hasResourceProperties('AWS::EC2::Instance', {
      KeyName: Match.absent(),
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/sda1',
          Ebs: { VolumeType: 'gp3', VolumeSize: 20, Encrypted: true, DeleteOnTermination: true },
        },
      ],
    });
    full.resourceCountIs('AWS::EC2::EIP', 1);
    full.resourceCountIs('AWS::EC2::EIPAssociation', 1);
  });

  it('is awaited: the deploy fails where the bootstrap fails or is silent for a quarter of an hour', () => {
    const [signal = ''] = Object.keys(full.findResources('AWS::CloudFormation::WaitConditionHandle'));
    const [association = ''] = Object.keys(full.findResources('AWS::EC2::EIPAssociation'));
    full.hasResource('AWS::CloudFormation::WaitCondition', {
      Properties: { Handle: { Ref: signal }, Timeout: '900', Count: 1 },
      DependsOn: [association],
    });
    const [instance] = Object.values(full.findResources('AWS::EC2::Instance'));
    expect(instance?.Properties.UserData['Fn::Base64']['Fn::Join'][1][0]['Fn::Sub']).toContain(
      `export PLUMBLINE_SIGNAL_URL='\${${signal}}'\n`,
    );
  });
});

describe('Observability', () => {
  it('sets an alarm for each promise, with a mail for each', () => {
    const alarms = Object.values(full.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
      Properties.AlarmName,
      Properties.AlarmActions.map((action: unknown) => flat(action).replace(/^.*:(\w+:\w+)$/, '$1')),
    ]);
    const [topic] = Object.keys(full.findResources('AWS::SNS::Topic'));
    const mail = `\${${topic}}`;
    expect(alarms).toEqual([
      ['plumbline-HardwareFailed', ['ec2:recover', mail]],
      ['plumbline-SystemFailed', ['ec2:reboot', mail]],
      ...['CpuCreditsSpent', 'DiskFull', 'MemoryFull', 'ServerErrors', 'AppUnhealthy', 'SlowAnswers'].map((name) => [
        `plumbline-${name}`,
        [mail],
      ]),
    ]);
    full.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.org' });
    minimal.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('watches only metrics that EC2 or the server itself reports', () => {
    const reported = Object.values(full.findResources('AWS::Logs::MetricFilter')).map(({ Properties }) => {
      const [{ MetricNamespace, MetricName, MetricValue }] = Properties.MetricTransformations;
      expect(Properties.FilterPattern).toBe(`{ ${MetricValue} >= 0 }`);
      return `${MetricNamespace} ${MetricName}`;
    });
    const watched = Object.values(full.findResources('AWS::CloudWatch::Alarm'))
      .map(({ Properties }) => `${Properties.Namespace} ${Properties.MetricName}`)
      .filter((metric) => !metric.startsWith('AWS/EC2 '));
    expect(reported.sort()).toEqual(watched.sort());
  });

  it('knows no CPU credits where the instance has none', () => {
    const template = synthesize({ instance: 'm7g.medium' });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 7);
    template.hasResourceProperties('AWS::EC2::Instance', { CreditSpecification: Match.absent() });
  });

  it('drops logs after a month, flow logs after a week, and both with the stack', () => {
    for (const [name, days] of [
      ['/plumbline/server', 30],
      ['/plumbline/network', 7],
    ] as const) {
      full.hasResource('AWS::Logs::LogGroup', {
        DeletionPolicy: 'Delete',
        Properties: Match.objectLike({ LogGroupName: name, RetentionInDays: days }),
      });
    }
  });

  it('has a budget that warns, unless it is 0', () => {
    full.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: Match.objectLike({ BudgetLimit: { Amount: 25, Unit: 'USD' }, TimeUnit: 'MONTHLY' }),
      NotificationsWithSubscribers: [
        Match.objectLike({ Notification: Match.objectLike({ NotificationType: 'ACTUAL', Threshold: 80 }) }),
        Match.objectLike({ Notification: Match.objectLike({ NotificationType: 'FORECASTED', Threshold: 100 }) }),
      ],
    });
    synthesize({ budget: '0' }).resourceCountIs('AWS::Budgets::Budget', 0);
  });

  it('draws a dashboard of valid JSON', () => {
    const [dashboard] = Object.values(full.findResources('AWS::CloudWatch::Dashboard'));
    const { widgets } = JSON.parse(flat(dashboard?.Properties.DashboardBody));
    expect(widgets.map(({ type }: { type: string }) => type)).toEqual(['alarm', ...Array(7).fill('metric'), 'log']);
  });
});

describe('the outputs', () => {
  it('say what a person needs next', () => {
    const said = outputs(full);
    expect(Object.keys(said)).toEqual([
      'Address',
      'DnsRecord',
      'RepositoryUri',
      'DeployTarget',
      'InstanceId',
      'DeployUser',
      'DeployRoleArn',
      'AccessKeysSecretArn',
      'GitHubRepository',
      'GitHubVariables',
      'GitHubSecrets',
      'GitHubSetup',
      'RegisterRunner',
      'OpenSession',
      ...['TrainingApplication', 'TrainingRoleArn', 'TrainingBucket', 'TrainingInput'],
      'Dashboard',
      'LeftByDestroy',
    ]);
    expect(said.Address).toBe('https://scores.example.org');
    expect(said.DnsRecord).toMatch(/^scores\.example\.org\. A \$\{\w+\.PublicIp\}$/);
    expect(said.GitHubRepository).toBe('acme/scores');
    expect(said.GitHubVariables).toMatch(
      /^APP_URL=https:\/\/scores\.example\.org AWS_REGION=\$\{AWS::Region\} ECR_REPOSITORY=\S+RepositoryUri\} RUNNER=ubuntu-24\.04 DEPLOY_TARGET=server AWS_ROLE_ARN=\S+$/,
    );
    expect(said.GitHubSecrets).toMatch(/^AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION=\S+ ECR_REPOSITORY=\S+$/);
    expect(said.OpenSession).toMatch(/^aws ssm start-session --target \$\{\w+\} --region \$\{AWS::Region\}$/);
    expect(said.RegisterRunner).toBe('npm run runner:register -- --stack plumbline --region ${AWS::Region}');
  });

  it.each([
    ['t3.medium', 'RUNNER=ubuntu-24.04'],
    ['t4g.medium', 'RUNNER=ubuntu-24.04-arm'],
  ])('has the images for a %s built on a machine of its kind', (instance, variable) => {
    expect(outputs(synthesize({ instance })).GitHubVariables?.split(' ')).toContain(variable);
  });

  it('leave out what the settings do not bring', () => {
    const said = outputs(minimal);
    expect(said.Address).toMatch(/^http:\/\/\$\{\w+\.PublicIp\}$/);
    for (const name of ['DnsRecord', 'DeployRoleArn', 'AccessKeysSecretArn', 'GitHubRepository', 'GitHubSecrets']) {
      expect(said).not.toHaveProperty(name);
    }
  });
});
