// What is done to the fleet under a constant load, and who lost what meanwhile.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from '../delivery/load.ts';
import { type Row, rowOf } from '../delivery/table.ts';
import type { Report } from '../report.ts';
import { until } from '../until.ts';
import type { Balancer } from './balancer.ts';
import type { HeldRequest } from './request-record.ts';
import type { Service } from './service.ts';
import type { Task, Version } from './task.ts';

const PATIENCE = { timeout: 120_000, interval: 100 };

export interface FleetRow extends Row {
  /** Requests of which the balancer knows that a target lost them. */
  readonly lost: number;
}

export class FleetTest {
  readonly rows: FleetRow[] = [];
  readonly balancer: Balancer;
  readonly service: Service;
  readonly report: Report;
  readonly #load: Load;

  constructor(balancer: Balancer, service: Service, load: Load, report: Report) {
    this.balancer = balancer;
    this.service = service;
    this.report = report;
    this.#load = load;
  }

  /** Does something under load. Every request is to be served, but for those that `victim` held. */
  async phase(title: string, action: () => Promise<Task | undefined>): Promise<void> {
    const { report, balancer } = this;
    report.step(title);
    await this.#load.next();
    balancer.record.take();
    const began = performance.now();
    const victim = await action();
    const tally = await this.#load.next();
    const ended = balancer.record.take();
    const lost = ended.filter(({ outcome }) => outcome?.lost !== undefined);
    this.rows.push({ ...rowOf(title, tally, performance.now() - began), lost: lost.length });
    const { served, failed, examples } = tally;
    if (victim) {
      const others = lost.filter(({ target }) => target !== victim.id);
      report.equal(
        `of ${served + failed} requests ${lost.length} were lost, all of which had gone to it`,
        others.map(told),
        [],
      );
      report.equal('and people saw no other fail', { failed, examples }, { failed: lost.length, examples });
    } else {
      const nothing = { failed: 0, examples: [], lost: [] };
      report.equal(`of ${served} requests none was lost`, { failed, examples, lost: lost.map(told) }, nothing);
    }
  }

  /** Waits until the fleet is as it is wanted, and a moment longer. */
  async settle(): Promise<void> {
    this.report.check('the fleet is as it is wanted', await until(() => this.service.steady, PATIENCE));
    await sleep(500);
  }

  /** Waits until a target holds nothing any more. */
  async released(task: Task): Promise<void> {
    await until(() => this.balancer.record.outstanding(task.id) === 0, PATIENCE);
  }

  /** Checks which version serves. */
  expectVersion(version: Version): void {
    const serving = new Set(this.service.tasks.map((task) => task.version.image));
    this.report.equal(`${version.image.split(':')[1]} serves, alone`, [...serving], [version.image]);
  }
}

const told = ({ target, state, method, path, outcome }: HeldRequest) =>
  `${method} ${path} at ${target ?? 'no target'} (${state}): ${outcome?.status}, ${outcome?.lost}`;
