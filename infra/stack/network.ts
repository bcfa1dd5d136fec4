// A small network of its own for whatever runs the app. What is in it reaches the internet by addresses of its own, since a NAT
// gateway would cost as much as a server.

import { Tags } from 'aws-cdk-lib';
import { FlowLogDestination, IpAddresses, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * A public subnet of 59 addresses in each zone; as an interface, since under exactOptionalPropertyTypes the class does not
 * fit where the library asks for it.
 *
 * @param flowLogGroup where its flow logs go
 * @param zones in how many zones it is
 */
export function makeNetwork(scope: Construct, flowLogGroup: ILogGroup, zones: number): IVpc {
  const network = new Vpc(scope, 'Network', {
    ipAddresses: IpAddresses.cidr('10.0.0.0/24'),
    maxAzs: zones,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 26, mapPublicIpOnLaunch: false }],
    // Nothing uses the default group, and emptying it would take a Lambda function with an asset.
    restrictDefaultSecurityGroup: false,
    flowLogs: { All: { destination: FlowLogDestination.toCloudWatchLogs(flowLogGroup) } },
  });
  // What the library alone reads, and names of what the network leads to: the template has little room.
  for (const tag of ['aws-cdk:subnet-name', 'aws-cdk:subnet-type']) Tags.of(network).remove(tag);
  Tags.of(network).remove('Name', {
    includeResourceTypes: ['EC2::FlowLog', 'EC2::InternetGateway', 'EC2::RouteTable', 'IAM::Role'].map(
      (type) => `AWS::${type}`,
    ),
  });
  return network as IVpc;
}
