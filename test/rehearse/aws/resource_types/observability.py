"""Logs, alarms, notices and the budget."""

import json

from .calls import aws, lower_first
from .registry import resource


@resource("AWS::Logs::LogGroup")
def log_group(name, LogGroupName=None, RetentionInDays=None, Tags=()):
    called = LogGroupName or name
    aws.logs.create_log_group(logGroupName=called, tags={tag["Key"]: tag["Value"] for tag in Tags})
    if RetentionInDays:
        aws.logs.put_retention_policy(logGroupName=called, retentionInDays=RetentionInDays)
    found = aws.logs.describe_log_groups(logGroupNamePrefix=called)["logGroups"]
    arn = next(group["arn"] for group in found if group["logGroupName"] == called)
    return called, {"Arn": arn}, lambda: aws.logs.delete_log_group(logGroupName=called)


@resource("AWS::Logs::MetricFilter")
def metric_filter(name, FilterName=None, **properties):
    called = FilterName or name
    aws.logs.put_metric_filter(filterName=called, **lower_first(properties))
    group = properties["LogGroupName"]
    return called, {}, lambda: aws.logs.delete_metric_filter(logGroupName=group, filterName=called)


@resource("AWS::CloudWatch::Alarm")
def alarm(name, AlarmName=None, **properties):
    called = AlarmName or name
    aws.cloudwatch.put_metric_alarm(AlarmName=called, **properties)
    arn = aws.cloudwatch.describe_alarms(AlarmNames=[called])["MetricAlarms"][0]["AlarmArn"]
    return called, {"Arn": arn}, lambda: aws.cloudwatch.delete_alarms(AlarmNames=[called])


@resource("AWS::CloudWatch::Dashboard")
def dashboard(name, DashboardBody, DashboardName=None):
    called = DashboardName or name
    aws.cloudwatch.put_dashboard(DashboardName=called, DashboardBody=DashboardBody)
    return called, {}, lambda: aws.cloudwatch.delete_dashboards(DashboardNames=[called])


@resource("AWS::SNS::Topic")
def topic(name, TopicName=None, DisplayName="", Tags=()):
    arn = aws.sns.create_topic(Name=TopicName or name, Attributes={"DisplayName": DisplayName}, Tags=list(Tags))
    arn = arn["TopicArn"]
    return arn, {"TopicArn": arn}, lambda: aws.sns.delete_topic(TopicArn=arn)


@resource("AWS::SNS::TopicPolicy")
def topic_policy(name, PolicyDocument, Topics):
    before = {arn: aws.sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"] for arn in Topics}
    set_policies({arn: json.dumps(PolicyDocument) for arn in Topics})
    return name, {}, lambda: set_policies(before)


def set_policies(policies):
    for arn, text in policies.items():
        aws.sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=text)


@resource("AWS::SNS::Subscription")
def subscription(_, **properties):
    arn = aws.sns.subscribe(ReturnSubscriptionArn=True, **properties)["SubscriptionArn"]
    return arn, {}, lambda: aws.sns.unsubscribe(SubscriptionArn=arn)


@resource("AWS::Budgets::Budget")
def budget(_, Budget, NotificationsWithSubscribers=(), ResourceTags=()):
    account = aws.sts.get_caller_identity()["Account"]
    limit = {**Budget["BudgetLimit"], "Amount": str(Budget["BudgetLimit"]["Amount"])}
    aws.budgets.create_budget(
        AccountId=account,
        Budget={**Budget, "BudgetLimit": limit},
        NotificationsWithSubscribers=NotificationsWithSubscribers,
        ResourceTags=ResourceTags,
    )
    called = Budget["BudgetName"]
    return called, {}, lambda: aws.budgets.delete_budget(AccountId=account, BudgetName=called)
