// What keeps the fleet as it is wanted, as a service of ECS does: so many tasks of one version behind the balancer; a new version beside
// the old one until it is healthy; back to that where too many of its tasks fail; another in the place of each that ends or hangs.
//
// Source: docs.aws.amazon.com/AmazonECS/latest/developerguide: deployment-type-ecs, deployment-circuit-breaker, task-lifecycle-explanation.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Balancer } from './balancer.ts';
import type { Target } from './target.ts';
import { Task, type Version } from './task.ts';
import { shortened } from './timing.ts';

/** The circuit breaker opens at half as many failures as there are to be tasks, and not below this. */
const FEWEST_FAILURES = 3;
/** A deploy has at most so many times the tasks that are wanted, and at least those. */
const MOST = 2;
const LOOKS_MS = 250;
/** A new task may take so many times what the slowest before it took to be healthy, and no less than this, and no longer than in an account. */
const GRACE = { times: 5, leastMs: 10_000 };

interface Member {
  readonly task: Task;
  readonly target: Target;
  /** Whether it has ever been healthy. */
  proved: boolean;
  stopping: boolean;
}

export class Service {
  /** How the tasks ended that had been healthy and were to stop: exit codes, by the task's id. */
  readonly exitCodes = new Map<string, number>();
  /** The exit codes of tasks that ended before they were ever healthy, by the image. */
  readonly crashes: { readonly image: string; readonly exitCode: number }[] = [];
  readonly #balancer: Balancer;
  readonly #members = new Set<Member>();
  readonly #stops = new Set<Promise<void>>();
  #version: Version;
  #previous: Version;
  #wanted: number;
  #starting = 0;
  #slowestStartMs: number | undefined;
  #failures = 0;
  #rolledBack = false;
  #ended = false;
  #loop: Promise<void> | undefined;

  constructor(balancer: Balancer, version: Version, wanted: number) {
    this.#balancer = balancer;
    this.#version = version;
    this.#previous = version;
    this.#wanted = wanted;
  }

  /** Begins to keep it so. */
  begin(): void {
    this.#loop = this.#keep();
  }

  /** Leaves everything as it is. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#loop;
  }

  /** Another version is wanted. */
  deploy(version: Version): void {
    this.#previous = this.#version;
    this.#version = version;
    this.#failures = 0;
    this.#rolledBack = false;
  }

  /** Another number is wanted. */
  scale(wanted: number): void {
    this.#wanted = wanted;
  }

  /** The tasks that serve, the oldest first. */
  get tasks(): readonly Task[] {
    return [...this.#members].filter(isServing).map(({ task }) => task);
  }

  /** Whether the last deploy was given up, for too many of its tasks failed. */
  get rolledBack(): boolean {
    return this.#rolledBack;
  }

  /** Whether there is what is wanted, all healthy, and nothing else. */
  get steady(): boolean {
    const members = [...this.#members];
    return (
      this.#starting === 0 &&
      members.length === this.#wanted &&
      members.every((member) => isServing(member) && isHealthy(member) && member.task.version === this.#version)
    );
  }

  async #keep(): Promise<void> {
    while (!this.#ended) {
      this.#look();
      await sleep(LOOKS_MS);
    }
    await Promise.all(this.#stops);
  }

  #look(): void {
    for (const member of this.#members) if (!member.stopping) this.#judge(member);
    if (this.steady) this.#previous = this.#version;
    const serving = [...this.#members].filter(isServing);
    const own = serving.filter((member) => member.task.version === this.#version && !this.#fails(member));
    const room = this.#wanted * MOST - this.#members.size - this.#starting;
    const missing = Math.min(this.#wanted - own.length - this.#starting, room);
    for (let i = 0; i < missing; i += 1) void this.#start();
    const others = serving.filter((member) => !own.includes(member));
    const tooMany = own.slice(0, Math.max(0, own.length - this.#wanted));
    // Of those that are healthy as many stay as are wanted.
    const [healthy, idle] = [[...others, ...tooMany].filter(isHealthy), others.filter((member) => !isHealthy(member))];
    const spare = serving.filter(isHealthy).length - this.#wanted;
    const leaving = [...healthy.slice(0, Math.max(0, spare)), ...(spare >= 0 ? idle : [])];
    for (const member of leaving) this.#stop(member);
  }

  /** Takes note of one that was healthy, that has ended, or that has never been healthy and is not to be. */
  #judge(member: Member): void {
    const { task, target } = member;
    if (isHealthy(member) && !member.proved) {
      member.proved = true;
      this.#slowestStartMs = Math.max(this.#slowestStartMs ?? 0, task.age);
    }
    const { exitCode } = task;
    if (exitCode === undefined && (member.proved || !this.#fails(member))) return;
    if (exitCode !== undefined) {
      if (!member.proved) this.crashes.push({ image: task.version.image, exitCode });
      this.#balancer.forget(target);
      this.#members.delete(member);
      void task.remove();
    } else this.#stop(member);
    if (!member.proved && task.version === this.#version) this.#fail();
  }

  /** One that is new has its time. */
  #fails({ task, target, proved }: Member): boolean {
    return target.state === 'unhealthy' && (proved || task.age > this.#graceMs);
  }

  get #graceMs(): number {
    const most = shortened('grace');
    const slowest = this.#slowestStartMs;
    return slowest === undefined ? most : Math.min(most, Math.max(GRACE.leastMs, GRACE.times * slowest));
  }

  #fail(): void {
    this.#failures += 1;
    if (this.#version === this.#previous || this.#failures < Math.max(FEWEST_FAILURES, this.#wanted / 2)) return;
    this.#version = this.#previous;
    this.#rolledBack = true;
  }

  async #start(): Promise<void> {
    this.#starting += 1;
    try {
      const task = await Task.start(this.#version);
      this.#members.add({ task, target: this.#balancer.register(task.id, task), proved: false, stopping: false });
    } finally {
      this.#starting -= 1;
    }
  }

  /** The balancer is told first, and what it has sent is answered; then the task is. */
  #stop(member: Member): void {
    const { task, target } = member;
    member.stopping = true;
    const stopped = (async () => {
      if (member.proved) await this.#balancer.deregister(target);
      else this.#balancer.forget(target);
      const exitCode = await task.stop();
      if (member.proved) this.exitCodes.set(task.id, exitCode);
      await task.remove();
      this.#members.delete(member);
    })();
    this.#stops.add(stopped);
    void stopped.finally(() => this.#stops.delete(stopped));
  }
}

const isServing = ({ stopping, task }: Member) => !stopping && task.exitCode === undefined;
const isHealthy = ({ target }: Member) => target.state === 'healthy';
