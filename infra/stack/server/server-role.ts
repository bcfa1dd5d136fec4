// What the server itself may do in the account.

import { Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ImageRegistry } from '../image-registry.ts';
import { shortText } from '../short-text.ts';

interface ServerRights {
  /** The registry that it pulls from. */
  readonly registry: ImageRegistry;
  /** Where the app and the host write their logs. */
  readonly logGroup: ILogGroup;
}

/** @param further what a kind of runner needs beside that */
export function makeServerRole(
  scope: Construct,
  { logGroup, registry }: ServerRights,
  further: readonly PolicyStatement[] = [],
): Role {
  const statements = [
    ...registry.pullRights,
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [shortText(logGroup.logGroupArn)],
    }),
    // What Session Manager needs, and no more: AmazonSSMManagedInstanceCore would also let
    // every job on the runner read every parameter of the account.
    new PolicyStatement({
      actions: [
        'ssm:UpdateInstanceInformation',
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      resources: ['*'],
    }),
    ...further,
  ];
  const role = new Role(scope, 'Role', {
    description: "The server: pulls this repository's images, writes this log group, answers Session Manager",
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    inlinePolicies: { Server: new PolicyDocument({ statements }) },
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      "The registry's login and Session Manager's channels know no resources, so nothing narrower can be written.",
  });
  return role;
}
