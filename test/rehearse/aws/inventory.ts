// Everything that an account holds, whoever made it: what is there after `cdk destroy` and was not before, was left.

import type { Ask } from './ask.ts';
import { accountId } from './moto.ts';

/** How to list every kind of thing that costs, opens or clutters an account; the queries give names or ids. */
const kinds: Readonly<Record<string, readonly [command: string, query: string]>> = {
  stack: ['cloudformation describe-stacks', 'Stacks[].StackName'],
  instance: ['ec2 describe-instances', "Reservations[].Instances[] | [?State.Name != 'terminated'].InstanceId"],
  volume: ['ec2 describe-volumes', 'Volumes[].VolumeId'],
  snapshot: ['ec2 describe-snapshots --owner-ids self', 'Snapshots[].SnapshotId'],
  address: ['ec2 describe-addresses', 'Addresses[].AllocationId'],
  'network interface': ['ec2 describe-network-interfaces', 'NetworkInterfaces[].NetworkInterfaceId'],
  'launch template': ['ec2 describe-launch-templates', 'LaunchTemplates[].LaunchTemplateName'],
  VPC: ['ec2 describe-vpcs', 'Vpcs[].VpcId'],
  subnet: ['ec2 describe-subnets', 'Subnets[].SubnetId'],
  'route table': ['ec2 describe-route-tables', 'RouteTables[].RouteTableId'],
  'internet gateway': ['ec2 describe-internet-gateways', 'InternetGateways[].InternetGatewayId'],
  'NAT gateway': ['ec2 describe-nat-gateways', "NatGateways[?State != 'deleted'].NatGatewayId"],
  'security group': ['ec2 describe-security-groups', 'SecurityGroups[].GroupId'],
  'flow log': ['ec2 describe-flow-logs', 'FlowLogs[].FlowLogId'],
  'key pair': ['ec2 describe-key-pairs', 'KeyPairs[].KeyName'],
  user: ['iam list-users', 'Users[].UserName'],
  role: ['iam list-roles', 'Roles[].RoleName'],
  policy: ['iam list-policies --scope Local', 'Policies[].PolicyName'],
  'instance profile': ['iam list-instance-profiles', 'InstanceProfiles[].InstanceProfileName'],
  'OIDC provider': ['iam list-open-id-connect-providers', 'OpenIDConnectProviderList[].Arn'],
  'load balancer': ['elbv2 describe-load-balancers', 'LoadBalancers[].LoadBalancerName'],
  'target group': ['elbv2 describe-target-groups', 'TargetGroups[].TargetGroupName'],
  'file system': ['efs describe-file-systems', 'FileSystems[].FileSystemId'],
  'task definition': ['ecs list-task-definitions', 'taskDefinitionArns[]'],
  'scalable target': [
    'application-autoscaling describe-scalable-targets --service-namespace ecs',
    'ScalableTargets[].ResourceId',
  ],
  secret: ['secretsmanager list-secrets --include-planned-deletion', 'SecretList[].Name'],
  parameter: ['ssm describe-parameters', 'Parameters[].Name'],
  'log group': ['logs describe-log-groups', 'logGroups[].logGroupName'],
  'metric filter': ['logs describe-metric-filters', 'metricFilters[].filterName'],
  alarm: ['cloudwatch describe-alarms', 'MetricAlarms[].AlarmName'],
  dashboard: ['cloudwatch list-dashboards', 'DashboardEntries[].DashboardName'],
  topic: ['sns list-topics', 'Topics[].TopicArn'],
  subscription: ['sns list-subscriptions', 'Subscriptions[].SubscriptionArn'],
  budget: [`budgets describe-budgets --account-id ${accountId}`, 'Budgets[].BudgetName'],
  'image repository': ['ecr describe-repositories', 'repositories[].repositoryName'],
  bucket: ['s3api list-buckets', 'Buckets[].Name'],
  document: ['ssm list-documents --filters Key=Owner,Values=Self', 'DocumentIdentifiers[].Name'],
  'Spark application': ['emr-serverless list-applications', "applications[?state != 'TERMINATED'].name"],
  function: ['lambda list-functions', 'Functions[].FunctionName'],
};

/** How many kinds of things are looked for. */
export const kindsOfThings = Object.keys(kinds).length;

/** Everything that is there, each as its kind and name. */
export async function takeInventory(ask: Ask): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(kinds).map(async ([kind, [command, query]]) => {
      const names = ((await ask(command, query)) ?? []) as string[];
      return names.map((name) => `${kind} ${name}`);
    }),
  );
  return found.flat().sort();
}
