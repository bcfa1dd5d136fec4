// How a fleet is doing: what its load balancer sees of it, and what its containers take.

import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Signals } from '../compute-target.ts';
import type { LoadBalancer } from './load-balancer.ts';

/** The alert that makes a deploy go back. */
export const SERVER_ERRORS = 'ServerErrors';

/** @param name of cluster and service */
export function fleetSignals(name: string, { balancer, targets }: LoadBalancer): Signals {
  const period = Duration.minutes(5);
  const minute = Duration.minutes(1);
  const ofBalancer = { LoadBalancer: balancer.loadBalancerFullName };
  const ofTargets = { ...ofBalancer, TargetGroup: targets.targetGroupFullName };
  const seen = (
    metricName: string,
    statistic: string,
    dimensionsMap: Record<string, string> = ofTargets,
    every = period,
  ) => new Metric({ namespace: 'AWS/ApplicationELB', metricName, dimensionsMap, statistic, period: every });
  const taken = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/ECS',
      metricName,
      dimensionsMap: { ClusterName: name, ServiceName: name },
      statistic,
      period,
    });
  // Answers of the app, and of the load balancer where no container answered.
  const errors = (every: Duration) =>
    new MathExpression({
      expression: 'FILL(app, 0) + FILL(balancer, 0)',
      label: 'Responses 5xx',
      period: every,
      usingMetrics: {
        app: seen('HTTPCode_Target_5XX_Count', Stats.SUM, ofTargets, every),
        balancer: seen('HTTPCode_ELB_5XX_Count', Stats.SUM, ofBalancer, every),
      },
    });
  return {
    logged: [],
    alerts: [
      {
        id: SERVER_ERRORS,
        metric: errors(minute),
        options: {
          alarmDescription: 'Five or more requests in a minute were answered with a 5xx. A deploy at work goes back.',
          threshold: 5,
          evaluationPeriods: 1,
        },
      },
      {
        id: 'AppUnhealthy',
        metric: seen('HealthyHostCount', Stats.MAXIMUM, ofTargets, minute),
        options: {
          alarmDescription: 'No container has been ready for three minutes.',
          threshold: 1,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          evaluationPeriods: 3,
          treatMissingData: TreatMissingData.BREACHING,
        },
      },
      {
        id: 'ContainersUnhealthy',
        metric: seen('UnHealthyHostCount', Stats.MINIMUM),
        options: {
          alarmDescription: 'A container was not ready for a quarter of an hour: what replaces it fails too.',
          threshold: 1,
          evaluationPeriods: 3,
        },
      },
      {
        id: 'SlowAnswers',
        metric: seen('TargetResponseTime', 'p99'),
        options: {
          alarmDescription: 'One answer in a hundred took a second or more, for a quarter of an hour.',
          threshold: 1,
          evaluationPeriods: 3,
        },
      },
      {
        id: 'MemoryFull',
        metric: taken('MemoryUtilization', Stats.MAXIMUM),
        options: {
          alarmDescription: 'A container had over 90 % of its memory in use for a quarter of an hour.',
          threshold: 90,
          evaluationPeriods: 3,
        },
      },
      {
        id: 'FleetTooSmall',
        metric: taken('CPUUtilization', Stats.AVERAGE),
        options: {
          alarmDescription:
            'The containers were busy over 85 % for a quarter of an hour, as where the fleet is at its max.',
          threshold: 85,
          evaluationPeriods: 3,
        },
      },
    ],
    graphs: [
      [
        {
          title: 'Containers ready and not',
          metrics: [seen('HealthyHostCount', Stats.MINIMUM), seen('UnHealthyHostCount', Stats.MAXIMUM)],
        },
        { title: 'Responses 5xx', metrics: [errors(period)] },
        { title: 'Requests', metrics: [seen('RequestCount', Stats.SUM)] },
      ],
      [{ title: 'Slowest answer in a hundred, s', metrics: [seen('TargetResponseTime', 'p99')] }],
      [
        { title: 'Memory used, %', metrics: [taken('MemoryUtilization', Stats.MAXIMUM)] },
        { title: 'CPU, %', metrics: [taken('CPUUtilization', Stats.AVERAGE), taken('CPUUtilization', Stats.MAXIMUM)] },
        { title: 'Requests of each container', metrics: [seen('RequestCountPerTarget', Stats.SUM)] },
      ],
    ],
  };
}
