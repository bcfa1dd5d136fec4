// Amazon ECS as a fleet's deploy meets it. moto keeps what there is: the cluster, the service, the revisions of task definitions. It
// starts no container and takes an update for done, so this stands before it, and has what comes of an update: deployments, of which
// the containers are real, and tasks that ended. What becomes of them is the service of the fleet's rehearsal.
// Source: docs.aws.amazon.com/AmazonECS/latest/APIReference: API_Deployment, API_Task.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { Balancer } from '../fleet/balancer.ts';
import { Service } from '../fleet/service.ts';
import { Task } from '../fleet/task.ts';
import { HttpDouble } from '../host/http-double.ts';

interface Deployment {
  readonly id: string;
  readonly taskDefinition: string;
  readonly image: string;
  status: 'PRIMARY' | 'ACTIVE';
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  readonly updatedAt: number;
}

type Ask = (action: string, body: unknown) => Promise<Record<string, unknown>>;

const PREFIX = 'AmazonEC2ContainerServiceV20141113.';
const service = z.looseObject({ taskDefinition: z.string(), desiredCount: z.number() });
type Found = z.output<typeof service>;
const updated = z.object({ service });
const described = z.object({ services: z.tuple([service]) });
const definition = z.object({
  taskDefinition: z.object({
    taskDefinitionArn: z.string(),
    containerDefinitions: z.tuple([z.object({ image: z.string() })]),
  }),
});

export class ContainerService extends HttpDouble {
  /** What was asked of it: `ecs:UpdateService`. */
  readonly asked = new Set<string>();
  private readonly balancer = new Balancer('/readyz', 'round_robin');
  private readonly moto: string;
  private fleet: Service | undefined;
  private deployments: Deployment[] = [];
  private count = 0;
  /** Whether the last deployment was given up, and another begun by itself. */
  private wentBack = false;
  /** By the image: the revision that it was last deployed by. */
  private readonly revisions = new Map<string, string>();

  /** @param moto where it is */
  constructor(moto: string) {
    super();
    this.moto = moto;
  }

  /** Begins to balance; gives the address that people have. */
  async open(): Promise<string> {
    return `http://127.0.0.1:${await this.balancer.listen()}`;
  }

  /** The images that have the traffic. */
  get images(): string[] {
    return [...new Set(this.fleet?.tasks.map(({ version }) => version.image))];
  }

