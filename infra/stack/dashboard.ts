// One page that answers "is it well, and if not, since when?", from what people notice (health, errors)
// down to what causes it (memory, disk, CPU), and the last errors in words.

import {
  type Alarm,
  AlarmStatusWidget,
  type CfnDashboard,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  PeriodOverride,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Graph } from './compute-target.ts';
import { shortText } from './short-text.ts';

export interface DashboardParts {
  /** The dashboard's name. */
  readonly name: string;
  readonly alarms: readonly Alarm[];
  /** Rows of curves. */
  readonly graphs: readonly (readonly Graph[])[];
  /** The log whose errors are shown. */
  readonly logGroup: ILogGroup;
}

export function makeDashboard(scope: Construct, { name, alarms, graphs, logGroup }: DashboardParts): Dashboard {
  const curves = ({ title, metrics }: Graph) =>
    new GraphWidget({ title, left: [...metrics], leftYAxis: { min: 0 }, width: 8 });
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: name,
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 })],
      ...graphs.map((row) => row.map(curves)),
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
  const resource = dashboard.node.defaultChild as CfnDashboard;
  resource.dashboardBody = shortText(resource.dashboardBody);
  return dashboard;
}
