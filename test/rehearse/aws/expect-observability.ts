// What tells a person that something is wrong, and what it costs.

import { stackName } from './cdk.ts';
import { accountId, region } from './moto.ts';
import type { MotoAccount } from './moto-account.ts';

export interface ObservabilityExpectation {
  /** Who is told. */
  readonly email?: string;
  /** In US dollars a month. */
  readonly budget: number;
}

export async function expectObservability(account: MotoAccount, expected: ObservabilityExpectation): Promise<void> {
  await expectAlarms(account);
  await expectNotices(account, expected);
  await expectLogs(account);
}

/** What each alarm does besides telling: EC2's own action, where there is one. */
const alarms = {
  AppUnhealthy: [],
  CpuCreditsSpent: [],
  DiskFull: [],
  HardwareFailed: [`arn:aws:automate:${region}:ec2:recover`],
  MemoryFull: [],
  ServerErrors: [],
  SlowAnswers: [],
  SystemFailed: [`arn:aws:automate:${region}:ec2:reboot`],
} as const;

async function expectAlarms({ checks, ask }: MotoAccount): Promise<void> {
  const [found, topics, dashboards] = await Promise.all([
    ask(
      'cloudwatch describe-alarms',
      'sort_by(MetricAlarms, &AlarmName)[].[AlarmName, ActionsEnabled, AlarmActions, OKActions]',
    ),
    ask('sns list-topics', 'Topics[].TopicArn'),
    ask('cloudwatch list-dashboards', 'DashboardEntries[].DashboardName'),
  ]);
  const told = topics as string[];
  checks.equal('there is one topic', told.length, 1);
  checks.equal(
    'every alarm tells the topic, and mends what EC2 can mend',
    found,
    Object.entries(alarms).map(([name, actions]) => [`${stackName}-${name}`, true, [...actions, ...told], told]),
  );
  checks.equal('there is one dashboard', dashboards, [stackName]);
  const body = await ask(`cloudwatch get-dashboard --dashboard-name ${stackName}`, 'DashboardBody');
  const shown = Object.keys(alarms).filter((name) => String(body).includes(`:alarm:${stackName}-${name}"`));
  checks.equal('it shows every alarm', shown, Object.keys(alarms));
}

async function expectNotices({ checks, ask }: MotoAccount, { email, budget }: ObservabilityExpectation): Promise<void> {
  const name = `${stackName}-${region}-monthly`;
  const ofAccount = `--account-id ${accountId}`;
  const [topic] = (await ask('sns list-topics', 'Topics[].TopicArn')) as [string];
  const [subscriptions, policy, budgets, warnings] = await Promise.all([
    ask('sns list-subscriptions', 'Subscriptions[].[Protocol, Endpoint, TopicArn]'),
    ask(`sns get-topic-attributes --topic-arn ${topic}`, 'Attributes.Policy'),
    ask(
      `budgets describe-budgets ${ofAccount}`,
      'Budgets[].[BudgetName, BudgetLimit.[Amount, Unit], TimeUnit, BudgetType]',
    ),
    ask(
      `budgets describe-notifications-for-budget ${ofAccount} --budget-name ${name}`,
      'Notifications[].[NotificationType, ComparisonOperator, Threshold, ThresholdType]',
    ),
  ]);
  const wanted = email ? [['email', email, topic]] : [];
  checks.equal(email ? `${email} is subscribed to it` : 'nobody is subscribed to it', subscriptions, wanted);
  const { Statement } = JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] };
  const publishers = Statement.filter(({ Effect }) => Effect === 'Allow');
  checks.equal(
    'alarms and the budget of this account may publish there, and nobody else',
    publishers.map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition })),
    [
      {
        Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
        Action: 'sns:Publish',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ],
  );
  checks.equal(`the budget is ${budget} US dollars a month`, budgets, [
    [name, [String(budget), 'USD'], 'MONTHLY', 'COST'],
  ]);
  checks.equal('it warns at 80 % spent, and when 100 % are foreseen', warnings, [
    ['ACTUAL', 'GREATER_THAN', 80, 'PERCENTAGE'],
    ['FORECASTED', 'GREATER_THAN', 100, 'PERCENTAGE'],
  ]);
}

async function expectLogs({ checks, ask }: MotoAccount): Promise<void> {
  const [groups, filters] = await Promise.all([
    // What trainings print is looked at with them.
    ask(
      'logs describe-log-groups',
      "sort_by(logGroups, &logGroupName)[?!ends_with(logGroupName, '/training')].[logGroupName, retentionInDays]",
    ),
    ask(
      'logs describe-metric-filters',
      'metricFilters[].[logGroupName, metricTransformations[0].[metricNamespace, metricName]]',
    ),
  ]);
  checks.equal('logs are kept for a month, those of the network for a week', groups, [
    [`/${stackName}/network`, 7],
    [`/${stackName}/server`, 30],
  ]);
  const metrics = ['AppHealthy', 'DiskUsed', 'LatencyP99', 'MemoryUsed', 'ServerErrors'];
  checks.equal(
    "the server's vitals become metrics",
    (filters as unknown[]).map((filter) => JSON.stringify(filter)).sort(),
    metrics.map((metric) => JSON.stringify([`/${stackName}/server`, [`Plumbline/${stackName}`, metric]])),
  );
}
