// The server as EC2 would start it: what it is, what reaches it, what it may do, and what it runs when it boots.

import { readFileSync } from 'node:fs';
import type { Outputs } from '../../../infra/stack/outputs.ts';
import { type Runner, userData } from '../../../infra/stack/server/user-data.ts';
import { root } from '../process.ts';
import { stackName } from './cdk.ts';
import { grants } from './grants.ts';
import { accountId, region } from './moto.ts';
import type { MotoAccount } from './moto-account.ts';

export interface ServerExpectation {
  readonly type: string;
  readonly architecture: 'amd64' | 'arm64';
  /** What Caddy serves. */
  readonly site: string;
  readonly runner: Runner;
}

/** What EC2 takes of user data. */
const largestUserData = 16_384;

interface Instance {
  readonly shape: unknown;
  readonly groups: readonly string[];
  readonly profile: string;
  readonly address: string;
  readonly vpc: string;
}

export async function expectServer(account: MotoAccount, outputs: Outputs, expected: ServerExpectation): Promise<void> {
  const { checks, ask } = account;
  const id = outputs.InstanceId ?? '';
  const image = `/aws/service/canonical/ubuntu/server/24.04/stable/current/${expected.architecture}/hvm/ebs-gp3/ami-id`;
  const [instances, ubuntu, volumes, addresses] = await Promise.all([
    ask(
      'ec2 describe-instances',
      'Reservations[].Instances[].{shape: [InstanceId, State.Name, InstanceType, ImageId, MetadataOptions.[HttpEndpoint, ' +
        'HttpTokens, HttpPutResponseHopLimit], BlockDeviceMappings[].[DeviceName, Ebs.DeleteOnTermination]], ' +
        'groups: SecurityGroups[].GroupId, profile: IamInstanceProfile.Arn, address: PublicIpAddress, vpc: VpcId}',
    ),
    ask(`ssm get-parameter --name ${image}`, 'Parameter.Value'),
    ask('ec2 describe-volumes', 'Volumes[].[VolumeType, Size, Encrypted, Attachments[0].InstanceId]'),
    ask('ec2 describe-addresses', 'Addresses[].[PublicIp, Domain, InstanceId]'),
  ]);
  const [instance] = instances as [Instance];
  checks.equal(
    `the one instance is a ${expected.type} of the newest Ubuntu, with IMDSv2 only, out of reach of containers`,
    (instances as Instance[]).map(({ shape }) => shape),
    [[id, 'running', expected.type, ubuntu, ['enabled', 'required', 1], [['/dev/sda1', true]]]],
  );
  checks.equal('its one volume is encrypted gp3 of 20 GiB, and goes with it', volumes, [['gp3', 20, true, id]]);
  checks.equal('it has a fixed address', addresses, [[instance.address, 'vpc', id]]);
  await expectNetwork(account, instance);
  await expectRole(account, instance, expected);
  await expectUserData(account, outputs, expected);
}

/** Ports 80 and 443, in and out; and where the traffic goes is logged. */
async function expectNetwork({ checks, ask }: MotoAccount, { groups, vpc }: Instance): Promise<void> {
  const rule = '[IpProtocol, FromPort, ToPort, IpRanges[].CidrIp, Ipv6Ranges, UserIdGroupPairs, PrefixListIds]';
  const [rules, routes, flows] = await Promise.all([
    ask(
      `ec2 describe-security-groups --group-ids ${groups.join(' ')}`,
      `SecurityGroups[].[IpPermissions[].${rule}, IpPermissionsEgress[].${rule}]`,
    ),
    ask(
      `ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc}`,
      "length(RouteTables[?Routes[?DestinationCidrBlock == '0.0.0.0/0' && starts_with(GatewayId, 'igw-')]])",
    ),
    ask('ec2 describe-flow-logs', 'FlowLogs[].[ResourceId, TrafficType, LogGroupName, FlowLogStatus]'),
  ]);
  const web = [80, 443].map((port) => ['tcp', port, port, ['0.0.0.0/0'], [], [], []]);
  checks.equal('exactly 80 and 443 are open, in and out', rules, [[web, web]]);
  checks.equal('its one subnet has a route to the internet', routes, 1);
  checks.equal('all traffic of its network is logged', flows, [[vpc, 'ALL', `/${stackName}/network`, 'ACTIVE']]);
}

