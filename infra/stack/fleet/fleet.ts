// Containers of the image behind a load balancer, as many as the load asks for: an ECS service on Fargate. No server is kept, and
// a deploy is the service's own: new containers first, each asked whether it is ready, and back by itself where they fail.
// Plain constructs, not an Express service: docs/decisions/fleet-on-plain-fargate.md says why.

import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnService } from 'aws-cdk-lib/aws-ecs';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ComputeTarget, DeployRights, Signals } from '../compute-target.ts';
import type { ImageRegistry } from '../image-registry.ts';
import { makeNetwork } from '../network.ts';
import { fleetSignals, SERVER_ERRORS } from './fleet-signals.ts';
import { APP_PORT, LoadBalancer } from './load-balancer.ts';
import { SharedFiles } from './shared-files.ts';
import { baseDefinition, waitingDefinition } from './task-definitions.ts';

export interface FleetProps {
  /** The service's name, and the cluster's. */
  readonly name: string;
  /** How many containers run at least. */
  readonly min: number;
  /** How many containers run at most. */
  readonly max: number;
  /** The registry that containers come from. */
  readonly registry: ImageRegistry;
  /** Where the app writes its log. */
  readonly logGroup: ILogGroup;
  /** Where the network's flow logs go. */
  readonly flowLogGroup: ILogGroup;
  /**
   * The name that people use.
   *
   * @default - plain HTTP at the load balancer's address
   */
  readonly domain?: string | undefined;
  /**
   * The domain's certificate in AWS Certificate Manager, by its ARN.
   *
   * @default - none, without a domain
   */
  readonly certificate?: string | undefined;
  /**
   * Whether the app asks for keys, which the parameter `/NAME/access` of Systems Manager holds.
   *
   * @default false
   */
  readonly access?: boolean;
}

/** Percent of CPU that scaling keeps containers at, on average. */
const BUSY = 60;

export class Fleet extends Construct implements ComputeTarget {
  readonly url: string;
  readonly architecture = 'amd64';
  readonly locator: string;
  readonly deployRights: DeployRights;
  readonly outputs: ComputeTarget['outputs'];
  private readonly props: FleetProps;
  private readonly loadBalancer: LoadBalancer;
  private readonly executionRole: Role;
  private readonly taskRole: Role;
  private readonly service: CfnService;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const { certificate, domain, flowLogGroup, name } = props;
    this.props = props;
    const network = makeNetwork(this, flowLogGroup, 2);
    this.loadBalancer = new LoadBalancer(this, 'LoadBalancer', { network, certificate });
    this.executionRole = this.makeExecutionRole();
    this.taskRole = new Role(this, 'TaskRole', {
      description: 'The app itself: it may mount the shared disk, by the policy of that',
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    this.service = this.makeService(network);
    this.scale();
    const { address } = this.loadBalancer;
    this.url = domain ? `https://${domain}` : `http://${address}`;
    this.locator = `fleet/${Stack.of(this).region}/${name}`;
    this.outputs = { DnsRecord: domain && `${domain}. CNAME ${address}` };
    this.deployRights = this.rights();
  }

  signals(): Signals {
    return fleetSignals(this.props.name, this.loadBalancer);
  }

  /** Where requests fail while a deploy is at work, it goes back. */
  guardDeploys(alarms: ReadonlyMap<string, IAlarm>): void {
    const errors = alarms.get(SERVER_ERRORS);
    if (!errors) throw new Error(`There is no alarm ${SERVER_ERRORS}.`);
    this.service.addPropertyOverride('DeploymentConfiguration.Alarms', {
      AlarmNames: [errors.alarmName],
      Enable: true,
      Rollback: true,
    });
  }

  private makeService(network: IVpc): CfnService {
    const { access, domain, logGroup, name } = this.props;
    const { executionRole, loadBalancer, taskRole } = this;
    const { containers } = loadBalancer;
    const files = new SharedFiles(this, 'SharedFiles', { network, containers, role: taskRole });
    const cluster = new CfnCluster(this, 'Cluster', { clusterName: name });
    Validations.of(cluster).acknowledge({
      id: 'AwsSolutions-ECS4',
      reason:
        'The load balancer and the service tell what alarms and dashboard need; Container Insights costs for each metric.',
    });
    const parts = { name, executionRole, taskRole, logGroup };
    const accessParameter = access ? this.accessParameter() : undefined;
    baseDefinition(this, { ...parts, files, domain, accessParameter }).node.addDependency(...files.mountTargets);
    const waiting = waitingDefinition(this, parts);
    const service = new CfnService(this, 'Service', {
      serviceName: name,
      cluster: cluster.ref,
      launchType: 'FARGATE',
      // The family: its newest revision, which a deploy registered.
      taskDefinition: name,
      healthCheckGracePeriodSeconds: 60,
      availabilityZoneRebalancing: 'ENABLED',
      propagateTags: 'SERVICE',
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      loadBalancers: [
        { containerName: 'app', containerPort: APP_PORT, targetGroupArn: loadBalancer.targets.targetGroupArn },
      ],
      networkConfiguration: {
        awsvpcConfiguration: {
          assignPublicIp: 'ENABLED',
          subnets: network.publicSubnets.map(({ subnetId }) => subnetId),
          securityGroups: [containers.securityGroupId],
        },
      },
    });
    // Without a listener its targets belong to no load balancer, and without a route nothing is fetched.
    const routes = network.publicSubnets.map(({ internetConnectivityEstablished }) => internetConnectivityEstablished);
    service.node.addDependency(waiting, ...loadBalancer.listeners, ...routes);
    return service;
  }

  private scale(): void {
    const { max, min, name } = this.props;
    const target = new CfnScalableTarget(this, 'Scaling', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${name}/${name}`,
      minCapacity: min,
      maxCapacity: max,
    });
    target.addResourceDependency(this.service);
    new CfnScalingPolicy(this, 'ByLoad', {
      policyName: name,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        targetValue: BUSY,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      },
    });
  }

  private accessParameter(): string {
    return Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: `${this.props.name}/access`,
    });
  }

  private makeExecutionRole(): Role {
    const { access, logGroup, registry } = this.props;
    const role = new Role(this, 'ExecutionRole', {
      description: "What starts containers: pulls this repository's images and writes this log group",
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      inlinePolicies: {
        Start: new PolicyDocument({
          statements: [
            ...registry.pullRights,
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [logGroup.logGroupArn],
            }),
            ...(access
              ? [new PolicyStatement({ actions: ['ssm:GetParameters'], resources: [this.accessParameter()] })]
              : []),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: "The registry's login knows no resources, so nothing narrower can be written.",
    });
    return role;
  }

  private rights(): DeployRights {
    const { name } = this.props;
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ecs', resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const cluster = arn('cluster', name);
    return {
      id: 'OperateService',
      description: 'Deploy to the one service, and see how that goes.',
      anyResource:
        'Amazon ECS knows no resources for task definitions, and for tasks a condition names the cluster. A definition can have no role but the two that may be passed.',
      statements: [
        new PolicyStatement({
          actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
          resources: [arn('service', `${name}/${name}`)],
        }),
        new PolicyStatement({
          actions: ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'],
          resources: ['*'],
        }),
        new PolicyStatement({
          actions: ['ecs:DescribeTasks', 'ecs:ListTasks'],
          resources: ['*'],
          conditions: { ArnEquals: { 'ecs:cluster': cluster } },
        }),
        new PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [this.executionRole.roleArn, this.taskRole.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        }),
      ],
    };
  }
}
