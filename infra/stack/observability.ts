// What tells a person that something is wrong before a user does, and what it costs before the bill does.
// The server writes one line of vitals a minute into its log group, and filters make metrics of them: so it
// needs no right beyond writing its own log.

import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  type IAlarmAction,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Ec2Action, Ec2InstanceAction, SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AppServer } from './app-server.ts';
import { makeDashboard } from './dashboard.ts';
import { type Vital, vitals } from './vitals.ts';

export interface ObservabilityProps {
  /** The service's name: of the log groups, the metrics' namespace, the dashboard and the budget. */
  readonly name: string;
  /**
   * Where alarms and budget warnings go; the address has to confirm once.
   *
   * @default - nowhere: they are seen in the console, and synthesis warns
   */
  readonly email?: string | undefined;
  /** The account's monthly budget in US dollars; 0 for none. */
  readonly budget: number;
}

const NO_EMAIL =
  'email is not set: alarms and budget warnings reach nobody, and are seen in the console only. ' +
  'Set it under "context" in cdk.json, or with -c email=you@example.com';

export class Observability extends Construct {
  /** Where the app and the host write. */
  readonly logGroup: LogGroup;
  /** Where the network's flow logs go. */
  readonly flowLogGroup: LogGroup;
  private readonly topic: Topic;
  private readonly name: string;

  constructor(scope: Construct, id: string, { name, email, budget }: ObservabilityProps) {
    super(scope, id);
    this.name = name;
    this.logGroup = this.makeLogGroup('Log', `/${name}/server`, RetentionDays.ONE_MONTH);
    this.flowLogGroup = this.makeLogGroup('FlowLog', `/${name}/network`, RetentionDays.ONE_WEEK);
    for (const [metricName, field] of Object.entries(vitals)) {
      this.logGroup.addMetricFilter(metricName, {
        filterPattern: FilterPattern.numberValue(`$.vitals.${field}`, '>=', 0),
        metricNamespace: this.namespace,
        metricName,
        metricValue: `$.vitals.${field}`,
      });
    }
    const { topic, policy } = this.makeTopic();
    this.topic = topic;
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    else Annotations.of(this).addWarningV2('plumbline:no-email', NO_EMAIL);
    // A budget asks at once whether it may publish.
    if (budget > 0) this.makeBudget(budget).node.addDependency(policy);
  }

  /** Sets the alarms on the server, and draws the dashboard. They begin once it is bootstrapped. */
  watch(server: AppServer, burstable: boolean): void {
    const ec2 = (metricName: string) =>
      new Metric({
        namespace: 'AWS/EC2',
        metricName,
        dimensionsMap: { InstanceId: server.instanceId },
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(1),
      });
    const vital = (metricName: Vital, statistic: string, period: Duration) =>
      new Metric({ namespace: this.namespace, metricName, statistic, period });
    const five = Duration.minutes(5);
    const alarms = [
      this.alarm('HardwareFailed', ec2('StatusCheckFailed_System'), {
        alarmDescription: 'The hardware below the server failed; EC2 moves it to other hardware.',
        threshold: 1,
        evaluationPeriods: 2,
        action: new Ec2Action(Ec2InstanceAction.RECOVER),
      }),
      this.alarm('SystemFailed', ec2('StatusCheckFailed_Instance'), {
        alarmDescription: "The server's operating system does not answer; EC2 reboots it.",
        threshold: 1,
        evaluationPeriods: 3,
        action: new Ec2Action(Ec2InstanceAction.REBOOT),
      }),
      ...(burstable
        ? [
            this.alarm('CpuCreditsSpent', ec2('CPUSurplusCreditsCharged').with({ period: five }), {
              alarmDescription:
                'The server uses more CPU than it earns, and that costs. A larger instance may cost less.',
              threshold: 0,
              comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
              evaluationPeriods: 3,
            }),
          ]
        : []),
      this.alarm('DiskFull', vital('DiskUsed', Stats.MAXIMUM, five), {
        alarmDescription: 'The disk is over 80 % full, or the server has stopped reporting.',
        threshold: 80,
        evaluationPeriods: 3,
        treatMissingData: TreatMissingData.BREACHING,
      }),
      this.alarm('MemoryFull', vital('MemoryUsed', Stats.MINIMUM, five), {
        alarmDescription: 'Memory was over 90 % in use for a quarter of an hour.',
        threshold: 90,
        evaluationPeriods: 3,
      }),
      this.alarm('ServerErrors', vital('ServerErrors', Stats.SUM, five), {
        alarmDescription: 'Five or more requests in five minutes were answered with a 5xx.',
        threshold: 5,
        evaluationPeriods: 1,
      }),
      this.alarm('AppUnhealthy', vital('AppHealthy', Stats.MAXIMUM, Duration.minutes(1)), {
        alarmDescription: 'The app has not been ready for three minutes.',
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 3,
      }),
      this.alarm('SlowAnswers', vital('LatencyP99', Stats.AVERAGE, five), {
        alarmDescription: 'One answer in a hundred took a second or more, for a quarter of an hour.',
        threshold: 1000,
        evaluationPeriods: 3,
      }),
    ];
    for (const alarm of alarms) alarm.node.addDependency(server.bootstrapped);
    makeDashboard(this, { name: this.name, alarms, ec2, vital, logGroup: this.logGroup });
  }

  private get namespace(): string {
    return `Plumbline/${this.name}`;
  }

  private makeLogGroup(id: string, logGroupName: string, retention: RetentionDays): LogGroup {
    return new LogGroup(this, id, { logGroupName, retention, removalPolicy: RemovalPolicy.DESTROY });
  }

  private alarm(id: string, metric: Metric, options: CreateAlarmOptions & { readonly action?: IAlarmAction }): Alarm {
    const { action, ...rest } = options;
    const alarm = new Alarm(this, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...rest,
      alarmName: `${this.name}-${id}`,
      metric,
    });
    alarm.addAlarmAction(...(action ? [action] : []), new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }

  /** The topic that alarms and the budget publish to, with leave for those two services of this account only. */
  private makeTopic(): { topic: Topic; policy: TopicPolicy } {
    const topic = new Topic(this, 'Topic', { displayName: `Plumbline: ${this.name}` });
    const policy = new TopicPolicy(this, 'TopicPolicy', { topics: [topic], enforceSSL: true });
    policy.document.addStatements(
      new PolicyStatement({
        principals: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'].map((name) => new ServicePrincipal(name)),
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return { topic, policy };
  }

  private makeBudget(amount: number): CfnBudget {
    const subscribers = [{ subscriptionType: 'SNS', address: this.topic.topicArn }];
    const warnAt = (threshold: number, notificationType: 'ACTUAL' | 'FORECASTED') => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers,
    });
    return new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${this.name}-${Stack.of(this).region}-monthly`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
      },
      notificationsWithSubscribers: [warnAt(80, 'ACTUAL'), warnAt(100, 'FORECASTED')],
    });
  }
}
