import { expect, test } from 'vitest';
import { synthesize } from '../../infra/stack/synthesize.ts';
import { account, thresholds } from './timing.ts';

test('times are those of the stack', () => {
  const template = synthesize({ size: 'fleet' });
  const only = (type: string) => Object.values(template.findResources(type))[0]?.Properties;
  const { TargetGroupAttributes, ...targets } = only('AWS::ElasticLoadBalancingV2::TargetGroup');
  const attributes = Object.fromEntries(
    TargetGroupAttributes.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]),
  );
  const service = only('AWS::ECS::Service');
  const container = Object.values(template.findResources('AWS::ECS::TaskDefinition'))
    .map(({ Properties }) => Properties.ContainerDefinitions[0])
    .find(({ Environment }) => Environment);
  const environment = Object.fromEntries(
    container.Environment.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
  );
  expect({
    checkInterval: targets.HealthCheckIntervalSeconds,
    checkTimeout: targets.HealthCheckTimeoutSeconds,
    deregistrationDelay: Number(attributes['deregistration_delay.timeout_seconds']),
    grace: service.HealthCheckGracePeriodSeconds,
    drain: Number(environment.DRAIN_SECONDS),
    stopTimeout: container.StopTimeout,
  }).toEqual({
    checkInterval: account.checkInterval,
    checkTimeout: account.checkTimeout,
    deregistrationDelay: account.deregistrationDelay,
    grace: account.grace,
    drain: account.drain,
    stopTimeout: account.stopTimeout,
  });
  expect({ healthy: targets.HealthyThresholdCount, unhealthy: targets.UnhealthyThresholdCount }).toEqual(thresholds);
  expect({ path: targets.HealthCheckPath, deployment: service.DeploymentConfiguration }).toMatchObject({
    path: '/readyz',
    deployment: { MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: { Enable: true } },
  });
});
