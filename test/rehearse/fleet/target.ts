// A target of the load balancer: its state, its health checks, and the connections to it that are kept.

import { Agent, get } from 'node:http';
import { shortened, thresholds } from './timing.ts';

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

/** Where the app listens in its container. */
const APP_PORT = 8080;

/** Where it listens. */
export interface Place {
  readonly host: string;
  /** @default the app's own */
  readonly port?: number;
}

export class Target {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** Of connections that are kept, for less long than the target keeps them. */
  readonly agent = new Agent({ keepAlive: true, timeout: shortened('idleTimeout') });
  state: TargetState = 'initial';
  #inARow = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #path: string;

  /** @param path of health checks */
  constructor(id: string, { host, port = APP_PORT }: Place, path: string) {
    this.id = id;
    this.host = host;
    this.port = port;
    this.#path = path;
  }

  /** Begins to ask it how it is. */
  watch(): void {
    const look = async () => {
      const healthy = await this.#answers();
      if (this.state === 'draining' || this.state === 'unused') return;
      this.#note(healthy);
      this.#timer = setTimeout(look, shortened('checkInterval'));
    };
    void look();
  }

  /** It gets no requests any more. */
  drain(): void {
    this.state = 'draining';
    clearTimeout(this.#timer);
  }

  /** Its connections are closed, with what is still asked on them. */
  close(): void {
    this.drain();
    this.state = 'unused';
    this.agent.destroy();
  }

  /** One check that succeeds makes a new target healthy; one that was unhealthy has to succeed more often. */
  #note(healthy: boolean): void {
    const wanted = healthy ? 'healthy' : 'unhealthy';
    if (this.state === wanted) {
      this.#inARow = 0;
      return;
    }
    this.#inARow += 1;
    const needed = this.state === 'initial' && healthy ? 1 : thresholds[wanted];
    if (this.#inARow >= needed) this.#become(wanted);
  }

  #become(state: TargetState): void {
    this.state = state;
    this.#inARow = 0;
    console.log(`    ${this.id.slice(-8)} is ${state}`);
  }

  /** Whether a check is answered in time, by 200, on a connection of its own. */
  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = get(
        {
          host: this.host,
          port: this.port,
          path: this.#path,
          agent: false,
          signal: AbortSignal.timeout(shortened('checkTimeout')),
        },
        (response) => {
          response.resume().on('end', () => resolve(response.statusCode === 200));
          response.on('error', () => resolve(false));
        },
      );
      asked.on('error', () => resolve(false));
    });
  }
}
