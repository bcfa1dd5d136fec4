// What runs the app, as registry, deployer and observability know it: the one server, or a fleet of containers.

import type { CreateAlarmOptions, IAlarm, IAlarmAction, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IDependable } from 'constructs';
import type { Outputs } from './outputs.ts';

/** Something that a person has to hear of. */
export interface Alert {
  /** What it is called: the alarm is `NAME-id`. */
  readonly id: string;
  /** What is watched. */
  readonly metric: IMetric;
  /** When it is too much, and what that means. */
  readonly options: CreateAlarmOptions;
  /**
   * What AWS does by itself, beside telling.
   *
   * @default - nothing
   */
  readonly action?: IAlarmAction;
}

/** A curve of the dashboard. */
export interface Graph {
  readonly title: string;
  readonly metrics: readonly IMetric[];
}

/** A number in the log's lines that is made a metric of the stack's own namespace. */
interface LoggedMetric {
  readonly metricName: string;
  /** Where it stands in a line of JSON: `$.vitals.disk_used_percent`. */
  readonly field: string;
}

/** What a deploy may do to the target, beside pushing images. */
export interface DeployRights {
  /** The policy's name in the template. */
  readonly id: string;
  readonly description: string;
  readonly statements: readonly PolicyStatement[];
  /**
   * Why a statement is for any resource.
   *
   * @default - none is
   */
  readonly anyResource?: string | undefined;
}

/** What tells how a target is doing. */
export interface Signals {
  /** Numbers of the log that alerts and graphs are made of. */
  readonly logged: readonly LoggedMetric[];
  readonly alerts: readonly Alert[];
  /** Rows of curves, from what people notice down to what causes it. */
  readonly graphs: readonly (readonly Graph[])[];
  /**
   * What has to stand before alerts make sense.
   *
   * @default - nothing
   */
  readonly watchableAfter?: IDependable;
}

/** Makes a metric of what the log says. */
export type Logged = (metricName: string, statistic: string, minutes: number) => IMetric;

export interface ComputeTarget {
  /** Where people reach it, without a slash at its end. */
  readonly url: string;
  /** The processor of its containers. */
  readonly architecture: 'amd64' | 'arm64';
  /** How the command `deploy` finds it: the output DeployTarget, and the repository's variable DEPLOY_TARGET. */
  readonly locator: string;
  readonly deployRights: DeployRights;
  /** What a person, or a command, needs to know of it alone. */
  readonly outputs: Pick<Outputs, 'DnsRecord' | 'InstanceId' | 'RegisterRunner' | 'RunnerTokenArn' | 'OpenSession'>;
  /** How it is doing; `logged` gives the metrics that are made of its log. */
  signals(logged: Logged): Signals;
  /** Has deploys go back where an alarm asks for it; `alarms` are those of its alerts, by their ids. */
  guardDeploys?(alarms: ReadonlyMap<string, IAlarm>): void;
}
