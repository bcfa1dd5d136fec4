// What a container of the fleet is. The stack says all but the image: a deploy takes the base, puts an image by its digest into it,
// and registers that as the next revision of the service's own family. CloudFormation knows that family by its name alone, which
// means its newest revision, so that no change of the stack puts an older image live.

import { Stack, Validations } from 'aws-cdk-lib';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { APP_PORT } from './load-balancer.ts';
import type { SharedFiles } from './shared-files.ts';

/** What a container may take: of CPU in 1024ths, of memory in MiB. */
const size = { cpu: '1024', memory: '2048' };

/** What every deploy puts the image's digest in the place of. */
const WITHOUT_IMAGE = 'set-by-each-deploy';

export interface TaskDefinitionProps {
  /** The service's name, which is its family's too. */
  readonly name: string;
  readonly executionRole: IRole;
  readonly taskRole: IRole;
  readonly logGroup: ILogGroup;
}

export interface BaseProps extends TaskDefinitionProps {
  readonly files: SharedFiles;
  readonly domain?: string | undefined;
  /**
   * The parameter of Systems Manager that holds the file of keys.
   *
   * @default - the service is open
   */
  readonly accessParameter?: string | undefined;
}

const log = (scope: Construct, logGroup: ILogGroup, prefix: string): CfnTaskDefinition.LogConfigurationProperty => ({
  logDriver: 'awslogs',
  options: {
    'awslogs-group': logGroup.logGroupName,
    'awslogs-region': Stack.of(scope).region,
    'awslogs-stream-prefix': prefix,
    // The app never waits for its log.
    mode: 'non-blocking',
  },
});

const fargate = ({ executionRole, taskRole }: TaskDefinitionProps) => ({
  ...size,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
  executionRoleArn: executionRole.roleArn,
  taskRoleArn: taskRole.roleArn,
});

/** The app, without an image. */
export function baseDefinition(scope: Construct, props: BaseProps): CfnTaskDefinition {
  const { accessParameter, domain, files, logGroup, name } = props;
  const environment = {
    PORT: String(APP_PORT),
    // The load balancer's addresses are of the network's own.
    PROXIES: 'loopback,uniquelocal',
    // By then it has left the traffic.
    DRAIN_SECONDS: '5',
    BATCHES: '/batches',
    ...(domain ? { DOMAIN: domain } : {}),
  };
  const definition = new CfnTaskDefinition(scope, 'Base', {
    family: `${name}-base`,
    ...fargate(props),
    volumes: [
      {
        name: 'batches',
        efsVolumeConfiguration: {
          filesystemId: files.fileSystemId,
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: files.accessPointId, iam: 'ENABLED' },
        },
      },
    ],
    containerDefinitions: [
      {
        name: 'app',
        image: WITHOUT_IMAGE,
        essential: true,
        portMappings: [{ containerPort: APP_PORT }],
        environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
        ...(accessParameter ? { secrets: [{ name: 'ACCESS', valueFrom: accessParameter }] } : {}),
        mountPoints: [{ sourceVolume: 'batches', containerPath: '/batches', readOnly: false }],
        logConfiguration: log(scope, logGroup, 'app'),
        readonlyRootFilesystem: true,
        linuxParameters: { capabilities: { drop: ['ALL'] }, initProcessEnabled: true },
        ulimits: [{ name: 'nofile', softLimit: 65_536, hardLimit: 65_536 }],
        stopTimeout: 60,
      },
    ],
  });
  Validations.of(definition).acknowledge({
    id: 'AwsSolutions-ECS2',
    reason: 'None of these is a secret: a port, whose word counts, the domain. Keys come from Systems Manager.',
  });
  return definition;
}

/**
 * What a fleet runs until its first deploy, and goes back to where that fails: a page that says so. It must never change: a new
 * revision of it would be the newest of its family.
 */
export function waitingDefinition(scope: Construct, props: TaskDefinitionProps): CfnTaskDefinition {
  return new CfnTaskDefinition(scope, 'Waiting', {
    family: props.name,
    ...fargate(props),
    containerDefinitions: [
      {
        name: 'app',
        image: 'public.ecr.aws/docker/library/busybox:1.37',
        essential: true,
        portMappings: [{ containerPort: APP_PORT }],
        command: [
          'sh',
          '-c',
          `cd /tmp && echo Waiting for the first deploy >index.html && cp index.html readyz && httpd -f -p ${APP_PORT}`,
        ],
        logConfiguration: log(scope, props.logGroup, 'waiting'),
      },
    ],
  });
}
