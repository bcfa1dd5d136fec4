// Revisions of the fleet's task definition. Each has an image by its digest, and says which revision it took the place of: that is
// the way back, written where the fleet itself is.

import { z } from 'zod';
import { askEcs, type FleetPlace } from './ask-ecs.ts';

const container = z.looseObject({
  image: z.string(),
  dockerLabels: z.record(z.string(), z.string()).default({}),
});

/** What is registered anew; the rest of a definition is the answer's own. */
const registrable = z.object({
  family: z.string(),
  containerDefinitions: z.tuple([container]),
  cpu: z.string(),
  memory: z.string(),
  networkMode: z.string(),
  requiresCompatibilities: z.array(z.string()),
  runtimePlatform: z.record(z.string(), z.string()).optional(),
  executionRoleArn: z.string(),
  taskRoleArn: z.string(),
  volumes: z.array(z.unknown()).default([]),
});

const answer = z.object({
  taskDefinition: registrable.extend({
    taskDefinitionArn: z.string(),
    registeredAt: z.union([z.string(), z.number()]).optional(),
  }),
});

type Answer = z.output<typeof answer>['taskDefinition'];

const labels = { before: 'plumbline.before', base: 'plumbline.base' } as const;

/** A revision that a fleet runs, or ran. */
export interface Revision {
  readonly arn: string;
  readonly image: string;
  /** The revision that it took the place of. */
  readonly before: string | undefined;
  /** The base that it was made of. */
  readonly base: string | undefined;
  readonly registeredAt: string | number | undefined;
}

/** Whether a revision is of an image that was deployed, and not the page that waits for one. */
export const wasDeployed = ({ image }: Pick<Revision, 'image'>): boolean => /@sha256:[0-9a-f]{64}$/.test(image);

/** @param name a revision's ARN, or a family, which is its newest revision */
export function describeRevision(place: FleetPlace, name: string): Revision {
  return revision(describe(place, name));
}

/** The ARN of what the stack says of a container now. */
export const currentBase = (place: FleetPlace): string => describe(place, `${place.name}-base`).taskDefinitionArn;

/** Registers the base with an image as the newest revision of the service's family. */
export function registerRevision(place: FleetPlace, image: string, before: string | undefined): Revision {
  const { taskDefinitionArn, registeredAt: _, ...base } = describe(place, `${place.name}-base`);
  const [app] = base.containerDefinitions;
  const dockerLabels = {
    ...app.dockerLabels,
    [labels.base]: taskDefinitionArn,
    ...(before ? { [labels.before]: before } : {}),
  };
  return register(place, { ...base, family: place.name, containerDefinitions: [{ ...app, image, dockerLabels }] });
}

/** Makes a revision the newest of its family again, since CloudFormation takes that. */
export function registerAgain(place: FleetPlace, arn: string): void {
  const { taskDefinitionArn: _, registeredAt: __, ...same } = describe(place, arn);
  register(place, same);
}

const register = (place: FleetPlace, definition: z.output<typeof registrable>): Revision =>
  revision(parse(place, ['register-task-definition', '--cli-input-json', JSON.stringify(definition)]));

const describe = (place: FleetPlace, name: string): Answer =>
  parse(place, ['describe-task-definition', '--task-definition', name]);

const parse = (place: FleetPlace, args: readonly string[]): Answer => answer.parse(askEcs(place, args)).taskDefinition;

function revision({ taskDefinitionArn, registeredAt, containerDefinitions: [app] }: Answer): Revision {
  const { dockerLabels, image } = app;
  return {
    arn: taskDefinitionArn,
    image,
    before: dockerLabels[labels.before],
    base: dockerLabels[labels.base],
    registeredAt,
  };
}
