// One page that answers "is it well, and if not, since when?", from what people notice (health, errors)
// down to what causes it (memory, disk, CPU), and the last errors in words.

import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  type Metric,
  PeriodOverride,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Vital } from './vitals.ts';

export interface DashboardParts {
  /** The dashboard's name. */
  readonly name: string;
  readonly alarms: readonly Alarm[];
  /** A metric of the instance, by EC2's name for it. */
  readonly ec2: (metricName: string) => Metric;
  /** A metric that the server reports itself. */
  readonly vital: (metricName: Vital, statistic: string, period: Duration) => Metric;
  /** The log whose errors are shown. */
  readonly logGroup: ILogGroup;
}

export function makeDashboard(scope: Construct, { name, alarms, ec2, vital, logGroup }: DashboardParts): Dashboard {
  const five = Duration.minutes(5);
  const graph = (title: string, ...left: Metric[]) => new GraphWidget({ title, left, leftYAxis: { min: 0 }, width: 8 });
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: name,
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 })],
      [
        graph('App ready (1) or not (0)', vital('AppHealthy', Stats.MINIMUM, five)),
        graph('Responses 5xx', vital('ServerErrors', Stats.SUM, five)),
        graph('Network, bytes', ...['NetworkIn', 'NetworkOut'].map((metric) => ec2(metric).with({ period: five }))),
      ],
      [graph('Slowest answer in a hundred, ms', vital('LatencyP99', Stats.MAXIMUM, five))],
      [
        graph(
          'Memory and disk used, %',
          vital('MemoryUsed', Stats.MAXIMUM, five),
          vital('DiskUsed', Stats.MAXIMUM, five),
        ),
        graph('CPU, %', ec2('CPUUtilization').with({ period: five })),
        graph('CPU credits', ec2('CPUCreditBalance').with({ period: five })),
      ],
      [
        new LogQueryWidget({
          title: 'Last errors',
          logGroupNames: [logGroup.logGroupName],
          view: LogQueryVisualizationType.TABLE,
          queryLines: ['fields @timestamp, msg, err.message', 'filter level >= 50', 'sort @timestamp desc', 'limit 20'],
          width: 24,
        }),
      ],
    ],
  });
}
