#!/usr/bin/env node
// A double of the AWS CLI where the service of a fleet is asked for. It keeps its state in a file; each look at the service takes a
// deployment one step further, on the course that the file names: it goes well, it fails and the service goes back, or it hangs.

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

interface Definition {
  readonly family: string;
  readonly taskDefinitionArn: string;
  readonly containerDefinitions: readonly [{ readonly image: string }];
}

interface Deployment {
  readonly id: string;
  readonly taskDefinition: string;
  status: 'PRIMARY' | 'ACTIVE';
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason?: string;
  desiredCount: number;
  runningCount: number;
  readonly updatedAt: number;
}

export interface EcsState {
  course: 'well' | 'fails' | 'hangs';
  definitions: Definition[];
  deployments: Deployment[];
}

const file = process.env.ECS_STATE ?? '';
const [, , service, command, ...args] = process.argv;
appendFileSync(`${file}.calls`, `${[service, command, ...args].join(' ')}\n`);
const state: EcsState = JSON.parse(readFileSync(file, 'utf8'));
const option = (name: string) => args[args.indexOf(`--${name}`) + 1] ?? '';
const find = (name: string) =>
  state.definitions.findLast((each) => [each.taskDefinitionArn, each.family].includes(name));

const answers: Readonly<Record<string, () => unknown>> = {
  'describe-task-definition': () => ({ taskDefinition: find(option('task-definition')) }),
  'register-task-definition': () => {
    const given = JSON.parse(option('cli-input-json'));
    const revision = state.definitions.filter(({ family }) => family === given.family).length + 1;
    const made = { ...given, taskDefinitionArn: `arn:aws:ecs:r:1:task-definition/${given.family}:${revision}` };
    state.definitions.push({ ...made, registeredAt: 1_790_000_000 + revision });
    return { taskDefinition: made };
  },
  'update-service': () => {
    for (const each of state.deployments) each.status = 'ACTIVE';
    state.deployments.unshift(begin(option('task-definition')));
    return { service: told() };
  },
  'describe-services': () => {
    proceed();
    return { services: [told()] };
  },
  'list-tasks': () => ({ taskArns: ['arn:aws:ecs:r:1:task/plumbline/t'] }),
  'describe-tasks': () => ({
    tasks: [
      {
        taskDefinitionArn: find('plumbline')?.taskDefinitionArn,
        stoppedReason: 'Essential container in task exited',
        containers: [{ name: 'app', exitCode: 70 }],
      },
    ],
  }),
};

const begin = (taskDefinition: string): Deployment => ({
  id: `ecs-svc/${Date.now()}${state.deployments.length}`,
  taskDefinition,
  status: 'PRIMARY',
  rolloutState: 'IN_PROGRESS',
  desiredCount: 2,
  runningCount: 0,
  updatedAt: 1_790_000_000,
});

const told = () => ({
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  deployments: state.deployments,
  events: [{ id: 'e', message: '(service plumbline) has started 1 tasks.' }],
});

function proceed(): void {
  const [primary] = state.deployments;
  if (primary?.rolloutState !== 'IN_PROGRESS' || state.course === 'hangs') return;
  if (state.course === 'well') {
    primary.runningCount += 1;
    if (primary.runningCount < primary.desiredCount) return;
    primary.rolloutState = 'COMPLETED';
    state.deployments = [primary];
    return;
  }
  primary.rolloutState = 'FAILED';
  primary.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
  const before = state.deployments[1];
  if (!before) return;
  primary.status = 'ACTIVE';
  state.course = 'well';
  state.deployments = [begin(before.taskDefinition), primary, before];
}

const answer = service === 'ecs' ? answers[command ?? ''] : undefined;
if (!answer) throw new Error(`aws ${service} ${command} is not doubled`);
process.stdout.write(JSON.stringify(answer()));
writeFileSync(file, JSON.stringify(state));
