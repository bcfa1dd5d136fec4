// A load balancer as Amazon's Application Load Balancer is one, on this machine: targets come and go, requests go to healthy ones, on
// connections that are kept, and none is sent twice. What it answers itself, and when, is what the documentation says.
//
// Source: docs.aws.amazon.com/elasticloadbalancing/latest/application: target-group-health-checks, edit-target-group-attributes,
// load-balancer-troubleshooting (502, 503, 504), x-forwarded-headers.

import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until.ts';
import { type HeldRequest, RequestRecord } from './request-record.ts';
import { type Place, Target } from './target.ts';
import { account, shortened } from './timing.ts';

/** Headers that are of one connection alone. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Whom a request goes to: in turn, or whoever has the fewest. */
export type Algorithm = 'round_robin' | 'least_outstanding_requests';

export class Balancer {
  readonly record = new RequestRecord();
  readonly #targets = new Map<string, Target>();
  readonly #server: Server;
  readonly #healthPath: string;
  readonly #algorithm: Algorithm;
  #turn = 0;

  constructor(healthPath: string, algorithm: Algorithm) {
    this.#healthPath = healthPath;
    this.#algorithm = algorithm;
    this.#server = createServer({ requestTimeout: 0, headersTimeout: 0 }, (from, to) => this.#serve(from, to));
    // A client's connection is kept for an hour, unless nothing comes for the idle timeout.
    this.#server.keepAliveTimeout = shortened('idleTimeout');
  }

  /** @returns the port on loopback where clients ask */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    for (const target of this.#targets.values()) target.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A target has come: it gets requests once a health check has succeeded. */
  register(id: string, place: Place): Target {
    const target = new Target(id, place, this.#healthPath);
    this.#targets.set(id, target);
    target.watch();
    return target;
  }

  /**
   * A target is about to go: it gets no requests any more, and what it has may take as long as in an account, however slow this machine is.
   * Resolves once it is unused.
   */
  async deregister(target: Target): Promise<void> {
    target.drain();
    const [shortest, longest] = [shortened('deregistrationDelay'), account.deregistrationDelay * 1000];
    await sleep(shortest);
    await until(() => this.record.outstanding(target.id) === 0, { timeout: longest - shortest, interval: 50 });
    this.forget(target);
  }

  /** A target is gone. */
  forget(target: Target): void {
    target.close();
    this.#targets.delete(target.id);
  }

  /** Whom the next request goes to. Where no target is healthy all are asked, for one may be. */
  #choose(): Target | undefined {
    const registered = [...this.#targets.values()].filter(({ state }) => state !== 'draining' && state !== 'unused');
    const healthy = registered.filter(({ state }) => state === 'healthy');
    const targets = healthy.length > 0 ? healthy : registered;
    if (targets.length === 0) return undefined;
    this.#turn += 1;
    const inTurn = targets.map((_, i) => targets[(i + this.#turn) % targets.length] as Target);
    if (this.#algorithm === 'round_robin') return inTurn[0];
    const counts = inTurn.map(({ id }) => this.record.outstanding(id));
    return inTurn[counts.indexOf(Math.min(...counts))];
  }

  #serve(from: IncomingMessage, to: ServerResponse): void {
    const target = this.#choose();
    const held = this.record.begin(
      { target: target?.id, state: target?.state },
      { method: from.method ?? '', path: from.url ?? '' },
    );
    if (!target) {
      this.#answer(held, to, 503, 'no target is registered');
      return;
    }
    const headers = { ...withoutHops(from.headers), ...forwarded(from) };
    const asked = request({
      host: target.host,
      port: target.port,
      agent: target.agent,
      method: from.method,
      path: from.url,
      headers,
    });
    const connecting = setTimeout(() => asked.destroy(new Timeout('takes no connection')), shortened('connectTimeout'));
    asked.on('socket', (socket) => {
      const connected = () => {
        clearTimeout(connecting);
        socket.setTimeout(shortened('idleTimeout'));
      };
      if (socket.connecting) socket.once('connect', connected);
      else connected();
    });
    asked.on('timeout', () => asked.destroy(new Timeout('sends nothing')));
    asked.on('response', (answer) => {
      const status = answer.statusCode as number;
      to.writeHead(status, withoutHops(answer.headers));
      answer.pipe(to);
      answer.on('end', () => this.record.end(held, { status }));
      answer.on('error', ({ message }) => {
        this.record.end(held, { status, lost: `broke off: ${message}` });
        to.destroy();
      });
    });
    asked.on('error', (error) => {
      clearTimeout(connecting);
      this.#answer(held, to, error instanceof Timeout ? 504 : 502, error.message);
    });
    // Who has gone needs no answer.
    to.on('close', () => {
      if (to.writableFinished) return;
      this.record.end(held, { status: 460 });
      asked.destroy();
    });
    from.pipe(asked);
  }

  /** Answers in the place of a target. */
  #answer(held: HeldRequest, to: ServerResponse, status: number, lost: string): void {
    this.record.end(held, { status, lost });
    if (to.headersSent) to.destroy();
    else to.writeHead(status, { 'Content-Type': 'text/html' }).end(`<h1>${status}</h1>`);
  }
}

class Timeout extends Error {}

function withoutHops(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

/** What a target is told of who asks. */
function forwarded({ headers, socket }: IncomingMessage): Record<string, string> {
  const before = headers['x-forwarded-for'];
  const client = socket.remoteAddress ?? '';
  return {
    'x-forwarded-for': before === undefined ? client : `${before}, ${client}`,
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(socket.localPort),
  };
}
