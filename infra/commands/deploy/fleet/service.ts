// The fleet's service as Amazon ECS tells of it, and the calls that change it.

import { z } from 'zod';
import { ToolError } from '../../tool-error.ts';
import { askEcs, type FleetPlace } from './ask-ecs.ts';

const deployment = z.object({
  id: z.string(),
  status: z.string(),
  taskDefinition: z.string(),
  rolloutState: z.string().default('IN_PROGRESS'),
  rolloutStateReason: z.string().default(''),
  desiredCount: z.number(),
  runningCount: z.number(),
  updatedAt: z.union([z.string(), z.number()]),
});

const service = z.object({
  status: z.string(),
  desiredCount: z.number(),
  runningCount: z.number(),
  deployments: z.array(deployment),
  events: z.array(z.object({ id: z.string(), message: z.string() })).default([]),
});

const described = z.object({ services: z.array(service) });
const updated = z.object({ service });
const listed = z.object({ taskArns: z.array(z.string()) });
const tasks = z.object({
  tasks: z.array(
    z.object({
      taskDefinitionArn: z.string(),
      stoppedReason: z.string().default(''),
      containers: z
        .array(z.object({ name: z.string(), exitCode: z.number().optional(), reason: z.string().optional() }))
        .default([]),
    }),
  ),
});

export type Deployment = z.output<typeof deployment>;
export type Service = z.output<typeof service>;

/** @throws ToolError where there is none */
export function describeService(place: FleetPlace): Service {
  const found = described.parse(
    askEcs(place, ['describe-services', '--cluster', place.name, '--services', place.name]),
  );
  const active = found.services.find(({ status }) => status === 'ACTIVE');
  if (!active)
    throw new ToolError(
      `There is no service ${place.name} in ${place.region}. Run npx cdk deploy with size=fleet first.`,
    );
  return active;
}

/** Has the service run a task definition; gives the deployment that this begins. */
export function updateService(place: FleetPlace, taskDefinition: string): Deployment {
  const where = ['--cluster', place.name, '--service', place.name];
  const answer = updated.parse(askEcs(place, ['update-service', ...where, '--task-definition', taskDefinition]));
  return primaryOf(answer.service);
}

export function primaryOf({ deployments }: Service): Deployment {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (!primary) throw new ToolError('The service has no deployment: look at it in the console of Amazon ECS.');
  return primary;
}

/** The deployment whose containers have the traffic: the last that came to its end. */
export function servingOf(service: Service): Deployment {
  return (
    service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED') ??
    service.deployments.find(({ status, rolloutState }) => status === 'ACTIVE' && rolloutState !== 'FAILED') ??
    primaryOf(service)
  );
}

/** Why the containers of a task definition ended, in Amazon's words; undefined where none did. */
export function whyContainersEnded(place: FleetPlace, taskDefinition: string): string | undefined {
  const where = ['--cluster', place.name];
  const { taskArns } = listed.parse(
    askEcs(place, ['list-tasks', ...where, '--service-name', place.name, '--desired-status', 'STOPPED']),
  );
  if (taskArns.length === 0) return undefined;
  const found = tasks.parse(askEcs(place, ['describe-tasks', ...where, '--tasks', ...taskArns.slice(0, 10)]));
  const ended = found.tasks.find((task) => task.taskDefinitionArn === taskDefinition && task.stoppedReason !== '');
  if (!ended) return undefined;
  const containers = ended.containers.flatMap(({ exitCode, reason }) => [
    ...(exitCode === undefined ? [] : [`it ended with ${exitCode}`]),
    ...(reason ? [reason] : []),
  ]);
  return [ended.stoppedReason, ...containers].join('; ');
}
