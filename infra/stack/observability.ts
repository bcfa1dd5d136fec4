// What tells a person that something is wrong before a user does, and what it costs before the bill does.
// What is watched, the compute target says. Where it writes numbers into its log, filters make metrics of them: so it needs
// no right beyond writing its own log.

import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Alert, ComputeTarget } from './compute-target.ts';
import { makeDashboard } from './dashboard.ts';
import { shortText } from './short-text.ts';

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
    const { topic, policy } = this.makeTopic();
    this.topic = topic;
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    else Annotations.of(this).addWarningV2('plumbline:no-email', NO_EMAIL);
    // A budget asks at once whether it may publish.
    if (budget > 0) this.makeBudget(budget).node.addDependency(policy);
  }

  /** Sets the alarms on what runs the app, and draws the dashboard. */
  watch(target: ComputeTarget): void {
    const { logged, alerts, graphs, watchableAfter } = target.signals(
      (metricName, statistic, minutes) =>
        new Metric({ namespace: this.namespace, metricName, statistic, period: Duration.minutes(minutes) }),
    );
    for (const { metricName, field } of logged) {
      this.logGroup.addMetricFilter(metricName, {
        filterPattern: FilterPattern.numberValue(field, '>=', 0),
        metricNamespace: this.namespace,
        metricName,
        metricValue: field,
      });
    }
    const byId = new Map(alerts.map((alert) => [alert.id, this.alarm(alert)]));
    target.guardDeploys?.(byId);
    const alarms = [...byId.values()];
    if (watchableAfter) for (const alarm of alarms) alarm.node.addDependency(watchableAfter);
    makeDashboard(this, { name: this.name, alarms, graphs, logGroup: this.logGroup });
  }

  private get namespace(): string {
    return `Plumbline/${this.name}`;
  }

  private makeLogGroup(id: string, logGroupName: string, retention: RetentionDays): LogGroup {
    return new LogGroup(this, id, { logGroupName, retention, removalPolicy: RemovalPolicy.DESTROY });
  }

  private alarm({ id, metric, options, action }: Alert): Alarm {
    const alarm = new Alarm(this, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
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
        budgetName: shortText(`${this.name}-${Stack.of(this).region}-monthly`),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
      },
      notificationsWithSubscribers: [warnAt(80, 'ACTUAL'), warnAt(100, 'FORECASTED')],
    });
  }
}
