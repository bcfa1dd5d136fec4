// How large the machines of a job are. XGBoost trains in a stage whose tasks all run at once, and that starts only where there is room for all.

import { ToolError } from '../tool-error.ts';

/** Processors of a machine, and GB of its memory in all. */
const MACHINE = { vcpu: 4, gb: 16, diskGb: 100 } as const;
/** GB of a machine's memory for Java; the rest is for Python, where XGBoost keeps its rows. */
const JAVA_GB = 6;

/** Machines for so many processes that train at once, each with a processor. */
const machinesFor = (workers: number): number => Math.ceil(workers / MACHINE.vcpu);

/** How many processes an application of so many processors trains with at most, beside the driver. */
const mostWorkers = (vcpus: number): number => Math.max(0, Math.floor(vcpus / MACHINE.vcpu) - 1) * MACHINE.vcpu;

/** @throws ToolError where the application may not take so many processors: its job would wait for ever */
export function demandRoom(workers: number, vcpus: number): void {
  const wanted = (machinesFor(workers) + 1) * MACHINE.vcpu;
  if (wanted <= vcpus) return;
  throw new ToolError(
    `${workers} workers and the driver take ${wanted} processors, and the application has ${vcpus}. ` +
      `Take --workers ${mostWorkers(vcpus)}, or deploy with -c vcpus=${wanted}.`,
  );
}

/** Settings of Spark that make so many machines of that size, and no more or fewer while the job runs. */
export function sizeSettings(workers: number): readonly string[] {
  const memory = [`memory=${JAVA_GB}g`, `memoryOverhead=${MACHINE.gb - JAVA_GB}g`];
  return [
    ...['driver', 'executor'].flatMap((kind) => [
      ...[`cores=${MACHINE.vcpu}`, ...memory].map((setting) => `spark.${kind}.${setting}`),
      `spark.emr-serverless.${kind}.disk=${MACHINE.diskGb}g`,
    ]),
    `spark.executor.instances=${machinesFor(workers)}`,
    'spark.dynamicAllocation.enabled=false',
  ];
}
