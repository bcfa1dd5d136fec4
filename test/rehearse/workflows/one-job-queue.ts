// Jobs for a runner that is registered for one job each: whoever has one waits here until a runner has taken it and told how it ended.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { GitHub } from '../host/github.ts';
import { HttpDouble } from '../host/http-double.ts';
import { until } from '../until.ts';

const LONGEST_MS = 240_000;

export class OneJobQueue extends HttpDouble {
  private readonly github: GitHub;

  constructor(github: GitHub) {
    super();
    this.github = github;
  }

  /** Every job that has ended: the runner's name, and its exit code and what it printed as `CODE: TEXT`. */
  get ended() {
    return this.github.oneJobs.flatMap(({ name, outcome }) => (outcome === undefined ? [] : [{ name, outcome }]));
  }

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { length } = this.ended;
    this.github.queue.push(await text(request));
    const ended = await until(() => this.ended.length > length, { timeout: LONGEST_MS, interval: 100 });
    response.end(ended ? this.ended.at(-1)?.outcome : '1: No runner has taken the job to its end.');
  }
}
