// A constant load on the server, and what came of it.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

// Three kinds of requests, each with connections kept alive and without, twice.
const CLIENTS = 12;
const PAUSE_MS = 40;
const PATIENCE_MS = 20_000;

/** Requests that were answered since the last tally. */
export interface Tally {
  /** Rightly. */
  served: number;
  /** Wrongly, or not at all. */
  failed: number;
  slowestMs: number;
  /** The first few failures. */
  examples: string[];
  /** When the first and the last failed, in milliseconds since 1970. */
  firstFailure: number | undefined;
  lastFailure: number | undefined;
}

export interface LoadSettings {
  readonly host: string;
  readonly port: number;
  /** What is asked to be predicted. */
  readonly record: Readonly<Record<string, string | number | boolean | null>>;
  readonly clients: number;
  readonly pauseMs: number;
  /** After how long without an answer a client takes a request for lost. */
  readonly patienceMs: number;
}

export class Load {
  private readonly worker: Worker;

  constructor(
    host: string,
    record: LoadSettings['record'],
    { port = 80, clients = CLIENTS, patienceMs = PATIENCE_MS } = {},
  ) {
    const workerData: LoadSettings = { host, port, record, clients, pauseMs: PAUSE_MS, patienceMs };
    this.worker = new Worker(new URL('load-worker.ts', import.meta.url), { workerData });
  }

  /** Sends what comes next to another address: a server may have one after a boot. */
  moveTo(host: string): void {
    this.worker.postMessage({ host });
  }

  /** What happened since the last time that this was asked. */
  next(): Promise<Tally> {
    return this.tell('next');
  }

  /** Ends the load, once every request has its answer. */
  stop(): Promise<Tally> {
    return this.tell('stop');
  }

  /** Ends it at once. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private async tell(message: 'next' | 'stop'): Promise<Tally> {
    this.worker.postMessage(message);
    const [tally] = await once(this.worker, 'message');
    return tally;
  }
}
