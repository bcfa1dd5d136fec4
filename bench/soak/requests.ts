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
  /** Whether a person asks, by a browser. */
  readonly isPage?: true;
  /** The statuses that are right. */
  readonly statuses: readonly number[];
}

type Asked = Pick<Kind, 'method' | 'path' | 'type' | 'body' | 'isPage'>;

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
  const get = (name: string, perMille: number, path: string, statuses: number[] = [200]): Kind => ({
    ...{ name, perMille, method: 'GET', path, statuses },
  });
  const page = (name: string, perMille: number, path: string, statuses: number[] = [200]): Kind => ({
    ...get(name, perMille, path, statuses),
    isPage: true,
  });
  const predictions = '/api/predictions';
  const explained = `${predictions}?explain=true`;
  const array = (count: number): Sent => [JSON_TYPE, JSON.stringify(Array(count).fill(record))];
  const lines = (count: number): Sent => ['application/x-ndjson', `${json}\n`.repeat(count)];
  const filled: Sent = ['application/x-www-form-urlencoded', form.toString()];
  // Of what takes long only so much is worked on at a time.
  const large = [200, 503];
  return [
    post('a record', 760, predictions, [JSON_TYPE, json]),
    post('a record, explained', 60, explained, [JSON_TYPE, json]),
    post('an array', 15, predictions, array(50), large),
    post('an array, explained', 5, explained, array(10), large),
    post('lines', 15, predictions, lines(20), large),
    post('lines, explained', 5, explained, lines(5), large),
    post('lines, one of them wrong', 5, predictions, ['application/x-ndjson', `${json}\n${wrong}\n${json}`], large),
    post('a wrong record', 40, predictions, [JSON_TYPE, wrong], [422]),
    post('no JSON', 10, predictions, [JSON_TYPE, '{'], [400]),
    post('the form, sent', 15, '/', filled, [200, 422]),
    post('what if', 9, '/what-if', filled, [200, 422]),
    page('a case by its address', 5, `/?${form}`, [200, 422]),
    page('an example', 3, '/example'),
    page('the form', 10, '/'),
    page('the page of the model', 3, '/model', large),
    page('the page about the API', 3, '/api', large),
    page('the page of files', 2, '/batch'),
    page('a page that is not there', 3, '/nothing', [404]),
    get('a style', 10, '/assets/plumbline.css'),
    get('the model', 8, '/api/model'),
    get('the schema', 1, '/api/schema'),
    get('the API as OpenAPI has it', 1, '/openapi.json'),
    get('readiness', 10, '/readyz'),
    post('a file', 1, '/api/batch', ['text/csv', `${header}\n${`${row}\n`.repeat(50)}`], [202, 503]),
    post('a file of other columns', 1, '/api/batch', ['text/csv', 'other\n1\n'], [422, 503]),
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
  send({ method, path, type, body = '', isPage }: Omit<Asked, 'method'> & { method: string }, isRead = false) {
    const { hostname, port } = this.#url;
    const headers = {
      'Content-Length': Buffer.byteLength(body),
      ...(type && { 'Content-Type': type }),
      ...(isPage && { Accept: 'text/html' }),
    };
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
