// The identity that GitHub uses: its rights, who may take it on, and its keys where it has any.

import type { Outputs } from '../../../infra/stack/outputs.ts';
import type { Runner } from '../../../infra/stack/server/user-data.ts';
import { grants } from './grants.ts';
import { accountId, region } from './moto.ts';
import type { MotoAccount } from './moto-account.ts';

const issuer = 'token.actions.githubusercontent.com';

export interface DeployerExpectation {
  /** How the role compares who asks, and with what. */
  readonly trust: { readonly operator: 'StringEquals' | 'StringLike'; readonly subjects: readonly string[] };
  readonly keys: boolean;
  readonly terminate: boolean;
  readonly runner: Runner;
}

interface Attached {
  readonly PolicyArn: string;
}

/** Gives the keys by their names, where there are any. */
export async function expectDeployer(
  account: MotoAccount,
  outputs: Outputs,
  expected: DeployerExpectation,
): Promise<Record<string, string>> {
  const { checks, ask } = account;
  const stackId = String(await ask('cloudformation describe-stacks --stack-name plumbline', 'Stacks[0].StackId'));
  const user = outputs.DeployUser ?? '';
  const role = (outputs.DeployRoleArn ?? '').split('/').at(-1) ?? '';
  const [users, ofUser, ofRole, trust, providers] = await Promise.all([
    ask('iam list-users', 'Users[].UserName'),
    ask(`iam list-attached-user-policies --user-name ${user}`, 'AttachedPolicies'),
    ask(`iam list-attached-role-policies --role-name ${role}`, 'AttachedPolicies'),
    ask(`iam get-role --role-name ${role}`, 'Role.AssumeRolePolicyDocument'),
    ask('iam list-open-id-connect-providers', 'OpenIDConnectProviderList[].Arn'),
  ]);
  checks.equal('there is one user', users, [user]);
  const arns = (attached: unknown) => (attached as Attached[]).map(({ PolicyArn }) => PolicyArn).sort();
  checks.equal('it carries two policies', arns(ofUser).length, 2);
  checks.equal('and the role carries the same two', arns(ofRole), arns(ofUser));
  const documents = await Promise.all(
    arns(ofUser).map((arn) =>
      ask(`iam get-policy-version --policy-arn ${arn} --version-id v1`, 'PolicyVersion.Document'),
    ),
  );
  checks.equal('they allow this and nothing else', documents.flatMap(grants).sort(), [
    `Allow cloudformation:DescribeStacks on ${stackId}`,
    ...allowed(outputs, expected),
  ]);
  const provider = `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;
  checks.equal("GitHub's OIDC provider is there", providers, [provider]);
  const audience = { [`${issuer}:aud`]: 'sts.amazonaws.com' };
  const subject = { [`${issuer}:sub`]: expected.trust.subjects };
  const { operator } = expected.trust;
  checks.equal(
    'the role trusts main, and the environment production, of the one repository, in both forms of its name',
    statements(trust),
    [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: provider },
        Condition:
          operator === 'StringEquals'
            ? { StringEquals: { ...audience, ...subject } }
            : { StringEquals: audience, StringLike: subject },
      },
    ],
  );
  return expectKeys(account, outputs, expected.keys);
}

const statements = (document: unknown) => (document as { Statement: unknown[] }).Statement;

function allowed({ DeployTarget = '', InstanceId }: Outputs, { runner, terminate }: DeployerExpectation): string[] {
  const instance = `arn:aws:ec2:${region}:${accountId}:instance/${InstanceId}`;
  const repository = `arn:aws:ecr:${region}:${accountId}:repository/plumbline`;
  const push = [
    'BatchCheckLayerAvailability',
    'BatchGetImage',
    'CompleteLayerUpload',
    'GetDownloadUrlForLayer',
    'InitiateLayerUpload',
    'PutImage',
    'UploadLayerPart',
  ].map((action) => `Allow ecr:${action} on ${repository}`);
  const operate = ['CreateTags', 'StartInstances', 'StopInstances', ...(terminate ? ['TerminateInstances'] : [])].map(
    (action) => `Allow ec2:${action} on ${instance}`,
  );
  const [, , document] = DeployTarget.split('/');
  const send = [
    `Allow ssm:SendCommand on arn:aws:ssm:${region}:${accountId}:document/${document}`,
    `Allow ssm:SendCommand on ${instance}`,
    'Allow ssm:CancelCommand on *',
    'Allow ssm:GetCommandInvocation on *',
  ];
  return ['Allow ecr:GetAuthorizationToken on *', ...push, ...operate, ...(runner === 'none' ? send : [])].sort();
}

/** A pair of keys of the user's, which only Secrets Manager knows: or none at all. */
async function expectKeys(
  { checks, ask }: MotoAccount,
  outputs: Outputs,
  wanted: boolean,
): Promise<Record<string, string>> {
  const [ids, secrets] = await Promise.all([
    ask(`iam list-access-keys --user-name ${outputs.DeployUser}`, 'AccessKeyMetadata[].AccessKeyId'),
    ask('secretsmanager list-secrets', 'SecretList[].ARN'),
  ]);
  if (!wanted) {
    checks.equal('the user has no access key', ids, []);
    checks.equal('and there is no secret', secrets, []);
    return {};
  }
  checks.equal('there is one secret, which the outputs name', secrets, [outputs.AccessKeysSecretArn]);
  const secret = await ask(
    `secretsmanager get-secret-value --secret-id ${outputs.AccessKeysSecretArn}`,
    'SecretString',
  );
  const keys = JSON.parse(String(secret)) as Record<string, string>;
  checks.equal('it holds these', Object.keys(keys).sort(), ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
  checks.equal("the first is the user's only access key", [keys.AWS_ACCESS_KEY_ID], ids);
  return keys;
}
