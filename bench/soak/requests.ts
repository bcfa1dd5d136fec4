import { Agent, request } from 'node:http';
import type { FeatureRecord } from '../../ml/index.ts';

/** A request of a kind, and how many of a thousand are of it. */
export interface Kind {
  readonly name: string;
  readonly perMille: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
  /** The statuses that are right. */
  readonly statuses: readonly number[];
}

const JSON_TYPE = 'application/json';
/** A body, and of what type it is. */
type Sent = readonly [type: string, body: string];

/** What programs and people ask for, right and wrong, by a record that the declaration allows. */
export function kindsOf(record: FeatureRecord): Kind[] {
  const json = JSON.stringify(record);
  const wrong = JSON.stringify({ ...record, [Object.keys(record)[0] as string]: { no: 'value' } });
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(record)) if (value !== null) form.set(name, String(value));
  const header = Object.keys(record).join(',');
  const row = Object.values(record)
    .map((value) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`))
    .join(',');
  const post = (
    name: string,
    perMille: number,
    path: string,
    [type, body]: Sent,
    statuses: number[] = [200],
  ): Kind => ({
    ...{ name, perMille, method: 'POST', path, type, body },
    statuses,
  });
  const get = (name: string, perMille: number, path: string): Kind => ({
    ...{ name, perMille, method: 'GET', path, statuses: [200] },
  });
  const predictions = '/api/predictions';
  return [
    post('a record', 800, predictions, [JSON_TYPE, json]),
    post('a record, explained', 60, `${predictions}?explain=true`, [JSON_TYPE, json]),
    post('an array', 15, predictions, [JSON_TYPE, JSON.stringify(Array(50).fill(record))], [200, 503]),
    post('lines', 15, predictions, ['application/x-ndjson', `${json}\n`.repeat(20)], [200, 503]),
    post('a wrong record', 40, predictions, [JSON_TYPE, wrong], [422]),
    post('no JSON', 10, predictions, [JSON_TYPE, '{'], [400]),
    post('the form, sent', 19, '/', ['application/x-www-form-urlencoded', form.toString()], [200, 422]),
    get('the form', 10, '/'),
    get('a style', 10, '/assets/plumbline.css'),
    get('the model', 10, '/api/model'),
    get('readiness', 10, '/readyz'),
    post('a file', 1, '/api/batch', ['text/csv', `${header}\n${`${row}\n`.repeat(50)}`], [202, 503]),
  ];
}

/** Which kind the request of a number is: the same in each run, and mixed. */
export function kindAt(kinds: readonly Kind[], number: number): Kind {
  let place = (number * 617) % 1000;
  for (const kind of kinds) {
    place -= kind.perMille;
    if (place < 0) return kind;
  }
  throw new Error('kinds are of a thousand');
}

/** Sends requests by connections that are kept. */
export class Sender {
  readonly #agent: Agent;
  readonly #url: URL;

  constructor(url: string, connections: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @returns the status, and the body where it is asked for */
  send({ method, path, type, body = '' }: Pick<Kind, 'path' | 'type' | 'body'> & { method: string }, isRead = false) {
    const { hostname, port } = this.#url;
    const headers = { 'Content-Length': Buffer.byteLength(body), ...(type && { 'Content-Type': type }) };
    return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const sent = request({ hostname, port, path, method, headers, agent: this.#agent }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          if (isRead) text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text })).once('error', reject);
      });
      sent.once('error', reject).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