  async end(): Promise<void> {
    this.close();
    await this.fleet?.end();
    this.balancer.close();
    await Task.removeAll();
  }

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const action = String(request.headers['x-amz-target']).slice(PREFIX.length);
    const body = await text(request);
    this.asked.add(`ecs:${action}`);
    // moto knows the service and the region by the signature.
    const headers = {
      Authorization: request.headers.authorization ?? '',
      'Content-Type': 'application/x-amz-json-1.1',
    };
    const send = (name: string, content: string) =>
      fetch(this.moto, { method: 'POST', headers: { ...headers, 'X-Amz-Target': PREFIX + name }, body: content });
    const ask: Ask = async (name, content) => {
      const answer = await send(name, JSON.stringify(content));
      if (!answer.ok) throw new Error(`moto refuses ${name}: ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    };
    const own = this.own(action);
    if (own) {
      const answer = JSON.stringify(await own(JSON.parse(body), ask));
      response.writeHead(200, { 'Content-Type': headers['Content-Type'] }).end(answer);
      return;
    }
    const answer = await send(action, body);
    response.writeHead(answer.status, { 'Content-Type': headers['Content-Type'] }).end(await answer.text());
  }

  /** How this answers; undefined where moto does. */
  private own(action: string): ((body: Record<string, unknown>, ask: Ask) => Promise<unknown>) | undefined {
    switch (action) {
      case 'DescribeServices':
        return async (body, ask) => {
          const [found] = described.parse(await ask(action, body)).services;
          if (!this.fleet) await this.stand(found, ask);
          await this.proceed((taskDefinition) =>
            ask('UpdateService', { cluster: body.cluster, service: body.cluster, taskDefinition }),
          );
          return { services: [this.told(found)] };
        };
      case 'UpdateService':
        return async (body, ask) => {
          const { service: found } = updated.parse(await ask(action, body));
          await this.begin(found.taskDefinition, found.desiredCount, ask);
          return { service: this.told(found) };
        };
      case 'ListTasks':
        return async () => ({
          taskArns: this.crashed.map((_, i) => `arn:aws:ecs:eu-central-1:123456789012:task/${i}`),
        });
      case 'DescribeTasks':
        return async () => ({ tasks: this.crashed });
      default:
        return undefined;
    }
  }

  /** The tasks that ended by themselves. */
  private get crashed() {
    return (this.fleet?.crashes ?? []).map(({ image, exitCode }) => ({
      taskDefinitionArn: this.revisions.get(image),
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'app', exitCode }],
    }));
  }

  private async begin(name: string, wanted: number, ask: Ask): Promise<void> {
    const { image, arn } = await this.definition(name, ask);
    if (this.fleet) this.fleet.deploy({ image });
    else {
      this.fleet = new Service(this.balancer, { image }, wanted);
      this.fleet.begin();
    }
    this.wentBack = false;
    this.revisions.set(image, arn);
    this.beginDeployment(arn, image);
  }

  private beginDeployment(taskDefinition: string, image: string): void {
    for (const each of this.deployments) each.status = 'ACTIVE';
    this.deployments.unshift(this.deployment(taskDefinition, image));
  }

  /** Until a first deploy it is as the stack made it: the page that waits for one, which is not started here. */
  private async stand(found: Found, ask: Ask): Promise<void> {
    const { image, arn } = await this.definition(found.taskDefinition, ask);
    this.deployments = [{ ...this.deployment(arn, image), rolloutState: 'COMPLETED' }];
  }

  /** Takes note of what has become of the last deployment: it has all its containers, or the service goes back. */
  private async proceed(goBackTo: (taskDefinition: string) => Promise<unknown>): Promise<void> {
    const [primary, before] = this.deployments;
    if (!this.fleet || primary?.rolloutState !== 'IN_PROGRESS') return;
    if (this.fleet.rolledBack && !this.wentBack && before) {
      primary.rolloutState = 'FAILED';
      primary.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
      this.wentBack = true;
      this.beginDeployment(before.taskDefinition, before.image);
      await goBackTo(before.taskDefinition);
    } else if (this.fleet.steady) {
      primary.rolloutState = 'COMPLETED';
      this.deployments = [primary];
    }
  }

  private async definition(name: string, ask: Ask): Promise<{ image: string; arn: string }> {
    const { taskDefinition } = definition.parse(await ask('DescribeTaskDefinition', { taskDefinition: name }));
    return { image: taskDefinition.containerDefinitions[0].image, arn: taskDefinition.taskDefinitionArn };
  }

  private deployment(taskDefinition: string, image: string): Deployment {
    this.count += 1;
    return {
      id: `ecs-svc/${this.count}`,
      taskDefinition,
      image,
      status: 'PRIMARY',
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: '',
      updatedAt: Date.now() / 1000,
    };
  }

  private told(found: Found) {
    const running = (image: string) => this.fleet?.tasks.filter(({ version }) => version.image === image).length ?? 0;
    return {
      ...found,
      taskDefinition: this.deployments[0]?.taskDefinition,
      runningCount: this.fleet?.tasks.length ?? found.desiredCount,
      deployments: this.deployments.map(({ image, ...each }) => ({
        ...each,
        desiredCount: each.status === 'PRIMARY' ? found.desiredCount : 0,
        runningCount: running(image),
      })),
      events: [{ id: 'e', message: '(service plumbline-fleet) has started 1 tasks.' }],
    };
  }
}

/** What the fleet serves, as its balancer tells it. */
export const servedBy = (service: ContainerService, url: string) => async () => {
  const [image, ...others] = service.images;
  if (others.length > 0) throw new Error(`More than one version serves: ${[image, ...others].join(', ')}`);
  if (image === undefined) return {};
  const answer = await fetch(`${url}/readyz`);
  const { release } = (await answer.json()) as { release?: string };
  return { image, release };
};
