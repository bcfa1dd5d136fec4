// A job on the application: started, asked, cancelled.

import { z } from 'zod';
import { ToolError } from '../tool-error.ts';
import { askAws, aws } from './aws.ts';
import type { TrainingPlace } from './training-place.ts';

const use = z.object({ vCPUHour: z.number(), memoryGBHour: z.number(), storageGBHour: z.number() }).partial().nullish();

const answer = z.object({
  jobRun: z.object({
    state: z.string(),
    stateDetails: z.string().nullish(),
    jobDriver: z.object({ sparkSubmit: z.object({ entryPointArguments: z.array(z.string()) }) }),
    totalExecutionDurationSeconds: z.number().nullish(),
    /** What is paid for; told once the job has ended. */
    billedResourceUtilization: use,
    /** What its machines have had so far. */
    totalResourceUtilization: use,
  }),
});

export type RunState = z.output<typeof answer>['jobRun'];

export interface SparkSubmit {
  readonly entryPoint: string;
  readonly entryPointArguments: readonly string[];
  readonly sparkSubmitParameters: string;
}

export const hasEnded = ({ state }: RunState): boolean => ['SUCCESS', 'FAILED', 'CANCELLED'].includes(state);

export class JobRun {
  readonly id: string;
  readonly #place: TrainingPlace;

  constructor(place: TrainingPlace, id: string) {
    this.#place = place;
    this.id = id;
  }

  /** @param name what people see in the console; it also makes sure that a call which is repeated starts one job */
  static async start(place: TrainingPlace, name: string, sparkSubmit: SparkSubmit): Promise<JobRun> {
    const found = await askAws([
      ...['emr-serverless', 'start-job-run', '--application-id', place.application],
      ...['--execution-role-arn', place.role, '--name', name, '--client-token', name],
      ...['--job-driver', JSON.stringify({ sparkSubmit }), ...place.regionArguments],
    ]);
    return new JobRun(place, z.object({ jobRunId: z.string() }).parse(found).jobRunId);
  }

  /** How it is doing. @throws ToolError where there is none, or AWS does not answer */
  async look(): Promise<RunState> {
    return answer.parse(await askAws(['emr-serverless', 'get-job-run', ...this.#arguments()])).jobRun;
  }

  async cancel(): Promise<void> {
    await aws(['emr-serverless', 'cancel-job-run', ...this.#arguments()]);
  }

  #arguments(): string[] {
    const { application, regionArguments } = this.#place;
    return ['--application-id', application, '--job-run-id', this.id, ...regionArguments];
  }
}

/** Where a job that was started writes. @throws ToolError where it is a job of somebody else */
export function outputOf({ jobDriver }: RunState): string {
  const { entryPointArguments } = jobDriver.sparkSubmit;
  const output = entryPointArguments[entryPointArguments.indexOf('--output') + 1];
  if (!entryPointArguments.includes('--output') || !output) throw new ToolError('That job run is no training.');
  return output;
}
