import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is asked, again and again. */
export interface Asked {
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

/** What became of requests that were offered. */
export interface Outcomes {
  served: number;
  /** Answered 503, with when to try again. */
  shed: number;
  /** What else became of some. */
  readonly others: Set<string>;
}

/** How long requests are offered in vain, in seconds. */
const ROUND_SECONDS = 6;
const ROUNDS = 6;
const TICK_MS = 10;

/** Asks a server for more than it can serve. */
export class Load {
  readonly #asked: Asked;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** How many requests are served in a second where several clients ask, each again once it is answered. */
  async capacity(requests: number, clients: number): Promise<number> {
    let left = requests;
    const work = async () => {
      while (left-- > 0) {
        const became = await this.ask();
        if (became !== 'served') throw new Error(`without much load a request was answered ${became}`);
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: clients }, work));
    return (1000 * requests) / (performance.now() - start);
  }

  /**
   * Offers twice what is served, whether or not requests are answered, until enough were sent away. Where all of it is served, that was not twice
   * what can be served, and it is doubled.
   *
   * @param capacity what was served in a second
   * @param enough how many are to be sent away
   */
  async overload(capacity: number, enough: number): Promise<Outcomes> {
    const all: Outcomes = { served: 0, shed: 0, others: new Set() };
    for (let round = 0, rate = 2 * capacity; round < ROUNDS && all.shed < enough; round++, rate *= 2)
      await this.#offer(rate, all, enough);
    return all;
  }

  /** Sends so many a second by the clock, and waits for all that were sent. */
  async #offer(perSecond: number, outcomes: Outcomes, enough: number): Promise<void> {
    const open: Promise<void>[] = [];
    const start = performance.now();
    for (let sent = 0; sent < ROUND_SECONDS * perSecond && outcomes.shed < enough; await sleep(TICK_MS)) {
      const due = Math.ceil(((performance.now() - start) / 1000) * perSecond);
      for (; sent < due; sent++)
        open.push(
          this.ask().then((became) => {
            if (became === 'served' || became === 'shed') outcomes[became] += 1;
            else outcomes.others.add(became);
          }),
        );
    }
    await Promise.all(open);
  }

  /** @returns served, shed, or what else became of a request */
  ask(): Promise<string> {
    const { url, type, body } = this.#asked;
    const headers = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    return new Promise((resolve) => {
      const sent = request(url, { method: 'POST', headers, agent: this.#agent }, (response) => {
        const { statusCode, headers: told } = response;
        const isShed = statusCode === 503 && Number(told['retry-after']) > 0;
        response.on('end', () => resolve(statusCode === 200 ? 'served' : isShed ? 'shed' : `${statusCode}`));
        response.on('error', (error) => resolve(String(error))).resume();
      });
      sent.on('error', (error) => resolve(String(error))).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
