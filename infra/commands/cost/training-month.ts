// Trainings on a cluster (EMR Serverless): billed by what workers have, from their start to their end, and for nothing else.

import { type CostLine, costLine } from './prices.ts';

/** What a job has used, as EMR Serverless tells of each run. */
export interface ClusterUse {
  readonly vcpuHours: number;
  readonly memoryGbHours: number;
  /** Beyond the 20 GB that each worker has for nothing. @default 0 */
  readonly storageGbHours?: number;
}

/** What a run comes to. */
export function trainingCost(
  { vcpuHours, memoryGbHours, storageGbHours = 0 }: ClusterUse,
  region: string,
): readonly CostLine[] {
  const lines = [
    costLine('training (EMR Serverless): processors', 'emr_serverless_vcpu_hour', vcpuHours, region),
    costLine('training (EMR Serverless): memory', 'emr_serverless_gb_hour', memoryGbHours, region),
  ];
  if (storageGbHours === 0) return lines;
  return [
    ...lines,
    costLine('training (EMR Serverless): disk', 'emr_serverless_storage_gb_hour', storageGbHours, region),
  ];
}

/** The driver, and each of the machines on which workers train: of its disk 20 GB cost nothing. */
const MACHINE = { vcpu: 4, gb: 16, paidDiskGb: 80 };
/** Of 12 workers, as many as a training has that says nothing else. */
const MACHINES = 3;
/** From the start of a run until its workers are at work, and from their last row to the release. */
const FIXED_HOURS = 1 / 12;
/** Rows that one processor takes from the file to the evaluated model, a second. */
const ROWS_PER_VCPU_SECOND = 5_000;
const BYTES_A_ROW = 100;
/** The job, its Python packages and its results, which the bucket keeps for 90 days. */
const PACKAGES_GB = 0.5;
const GB = 1e9;

/** How long a run takes that learns from so many rows, in hours: a guess, which a run of one's own corrects. */
export function hoursOfRows(rows: number): number {
  return FIXED_HOURS + rows / (MACHINES * MACHINE.vcpu * ROWS_PER_VCPU_SECOND) / 3600;
}

/** A month in which clusters run for so many hours. @param rows that lie on S3 for it */
export function trainingMonth(hours: number, rows: number | undefined, region: string): readonly CostLine[] {
  const running = hours * (MACHINES + 1);
  const stored = PACKAGES_GB + ((rows ?? 0) * BYTES_A_ROW) / GB;
  return [
    ...trainingCost(
      {
        vcpuHours: running * MACHINE.vcpu,
        memoryGbHours: running * MACHINE.gb,
        storageGbHours: running * MACHINE.paidDiskGb,
      },
      region,
    ),
    costLine('rows, packages, results (S3)', 's3_gb_month', stored, region),
  ];
}

export function trainingAssumptions(hours: number, rows: number | undefined): readonly string[] {
  const { vcpu, gb, paidDiskGb } = MACHINE;
  const cluster = `a driver and ${MACHINES} machines for workers, each with ${vcpu} vCPU, ${gb} GB and ${paidDiskGb} GB of disk beyond the free 20, run for ${Number(hours.toPrecision(3))} hours in all`;
  if (rows === undefined) return [cluster];
  return [
    cluster,
    `a run takes ${FIXED_HOURS * 60} minutes and a second for every ${ROWS_PER_VCPU_SECOND.toLocaleString('en')} rows and processor of a worker; a row takes ${BYTES_A_ROW} bytes`,
  ];
}
