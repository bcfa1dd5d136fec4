import { describe, expect, it } from 'vitest';
import { statements } from './statements.ts';
import { allSettings, synthesize } from './synthesize.ts';

const mail = 'ObservabilityTopicPolicy';
const host = [
  'AppServerNetworkAllIAMRole: sts:AssumeRole by {"Service":"vpc-flow-logs.amazonaws.com"}',
  'AppServerNetworkAllIAMRoleDefaultPolicy: logs:CreateLogStream on "${ObservabilityFlowLog.Arn}"',
  'AppServerNetworkAllIAMRoleDefaultPolicy: logs:PutLogEvents on "${ObservabilityFlowLog.Arn}"',
  'AppServerNetworkAllIAMRoleDefaultPolicy: logs:DescribeLogStreams on "${ObservabilityFlowLog.Arn}"',
  'AppServerRole: sts:AssumeRole by {"Service":"ec2.amazonaws.com"}',
  'AppServerRole: ecr:GetAuthorizationToken on "*"',
  'AppServerRole: ecr:BatchCheckLayerAvailability on "${ImageRegistryRepository.Arn}"',
  'AppServerRole: ecr:BatchGetImage on "${ImageRegistryRepository.Arn}"',
  'AppServerRole: ecr:GetDownloadUrlForLayer on "${ImageRegistryRepository.Arn}"',
  'AppServerRole: logs:CreateLogStream on "${ObservabilityLog.Arn}"',
  'AppServerRole: logs:PutLogEvents on "${ObservabilityLog.Arn}"',
  'AppServerRole: ssm:UpdateInstanceInformation on "*"',
  'AppServerRole: ssmmessages:CreateControlChannel on "*"',
  'AppServerRole: ssmmessages:CreateDataChannel on "*"',
  'AppServerRole: ssmmessages:OpenControlChannel on "*"',
  'AppServerRole: ssmmessages:OpenDataChannel on "*"',
];
const topic = [
  `${mail} (Deny): sns:Publish on "\${ObservabilityTopic}" by "*" if {"Bool":{"aws:SecureTransport":"false"}}`,
  `${mail}: sns:Publish on "\${ObservabilityTopic}" by {"Service":["budgets.amazonaws.com","cloudwatch.amazonaws.com"]} if {"StringEquals":{"aws:SourceAccount":"\${AWS::AccountId}"}}`,
];
const instance = 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/${AppServerInstance}';
const policies = [
  'DeployerPushImages: ecr:GetAuthorizationToken on "*"',
  'DeployerPushImages: ecr:BatchCheckLayerAvailability on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: ecr:BatchGetImage on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: ecr:CompleteLayerUpload on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: ecr:GetDownloadUrlForLayer on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: ecr:InitiateLayerUpload on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: ecr:PutImage on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: ecr:UploadLayerPart on "${ImageRegistryRepository.Arn}"',
  'DeployerPushImages: cloudformation:DescribeStacks on "${AWS::StackId}"',
  `DeployerOperateInstance: ec2:CreateTags on "${instance}"`,
  `DeployerOperateInstance: ec2:StartInstances on "${instance}"`,
  `DeployerOperateInstance: ec2:StopInstances on "${instance}"`,
];
const bucket = '${TrainingBucket.Arn}';
const lake = 'arn:${AWS::Partition}:s3:::lake';
const training = [
  `TrainingBucketPolicy (Deny): s3:* on "${bucket}" "${bucket}/*" by {"AWS":"*"} if {"Bool":{"aws:SecureTransport":"false"}}`,
  'TrainingRole: sts:AssumeRole by {"Service":"emr-serverless.amazonaws.com"} if {"StringEquals":{"aws:SourceAccount":"${AWS::AccountId}"}}',
  `TrainingRole: s3:ListBucket on "${bucket}" if {"StringLike":{"s3:prefix":"training/*"}}`,
  `TrainingRole: s3:ListBucket on "${lake}" if {"StringLike":{"s3:prefix":["rows","rows/*"]}}`,
  `TrainingRole: s3:GetObject on "${bucket}/training/*" "${lake}/rows" "${lake}/rows/*"`,
  `TrainingRole: s3:AbortMultipartUpload on "${bucket}/training/runs/*"`,
  `TrainingRole: s3:DeleteObject on "${bucket}/training/runs/*"`,
  `TrainingRole: s3:PutObject on "${bucket}/training/runs/*"`,
  'TrainingRole: logs:CreateLogStream on "${TrainingLog.Arn}"',
  'TrainingRole: logs:DescribeLogStreams on "${TrainingLog.Arn}"',
  'TrainingRole: logs:PutLogEvents on "${TrainingLog.Arn}"',
  'TrainingRole: logs:DescribeLogGroups on "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"',
];
const assume = (provider: string, condition: string) =>
  `DeployerRole: sts:AssumeRoleWithWebIdentity by {"Federated":"${provider}"} if ${condition}`;
