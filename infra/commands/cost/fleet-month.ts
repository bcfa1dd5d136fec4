// A month of a fleet: tasks on Fargate behind a load balancer.

import { type CostLine, costLine } from './prices.ts';
import { FLOW_LOG_GB, HOURS_A_MONTH, KEPT_FLOW_LOG_GB, type Traffic } from './traffic.ts';

/** What one task takes. */
const TASK = { vcpu: 1, gb: 2 };
/** How many requests a second a task answers before another is started: half of a processor, at 2.5 ms each. */
const PER_TASK = 200;
/** The load of a day: three times the average for a quarter of the time, a third of it in the rest. */
const BUSY = { share: 1 / 4, load: 3 };
const QUIET = { share: 3 / 4, load: 1 / 3 };
/** The balancer has an address in each of two zones. */
const BALANCER_ADDRESSES = 2;
/** An alarm is billed by each metric that it watches; scaling by load sets two of its own. */
const ALARMS = { metrics: 7, scaling: 2 };
const IMAGES_GB = 1.5;
/** Files that are predicted: GB of them in the month, and as much again of results; how long they lie there. */
const FILES = { gb: 10, hours: 2 };

/** What one load balancer capacity unit takes. */
const LCU = { connectionsPerSecond: 25, openConnections: 3_000, gbAnHour: 1 };

export interface FleetSize {
  /** Tasks that run whatever the load is. */
  readonly min: number;
  /** Tasks that run at most. */
  readonly max: number;
}

export const defaultFleet: FleetSize = { min: 2, max: 6 };

/** How many tasks run in the busy and in the quiet time, and on average. */
export function tasksOf({ perSecond }: Traffic, { min, max }: FleetSize) {
  const wanted = (load: number) => Math.ceil((perSecond * load) / PER_TASK);
  const within = (tasks: number) => Math.min(max, Math.max(min, tasks));
  const [busy, quiet] = [within(wanted(BUSY.load)), within(wanted(QUIET.load))];
  return {
    busy,
    quiet,
    average: busy * BUSY.share + quiet * QUIET.share,
    /** How many it would take. */
    wanted: wanted(BUSY.load),
  };
}

/** Of the measures of a balancer's work it bills the largest. */
function capacityUnits({ connectionsPerSecond, openConnections, gbThrough }: Traffic): number {
  return Math.max(
    connectionsPerSecond / LCU.connectionsPerSecond,
    openConnections / LCU.openConnections,
    gbThrough / HOURS_A_MONTH / LCU.gbAnHour,
  );
}

export function fleetMonth(traffic: Traffic, size: FleetSize, region: string): readonly CostLine[] {
  const { average } = tasksOf(traffic, size);
  const hours = average * HOURS_A_MONTH;
  const shared = 2 * FILES.gb;
  return [
    costLine('tasks (Fargate): processors', 'fargate_vcpu_hour', hours * TASK.vcpu, region),
    costLine('tasks (Fargate): memory', 'fargate_gb_hour', hours * TASK.gb, region),
    costLine('load balancer', 'alb_hour', HOURS_A_MONTH, region),
    costLine("load balancer's capacity", 'lcu_hour', capacityUnits(traffic) * HOURS_A_MONTH, region),
    costLine('public IPv4 addresses', 'ipv4_hour', (average + BALANCER_ADDRESSES) * HOURS_A_MONTH, region),
    costLine('logs: app, network', 'log_gb', traffic.gbOfAppLog + FLOW_LOG_GB, region),
    costLine('logs that are kept', 'log_stored_gb_month', traffic.gbOfAppLog + KEPT_FLOW_LOG_GB, region),
    costLine('CloudWatch alarms', 'alarm_month', ALARMS.metrics + ALARMS.scaling, region),
    costLine('CloudWatch dashboard', 'dashboard_month', 1, region),
    costLine('files that containers share (EFS)', 'efs_gb_month', (shared * FILES.hours) / HOURS_A_MONTH, region),
    costLine('files that containers share: written', 'efs_write_gb', shared, region),
    costLine('files that containers share: read', 'efs_read_gb', shared, region),
    costLine('images (ECR)', 'ecr_gb_month', IMAGES_GB, region),
    costLine('data out to the internet', 'data_out_gb', traffic.gbOut, region),
  ];
}

export function fleetAssumptions(traffic: Traffic, size: FleetSize): readonly string[] {
  const { busy, quiet, average, wanted } = tasksOf(traffic, size);
  const short = wanted > size.max ? `; it would take ${wanted}, so raise max` : '';
  return [
    `a task has ${TASK.vcpu} vCPU and ${TASK.gb} GB, and another is started from ${PER_TASK} requests a second on`,
    `a quarter of the time has three times the average load (${round(traffic.perSecond * BUSY.load)} requests a second), the rest a third of it`,
    `so ${busy} tasks run then, ${quiet} else, ${round(average)} on average, of ${size.min} to ${size.max}${short}`,
    `each task, and the balancer in each of ${BALANCER_ADDRESSES} zones, has a public address, and of the alarms one watches two metrics and scaling sets ${ALARMS.scaling} more`,
    `files that are predicted are ${FILES.gb} GB in the month, their results as many, and both lie there for ${FILES.hours} hours`,
  ];
}

const round = (value: number) => String(Number(value.toPrecision(3)));
