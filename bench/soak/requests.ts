import { Agent, request } from 'node:http';
import type { FeatureRecord } from '../../ml/index.ts';

/** So many requests share out among the kinds. */
export const SHARES = 100_000;
/** Without a divisor that the shares have: so each of so many requests in a row is another. */
const STRIDE = 61_803;

/** A request of a kind, and how many of a hundred thousand are of it. */
export interface Kind {
  readonly name: string;
  readonly share: number;
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

/** What programs and people ask for, right and wrong, by a record that the declaration allows: as in real traffic what is dear is rare. */
export function kindsOf(record: FeatureRecord): Kind[] {
  const json = JSON.stringify(record);
  const wrong = JSON.stringify({ ...record, [Object.keys(record)[0] as string]: { no: 'value' } });
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(record)) if (value !== null) form.set(name, String(value));
  const header = Object.keys(record).join(',');
  const row = Object.values(record)
    .map((value) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`))
    .join(',');
  const post = (name: string, share: number, path: string, [type, body]: Sent, statuses: number[] = [200]): Kind => ({
    ...{ name, share, method: 'POST', path, type, body },
    statuses,
  });
  const get = (name: string, share: number, path: string, statuses: number[] = [200]): Kind => ({
    ...{ name, share, method: 'GET', path, statuses },
  });
  const page = (name: string, share: number, path: string, statuses: number[] = [200]): Kind => ({
    ...get(name, share, path, statuses),
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
    post('a record', 85_950, predictions, [JSON_TYPE, json]),
    post('a record, explained', 4000, explained, [JSON_TYPE, json]),
    post('an array', 1000, predictions, array(50), large),
    post('an array, explained', 200, explained, array(10), large),
    post('lines', 1000, predictions, lines(20), large),
    post('lines, explained', 200, explained, lines(5), large),
    post('lines, one of them wrong', 200, predictions, ['application/x-ndjson', `${json}\n${wrong}\n${json}`], large),
    post('a wrong record', 3000, predictions, [JSON_TYPE, wrong], [422]),
    post('no JSON', 600, predictions, [JSON_TYPE, '{'], [400]),
    post('the form, sent', 500, '/', filled, [200, 422]),
    post('what if', 400, '/what-if', filled, [200, 422]),
    page('a case by its address', 200, `/?${form}`, [200, 422]),
    page('an example', 100, '/example'),
    page('the form', 500, '/'),
    page('the page of the model', 100, '/model', large),
    page('the page about the API', 100, '/api', large),
    page('the page of files', 50, '/batch'),
    page('a page that is not there', 150, '/nothing', [404]),
    get('a style', 700, '/assets/plumbline.css'),
    get('the model', 300, '/api/model'),
    get('the schema', 50, '/api/schema'),
    get('the API as OpenAPI has it', 50, '/openapi.json'),
    get('readiness', 550, '/readyz'),
    post('a file', 50, '/api/batch', ['text/csv', `${header}\n${`${row}\n`.repeat(50)}`], [202, 503]),
    post('a file of other columns', 50, '/api/batch', ['text/csv', 'other\n1\n'], [422, 503]),
  ];
}

/** Which kind the request of a number is: the same in each run, and mixed. */
export function kindAt(kinds: readonly Kind[], number: number): Kind {
  let place = (number * STRIDE) % SHARES;
  for (const kind of kinds) {
    place -= kind.share;
    if (place < 0) return kind;
  }
  throw new Error(`the shares of kinds make ${SHARES}`);
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
