// Where trainings run: what the stack said of itself, and how much the application may take.

import { z } from 'zod';
import { inRegion, readOutputs, type StackPlace } from '../stack-outputs.ts';
import { ToolError } from '../tool-error.ts';
import { askAws } from './aws.ts';

/** The prefix of the stack's bucket that jobs read (infra/stack/training.ts). */
export const PREFIX = 'training/';

export interface TrainingPlace {
  readonly application: string;
  readonly role: string;
  readonly bucket: string;
  /** Another place that jobs may read, s3://BUCKET/PREFIX/, where the stack's setting names one. */
  readonly input: string | undefined;
  readonly region: string;
  readonly logGroup: string;
  /** The most processors that all jobs may take at a time. */
  readonly vcpus: number;
  /** The AWS CLI's arguments for the region, where one was given. */
  readonly regionArguments: readonly string[];
}

const answer = z.object({
  application: z.object({ arn: z.string(), maximumCapacity: z.object({ cpu: z.string() }) }),
});

/** @throws ToolError where there is no such stack, or it was deployed without training=spark */
export async function findTrainingPlace(place: StackPlace, signal?: AbortSignal): Promise<TrainingPlace> {
  const { TrainingApplication, TrainingBucket, TrainingInput, TrainingRoleArn } = readOutputs(place);
  if (!TrainingApplication || !TrainingBucket || !TrainingRoleArn)
    throw new ToolError(
      `The stack ${place.stack} has nothing to train on. Deploy it with: npx cdk deploy -c training=spark. ` +
        'To train on a cluster of your own, say --master.',
    );
  const regionArguments = inRegion(place);
  const found = await askAws(
    ['emr-serverless', 'get-application', '--application-id', TrainingApplication, ...regionArguments],
    signal,
  );
  const { application } = answer.parse(found);
  return {
    application: TrainingApplication,
    role: TrainingRoleArn,
    bucket: TrainingBucket,
    input: TrainingInput,
    region: application.arn.split(':')[3] ?? '',
    logGroup: `/${place.stack}/training`,
    vcpus: Number.parseFloat(application.maximumCapacity.cpu),
    regionArguments,
  };
}
