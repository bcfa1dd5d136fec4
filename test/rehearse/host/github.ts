// A double of GitHub, as far as a server meets it: the runner's release, its registration, its asking for jobs. It also
// takes the bootstrap's report in CloudFormation's place.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { HttpDouble } from './http-double.ts';
import { packRunner } from './runner.ts';

interface Registration {
  readonly authorization: string | undefined;
  readonly accepted: boolean;
  readonly body: Record<string, string>;
}

/** A registration for one job, by a token that may give it. */
interface OneJob {
  readonly name: string;
  readonly labels: readonly string[];
  /** What the runner shows when it asks for jobs. */
  readonly key: string;
  /** What came of its job: the exit code, and what it printed. */
  outcome?: string;
}

interface Signal {
  readonly contentType: string | undefined;
  readonly body: Record<string, string>;
}

export class GitHub extends HttpDouble {
  /** What the server reported at the end of each bootstrap. */
  readonly signals: Signal[] = [];
  readonly registrations: Registration[] = [];
  /** The user that each request for jobs came from. */
  readonly pollers: string[] = [];
  readonly downloads: string[] = [];
  /** Tokens that were minted; each is good for an hour. */
  readonly tokens: string[] = [];
  /** How a download goes: well, with bytes that the digest does not fit, or never to its end. */
  download: 'whole' | 'wrong' | 'endless' = 'whole';
  /** Registrations for one job each, by `administrationToken`. */
  readonly oneJobs: OneJob[] = [];
  /** A token of somebody's that may register runners of acme/scores. */
  readonly administrationToken = `github_pat_${randomBytes(20).toString('hex')}`;
  /** Scripts that wait for a runner. */
  readonly queue: string[] = [];
  private readonly packages = [packRunner('2.338.0', 'x64'), packRunner('2.338.0', 'arm64')];
  private readonly key = randomBytes(16).toString('hex');

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://github.test');
    const { authorization, host } = request.headers;
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (`${request.method} ${pathname}`) {
      case 'GET /':
        return json(200, {});
      case 'GET /repos/actions/runner/releases/latest':
        return json(200, {
          tag_name: 'v2.338.0',
          assets: this.packages.map(({ name, digest }) => ({
            name,
            digest,
            browser_download_url: `http://${host}/download/${name}`,
          })),
        });
      case 'PUT /signal':
        this.signals.push({ contentType: request.headers['content-type'], body: JSON.parse(await text(request)) });
        return json(200, {});
      case 'POST /repos/acme/scores/actions/runners/registration-token': {
        const token = `A${randomBytes(14).toString('hex').toUpperCase()}`;
        this.tokens.push(token);
        return json(201, { token, expires_at: new Date(Date.now() + 3_600_000).toISOString() });
      }
      case 'POST /api/v3/actions/runner-registration': {
        const accepted = this.tokens.some((token) => authorization === `RemoteAuth ${token}`);
        this.registrations.push({ authorization, accepted, body: JSON.parse(await text(request)) });
        return accepted ? json(201, { key: this.key }) : json(404, { message: 'Not Found' });
      }
      case 'GET /repos/acme/scores/actions/runners':
      case 'POST /repos/acme/scores/actions/runners/generate-jitconfig': {
        if (authorization !== `Bearer ${this.administrationToken}`) return json(401, { message: 'Bad credentials' });
        if (request.method === 'GET') return json(200, { total_count: 0, runners: [] });
        const { name, labels, runner_group_id } = JSON.parse(await text(request));
        if (runner_group_id !== 1) return json(422, { message: 'object is missing required key: runner_group_id' });
        if (this.oneJobs.some((each) => each.name === name)) return json(409, { message: 'Already exists' });
        const key = randomBytes(16).toString('hex');
        this.oneJobs.push({ name, labels, key });
        const file = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
        const files = {
          '.runner': file({ agentName: name, serverUrl: `http://${host}`, ephemeral: true }),
          '.credentials': file({ key }),
        };
        return json(201, { runner: { name }, encoded_jit_config: file(files) });
      }
      case 'GET /one-job': {
        const runner = this.oneJobs.find(
          (each) => authorization === `Bearer ${each.key}` && each.outcome === undefined,
        );
        if (!runner) return json(401, {});
        this.pollers.push(searchParams.get('user') ?? '');
        response.end(this.queue.shift() ?? '');
        return;
      }
      case 'POST /one-job': {
        const runner = this.oneJobs.find((each) => authorization === `Bearer ${each.key}`);
        if (!runner) return json(401, {});
        runner.outcome = await text(request);
        return json(200, {});
      }
      case 'GET /jobs':
        if (authorization !== `Bearer ${this.key}`) return json(401, {});
        this.pollers.push(searchParams.get('user') ?? '');
        return json(200, []);
      default:
        return this.sendPackage(pathname, response);
    }
  }

  private sendPackage(pathname: string, response: ServerResponse): void {
    const found = this.packages.find(({ name }) => pathname === `/download/${name}`);
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    this.downloads.push(found.name);
    if (this.download === 'whole') response.end(found.bytes);
    if (this.download === 'wrong') response.end('not what the digest says');
    if (this.download === 'endless') response.write(found.bytes.subarray(0, 100));
  }
}