const issuer = 'token.actions.githubusercontent.com';

describe('every IAM statement of the stack', () => {
  it('is one of these, with no settings', () => {
    expect(statements({}).sort()).toEqual([...host, ...topic, ...policies].sort());
  });

  it('is one of these, with a repository whose numbers are known', () => {
    const subjects = [
      'repo:acme/scores:ref:refs/heads/main',
      'repo:acme/scores:environment:production',
      'repo:acme@123/scores@456:ref:refs/heads/main',
      'repo:acme@123/scores@456:environment:production',
    ];
    const condition = { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subjects } };
    expect(statements(allSettings).sort()).toEqual(
      [...host, ...topic, ...policies, ...training, assume('${DeployerProvider}', JSON.stringify(condition))].sort(),
    );
  });

  it('is one of these, with a repository by its name and a provider that is there already', () => {
    const subjects = [
      'repo:acme/scores:ref:refs/heads/main',
      'repo:acme/scores:environment:production',
      'repo:acme@*/scores@*:ref:refs/heads/main',
      'repo:acme@*/scores@*:environment:production',
    ];
    const condition = {
      StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${issuer}:sub`]: subjects },
    };
    const provider = `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${issuer}`;
    const role = assume(provider, JSON.stringify(condition));
    expect(statements({ github: 'acme/scores', provider: 'existing' }).sort()).toEqual(
      [...host, ...topic, ...policies, role].sort(),
    );
  });

  it('without a runner on the server also sends it the one document, and reads and cancels what it has sent', () => {
    const document = 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:document/${AppServerDeployDocument}';
    const remote = [
      `DeployerOperateInstance: ssm:SendCommand on "${instance}" "${document}"`,
      'DeployerOperateInstance: ssm:CancelCommand on "*"',
      'DeployerOperateInstance: ssm:GetCommandInvocation on "*"',
    ];
    expect(statements({ runner: 'none' }).sort()).toEqual([...host, ...topic, ...policies, ...remote].sort());
  });

  it('with a runner for each job lets one function read the token, and the server call that', () => {
    const registration = [
      'AppServerRegistrationRole: sts:AssumeRole by {"Service":"lambda.amazonaws.com"}',
      'AppServerRegistrationRole: secretsmanager:GetSecretValue on "${AppServerRegistrationToken}"',
      'AppServerRole: lambda:InvokeFunction on "${AppServerRegistrationFunction.Arn}"',
    ];
    const found = statements({ runner: 'ephemeral', github: 'acme/scores', auth: 'keys' });
    expect(found.sort()).toEqual([...host, ...topic, ...policies, ...registration].sort());
  });

  it('may terminate the instance only where a setting asks for it', () => {
    const terminate = `DeployerOperateInstance: ec2:TerminateInstances on "${instance}"`;
    expect(statements({ terminate: 'yes' }).sort()).toEqual([...host, ...topic, ...policies, terminate].sort());
  });
});

describe('Deployer', () => {
  it('always has the user with both policies, and no key, role, provider or secret unless asked for', () => {
    const template = synthesize();
    const policyIds = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
    template.hasResourceProperties('AWS::IAM::User', { ManagedPolicyArns: policyIds.map((Ref) => ({ Ref })) });
    for (const type of ['AWS::IAM::AccessKey', 'AWS::IAM::OIDCProvider', 'AWS::SecretsManager::Secret']) {
      template.resourceCountIs(type, 0);
    }
  });

  it.each([
    ['oidc', 1, 0],
    ['keys', 0, 1],
    ['both', 1, 1],
  ])('with auth=%s makes %i provider and %i access key', (auth, providers, keys) => {
    const template = synthesize({ github: 'acme/scores', auth });
    template.resourceCountIs('AWS::IAM::OIDCProvider', providers);
    template.resourceCountIs('AWS::IAM::AccessKey', keys);
    template.resourceCountIs('AWS::SecretsManager::Secret', keys);
  });

  it('puts the access key into Secrets Manager and nowhere else', () => {
    const template = synthesize(allSettings);
    const [key] = Object.keys(template.findResources('AWS::IAM::AccessKey'));
    const secret = JSON.stringify(template.findResources('AWS::SecretsManager::Secret'));
    const whole = JSON.stringify(template.toJSON());
    const reference = `"Fn::GetAtt":["${key}","SecretAccessKey"]`;
    expect(secret.split(reference)).toHaveLength(2);
    expect(whole.split(reference)).toHaveLength(2);
  });
});
