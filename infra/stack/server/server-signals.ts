// How the server is doing: what EC2 says of it, and the vitals that it writes into its log each minute.

import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IAlarmAction, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Ec2Action, Ec2InstanceAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Logged, Signals } from '../compute-target.ts';
import { shortText } from '../short-text.ts';
import { type Vital, vitals } from './vitals.ts';

/** What EC2 does by itself; shorter in the template than the library has it. */
const byEc2 = (action: Ec2InstanceAction): IAlarmAction => ({
  bind: (scope, alarm) => ({ alarmActionArn: shortText(new Ec2Action(action).bind(scope, alarm).alarmActionArn) }),
});

/** @param burstable whether the instance lives on CPU credits */
export function serverSignals(instanceId: string, burstable: boolean, logged: Logged): Signals {
  const five = Duration.minutes(5);
  const ec2 = (metricName: string, period = five) =>
    new Metric({
      namespace: 'AWS/EC2',
      metricName,
      dimensionsMap: { InstanceId: instanceId },
      statistic: Stats.MAXIMUM,
      period,
    });
  const vital = (name: Vital, statistic: string, minutes = 5) => logged(name, statistic, minutes);
  return {
    logged: Object.entries(vitals).map(([metricName, field]) => ({ metricName, field: `$.vitals.${field}` })),
    alerts: [
      {
        id: 'HardwareFailed',
        metric: ec2('StatusCheckFailed_System', Duration.minutes(1)),
        options: {
          alarmDescription: 'The hardware below the server failed; EC2 moves it to other hardware.',
          threshold: 1,
          evaluationPeriods: 2,
        },
        action: byEc2(Ec2InstanceAction.RECOVER),
      },
      {
        id: 'SystemFailed',
        metric: ec2('StatusCheckFailed_Instance', Duration.minutes(1)),
        options: {
          alarmDescription: "The server's operating system does not answer; EC2 reboots it.",
          threshold: 1,
          evaluationPeriods: 3,
        },
        action: byEc2(Ec2InstanceAction.REBOOT),
      },
      ...(burstable
        ? [
            {
              id: 'CpuCreditsSpent',
              metric: ec2('CPUSurplusCreditsCharged'),
              options: {
                alarmDescription:
                  'The server uses more CPU than it earns, and that costs. A larger instance may cost less.',
                threshold: 0,
                comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
                evaluationPeriods: 3,
              },
            },
          ]
        : []),
      {
        id: 'DiskFull',
        metric: vital('DiskUsed', Stats.MAXIMUM),
        options: {
          alarmDescription: 'The disk is over 80 % full, or the server has stopped reporting.',
          threshold: 80,
          evaluationPeriods: 3,
          treatMissingData: TreatMissingData.BREACHING,
        },
      },
      {
        id: 'MemoryFull',
        metric: vital('MemoryUsed', Stats.MINIMUM),
        options: {
          alarmDescription: 'Memory was over 90 % in use for a quarter of an hour.',
          threshold: 90,
          evaluationPeriods: 3,
        },
      },
      {
        id: 'ServerErrors',
        metric: vital('ServerErrors', Stats.SUM),
        options: {
          alarmDescription: 'Five or more requests in five minutes were answered with a 5xx.',
          threshold: 5,
          evaluationPeriods: 1,
        },
      },
      {
        id: 'AppUnhealthy',
        metric: vital('AppHealthy', Stats.MAXIMUM, 1),
        options: {
          alarmDescription: 'The app has not been ready for three minutes.',
          threshold: 1,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          evaluationPeriods: 3,
        },
      },
      {
        id: 'SlowAnswers',
        metric: vital('LatencyP99', Stats.AVERAGE),
        options: {
          alarmDescription: 'One answer in a hundred took a second or more, for a quarter of an hour.',
          threshold: 1000,
          evaluationPeriods: 3,
        },
      },
    ],
    graphs: [
      [
        { title: 'App ready (1) or not (0)', metrics: [vital('AppHealthy', Stats.MINIMUM)] },
        { title: 'Responses 5xx', metrics: [vital('ServerErrors', Stats.SUM)] },
        { title: 'Network, bytes', metrics: [ec2('NetworkIn'), ec2('NetworkOut')] },
      ],
      [{ title: 'Slowest answer in a hundred, ms', metrics: [vital('LatencyP99', Stats.MAXIMUM)] }],
      [
        {
          title: 'Memory and disk used, %',
          metrics: [vital('MemoryUsed', Stats.MAXIMUM), vital('DiskUsed', Stats.MAXIMUM)],
        },
        { title: 'CPU, %', metrics: [ec2('CPUUtilization')] },
        { title: 'CPU credits', metrics: [ec2('CPUCreditBalance')] },
      ],
    ],
  };
}
