// A month of the one server.

import { type CostLine, costLine } from './prices.ts';
import { FLOW_LOG_GB, HOURS_A_MONTH, KEPT_FLOW_LOG_GB, type Traffic } from './traffic.ts';

const DISK_GB = 20;
const METRICS = 5;
const ALARMS = 8;
const IMAGES_GB = 1.5;

export function serverMonth(traffic: Traffic, region: string): readonly CostLine[] {
  const { gbOfAppLog, gbOfAccessLog, gbOut } = traffic;
  const logged = gbOfAppLog + gbOfAccessLog;
  return [
    costLine('EC2, t3.medium', 't3_medium_hour', HOURS_A_MONTH, region),
    costLine('public IPv4 address', 'ipv4_hour', HOURS_A_MONTH, region),
    costLine('disk (EBS gp3)', 'gp3_gb_month', DISK_GB, region),
    costLine('logs: app, access, network', 'log_gb', logged + FLOW_LOG_GB, region),
    costLine('logs that are kept', 'log_stored_gb_month', logged + KEPT_FLOW_LOG_GB, region),
    costLine('CloudWatch metrics', 'metric_month', METRICS, region),
    costLine('CloudWatch alarms', 'alarm_month', ALARMS, region),
    costLine('CloudWatch dashboard', 'dashboard_month', 1, region),
    costLine('images (ECR)', 'ecr_gb_month', IMAGES_GB, region),
    costLine('data out to the internet', 'data_out_gb', gbOut, region),
  ];
}

export const serverAssumptions: readonly string[] = [
  `the server runs all ${HOURS_A_MONTH} hours, with a disk of ${DISK_GB} GB and ${IMAGES_GB} GB of images`,
];