async function expectRole(
  { checks, ask }: MotoAccount,
  { profile }: Instance,
  { runner }: ServerExpectation,
): Promise<void> {
  const name = profile.split('/').at(-1);
  const role = await ask(
    `iam get-instance-profile --instance-profile-name ${name}`,
    'InstanceProfile.Roles[].RoleName',
  );
  const [names, attached] = await Promise.all([
    ask(`iam list-role-policies --role-name ${role}`, 'PolicyNames'),
    ask(`iam list-attached-role-policies --role-name ${role}`, 'AttachedPolicies'),
  ]);
  checks.equal('its role has no policy of anyone else', attached, []);
  const documents = await Promise.all(
    (names as string[]).map((policy) =>
      ask(`iam get-role-policy --role-name ${role} --policy-name ${policy}`, 'PolicyDocument'),
    ),
  );
  const repository = `arn:aws:ecr:${region}:${accountId}:repository/${stackName}`;
  const log = `arn:aws:logs:${region}:${accountId}:log-group:/${stackName}/server:*`;
  checks.equal(
    'the server may pull, log, answer Systems Manager, and have its runner registered where that is for each job',
    documents.flatMap(grants).sort(),
    [
      'Allow ecr:GetAuthorizationToken on *',
      ...['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer'].map(
        (action) => `Allow ecr:${action} on ${repository}`,
      ),
      ...['CreateLogStream', 'PutLogEvents'].map((action) => `Allow logs:${action} on ${log}`),
      'Allow ssm:UpdateInstanceInformation on *',
      ...['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
        (action) => `Allow ssmmessages:${action} on *`,
      ),
      ...(runner === 'ephemeral'
        ? [`Allow lambda:InvokeFunction on arn:aws:lambda:${region}:${accountId}:function:${stackName}-runner`]
        : []),
    ].sort(),
  );
}

async function expectUserData(
  { checks, ask }: MotoAccount,
  outputs: Outputs,
  { runner, site }: ServerExpectation,
): Promise<void> {
  const [encoded, signals] = await Promise.all([
    ask(`ec2 describe-instance-attribute --instance-id ${outputs.InstanceId} --attribute userData`, 'UserData.Value'),
    ask(
      `cloudformation list-stack-resources --stack-name ${stackName}`,
      "StackResourceSummaries[?ResourceType == 'AWS::CloudFormation::WaitConditionHandle'].PhysicalResourceId",
    ),
  ]);
  const found = Buffer.from(String(encoded), 'base64').toString();
  const settings = {
    name: stackName,
    region,
    repositoryUri: outputs.RepositoryUri ?? '',
    logGroup: `/${stackName}/server`,
    site,
    signalUrl: String(signals),
  };
  const [shebang, ...bootstrap] = readFileSync(`${root}infra/host/bootstrap.sh`, 'utf8').split('\n');
  checks.demand('bootstrap.sh is a script', shebang?.startsWith('#!') === true, `It begins with ${shebang}.`);
  const commands = bootstrap.filter((line) => !/^\s*#(?!!)/.test(line)).map((line) => line.trimStart());
  checks.includes(
    'it runs infra/host/bootstrap.sh as that stands, but for comments and indents',
    found,
    commands.join('\n'),
  );
  checks.equal('after its settings and files', found, userData(settings, runner));
  const size = Buffer.byteLength(found);
  checks.demand(
    `EC2 takes that much: ${size} of ${largestUserData} bytes`,
    size <= largestUserData,
    'It is too large.',
  );
}
